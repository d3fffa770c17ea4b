import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createService } from '../../../src/platforms/ironfunctions-http/service.ts';
import type { FunctionSetup } from '../../../src/trace/recording.ts';
import { Container, error } from './ironfunctions.ts';

const start = (events: readonly string[] = ['{}'], setup?: Partial<FunctionSetup>): Container =>
  new Container(createService, events, setup);

const response = (body: string, length = body.length): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${String(length)}\r\n\r\n${body}`;

const LATE = error('Timed out');

describe('a request of the http format', () => {
  it('is GET / whatever the caller used, with the call in headers of Go’s case, and the body as it is', () => {
    const [event, variables] = [
      '{"a": "é"}',
      { greeting: 'two\r\nlines', METHOD: 'mine', a: '1', 'x-y': '2' },
    ];
    assert.equal(
      start([event], { variables }).read(),
      [
        'GET / HTTP/1.1',
        'A: 1',
        'Content-Length: 11',
        'Greeting: two  lines',
        'Header_accept: */*',
        'Header_content_length: 11',
        'Header_content_type: application/json',
        'Header_user_agent: curl/7.51.0',
        'Method: POST',
        'Param_name: first',
        'Request_url: http//localhost:8080/r/lab/labs/first',
        'Route: /labs/:name',
        'Task-Id: request-1',
        'X-Y: 2',
        '',
        event,
      ].join('\r\n'),
    );
  });

  it('is not in the environment: that has the container’s own and the configuration', () => {
    assert.deepEqual(start(['{}'], { variables: { greeting: 'Hello' } }).environment, {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      GREETING: 'Hello',
    });
  });

  it('comes in pieces when it is read in pieces, and the next one only after its response', () => {
    const container = start(['1', '2']);
    let text = '';
    while (!text.endsWith('\r\n\r\n1')) text += container.read(7) ?? assert.fail(text);
    container.write(response('one'));
    assert.match(container.read() ?? '', /^GET \/ HTTP\/1\.1\r\n(?:.+\r\n)+\r\n2$/);
  });

  it('has its time from the start of the container, a later one from its own beginning', () => {
    const container = start(['1', '2']);
    assert.equal(container.world.limits.length, 1);
    container.read();
    container.write(response('one'));
    assert.equal(container.world.limits.length, 1);
    container.read();
    const last = (request: string): unknown => ({
      log: '',
      outcome: { status: 'timed-out', milliseconds: 3000, payload: error('Timed out', request) },
    });
    assert.deepEqual(container.world.limits, [
      ['request-1', 3000, last('request-1')],
      ['request-2', 3000, last('request-2')],
    ]);
  });

  it('has its headers in order, which leaves Task-Id at the end unless the configuration has a later name', () => {
    for (const variables of [{}, { zone: 'b', aaa: 'c' }]) {
      const lines = (start(['1'], { variables }).read() ?? '').split('\r\n').slice(1, -2);
      assert.deepEqual(lines, lines.toSorted());
      assert.equal(lines.at(-1)?.split(':')[0], 'zone' in variables ? 'Zone' : 'Task-Id');
    }
  });
});

describe('a response of the http format', () => {
  it('gives the caller its body alone, whatever its status and its headers say', () => {
    const container = start(['1', '2']);
    container.read();
    container.write('HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nno!');
    container.read();
    container.write(response('[]'));
    assert.deepEqual(container.endings, [
      ['request-1', 'returned', 'no!'],
      ['request-2', 'returned', '[]'],
    ]);
  });

  it('may come byte by byte, with bare line ends, or empty', () => {
    for (const text of [response('abc'), response('abc').replaceAll('\r', ''), response('')]) {
      const container = start();
      container.read();
      for (const byte of new TextEncoder().encode(text)) {
        assert.deepEqual(container.endings, []);
        assert.deepEqual(container.write(Uint8Array.of(byte)), { value: null });
      }
      assert.deepEqual(container.endings, [['request-1', 'returned', text.endsWith('abc') ? 'abc' : '']]);
    }
  });

  it('that promises more than it brings ends with the time: nobody moves any more', () => {
    const container = start(['1', '2']);
    container.read();
    container.write(response('abc', 4));
    assert.deepEqual(container.ask(), { end: true });
    container.service.exited(0);
    assert.deepEqual(container.endings, [['request-1', 'timed-out', LATE]]);
  });

  it('and so does none at all, when the program reads on', () => {
    const container = start();
    container.read();
    assert.deepEqual(container.ask(), { end: true });
    assert.deepEqual(container.endings, [['request-1', 'timed-out', LATE]]);
  });

  for (const [name, rest] of [
    ['a line’s end', '\n'],
    ['some words', 'LEFTOVER'],
    ['half a response', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'],
    ['a whole one', response('two')],
  ] as const) {
    it(`that promises less is cut there, its rest is lost, and the next call works (${name})`, () => {
      const container = start(['1', '2']);
      container.read();
      container.write(response('one') + rest);
      assert.deepEqual(container.endings, [['request-1', 'returned', 'one']]);
      assert.match(container.read() ?? '', /\r\n\r\n2$/);
      assert.equal(container.endings.length, 1);
      container.write(response('second'));
      assert.deepEqual(container.endings.slice(1), [['request-2', 'returned', 'second']]);
    });
  }

  it('may be there before its call is read', () => {
    const container = start(['1']);
    container.write(response('early'));
    assert.match(container.read() ?? '', /\r\n\r\n1$/);
    assert.deepEqual(container.endings, [['request-1', 'returned', 'early']]);
  });

  for (const [name, text] of [
    ['a word', 'hello\n'],
    ['the result alone', 'null'],
    ['another protocol', 'HTTP/x\n'],
    ['a status line without a status', 'HTTP/1.1 fine\r\n\r\n'],
    ['a line that is no header', 'HTTP/1.1 200 OK\r\nhello\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
  ] as const) {
    it(`that is none is told to nobody: the caller waits until the time is up (${name})`, () => {
      const late = { status: 'timed-out', milliseconds: 3000, payload: LATE };
      for (const then of ['reads', 'ends'] as const) {
        const container = start();
        container.read();
        assert.deepEqual(container.write(text), { value: null });
        // Not even a response helps any more.
        assert.deepEqual(container.write(response('too late')), { value: null });
        assert.deepEqual(container.endings, []);
        if (then === 'reads') assert.deepEqual(container.ask(), { end: true });
        else container.service.exited(1);
        assert.deepEqual(container.world.outcomes, [['request-1', late]]);
      }
    });
  }

  it('that is too large ends it as well', () => {
    const container = start();
    container.read();
    container.write('HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n');
    const half = 'x'.repeat(3 * 1024 * 1024);
    assert.deepEqual(container.write(half), { value: null });
    assert.deepEqual(container.write(half), { exit: -9 });
    container.service.exited(-9);
    assert.deepEqual(container.endings, [['request-1', 'exited', error('the response is too large')]]);
  });

  it('without a length lasts until the process ends', () => {
    const container = start();
    container.read();
    container.write('HTTP/1.1 200 OK\r\n\r\nabc');
    assert.deepEqual(container.endings, []);
    container.service.exited(1);
    assert.deepEqual(container.endings, [['request-1', 'completed', 'abc']]);
  });
});

describe('a hot process', () => {
  it('that ends before it has answered leaves its caller to the time-out', () => {
    for (const read of [false, true]) {
      const container = start(['1', '2']);
      if (read) container.read();
      container.service.exited(3);
      assert.deepEqual(container.endings, [['request-1', 'timed-out', LATE]]);
    }
  });

  it('that ends between two calls fails nobody', () => {
    const container = start(['1', '2']);
    container.read();
    container.write(response('one'));
    container.service.exited(0);
    assert.deepEqual(container.endings, [['request-1', 'returned', 'one']]);
  });

  it('is given thirty seconds for another call, and ends where it waits', () => {
    const container = start(['1']);
    container.read();
    container.write(response('one'));
    assert.deepEqual(container.ask(), { end: true });
    assert.deepEqual(container.world.patiences, [undefined, 30_000]);
  });

  it('has pipes at 0 and 1 and nowhere else', () => {
    const container = start();
    assert.deepEqual(container.cross('write', 2, ''), { error: '[Errno 9] Bad file descriptor: write 2' });
    assert.deepEqual(container.cross('read', 1, 1), { error: '[Errno 9] Bad file descriptor: read 1' });
  });
});

describe('the trace of the http format', () => {
  it('tells both streams, byte for byte, between the phases', () => {
    const container = start(['1', '2']);
    const request = container.read();
    container.write('HTTP/1.1 200 OK\r\n');
    container.write('Content-Length: 1\r\n\r\n1');
    container.read();
    assert.deepEqual(container.world.phases, [
      ['wait', null],
      ['invoke', 'request-1'],
      ['respond', 'request-1'],
      ['wait', null],
      ['invoke', 'request-2'],
    ]);
    assert.deepEqual(container.world.messages.slice(0, 3), [
      ['service', 'stdin', request],
      ['handler', 'stdout', 'HTTP/1.1 200 OK\r\n'],
      ['handler', 'stdout', 'Content-Length: 1\r\n\r\n1'],
    ]);
  });
});
