import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createService } from '../../../src/platforms/ironfunctions-default/service.ts';
import type { FunctionSetup } from '../../../src/trace/recording.ts';
import { Container, error } from './ironfunctions.ts';

const start = (event: string, setup?: Partial<FunctionSetup>): Container =>
  new Container(createService, [event, 'of another process'], setup);

describe('a process of the default format', () => {
  it('has the caller’s body on its standard input, as it is, and then the end', () => {
    for (const body of ['{"a": "é"}', 'no JSON', '\n']) {
      const container = start(body);
      assert.equal(container.read(), body);
      assert.equal(container.read(), '');
      assert.equal(container.read(), '');
    }
    assert.equal(start('').read(), '');
  });

  it('gets it in pieces when it asks for pieces', () => {
    const container = start('abcde');
    assert.deepEqual(
      [2, 0, -1, 2, 2, 2].map((size) => container.read(size)),
      ['ab', '', '', 'cd', 'e', ''],
    );
  });

  it('has the call in its environment, and the configuration in capitals', () => {
    const { environment } = start('"é"', { variables: { greeting: 'Hello', METHOD: 'mine' } });
    assert.deepEqual(environment, {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      GREETING: 'Hello',
      METHOD: 'POST',
      ROUTE: '/labs/:name',
      REQUEST_URL: 'http//localhost:8080/r/lab/labs/first',
      PARAM_NAME: 'first',
      HEADER_ACCEPT: '*/*',
      HEADER_CONTENT_LENGTH: '4',
      HEADER_CONTENT_TYPE: 'application/json',
      HEADER_USER_AGENT: 'curl/7.51.0',
    });
  });

  it('is there for one call alone, and its time counts from the start', () => {
    const { world } = start('{}', { timeout: 2500 });
    assert.deepEqual(world.patiences, [undefined]);
    const payload = error('Timed out');
    assert.deepEqual(world.limits, [
      ['request-1', 2500, { log: '', outcome: { status: 'timed-out', milliseconds: 2500, payload } }],
    ]);
  });

  it('has pipes at 0 and 1 and nowhere else', () => {
    const container = start('{}');
    for (const [name, descriptor] of [
      ['read', 1],
      ['write', 0],
      ['read', 3],
      ['seek', 0],
    ] as const) {
      const answer = container.cross(name, descriptor, 1);
      assert.deepEqual(answer, { error: `[Errno 9] Bad file descriptor: ${name} ${String(descriptor)}` });
    }
  });
});

describe('the answer of the default format', () => {
  it('is all that was written to standard output, once the process has ended with 0', () => {
    const container = start('{}');
    container.read();
    assert.deepEqual(container.write('hello\n'), { value: null });
    container.write('{"a": 1}');
    assert.deepEqual(container.endings, []);
    container.service.exited(0);
    assert.deepEqual(container.endings, [['request-1', 'completed', 'hello\n{"a": 1}']]);
  });

  it('is joined before it is text: a letter may come in two pieces', () => {
    const container = start('{}');
    container.write(Uint8Array.of(0xc3));
    container.write(Uint8Array.of(0xa9));
    container.service.exited(0);
    assert.deepEqual(container.endings, [['request-1', 'completed', 'é']]);
  });

  it('is empty when nothing was written, and needs no JSON', () => {
    const silent = start('{}');
    silent.service.exited(0);
    assert.deepEqual(silent.endings, [['request-1', 'completed', '']]);
  });

  it('is an error when the process ended otherwise, whatever it had written', () => {
    for (const [code, message] of [
      [1, 'the function ended with status 1'],
      [-9, 'the function was ended by signal 9'],
    ] as const) {
      const container = start('{}');
      container.write('half of it');
      container.service.exited(code);
      assert.deepEqual(container.world.outcomes, [
        ['request-1', { status: 'exited', code, payload: error(message) }],
      ]);
    }
  });

  it('has a limit, and whoever writes more is removed', () => {
    const container = start('{}');
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let at = 0; at < 6; at += 1) assert.deepEqual(container.write(megabyte), { value: null });
    assert.deepEqual(container.write('x'), { exit: -9 });
    container.service.exited(-9);
    assert.deepEqual(container.endings, [['request-1', 'exited', error('the answer is too large')]]);
  });

  it('is given once', () => {
    const container = start('{}');
    container.service.exited(0);
    container.service.exited(1);
    assert.equal(container.endings.length, 1);
  });
});

describe('the trace of the default format', () => {
  it('tells what crossed, byte for byte, between its phases', () => {
    const container = start('{"a": 1}');
    container.read();
    container.service.output('stderr', 'to the log\n');
    container.write('[');
    container.write(']');
    container.service.exited(0);
    assert.deepEqual(container.world.phases, [
      ['invoke', 'request-1'],
      ['respond', 'request-1'],
    ]);
    assert.deepEqual(container.world.messages, [
      ['service', 'stdin', '{"a": 1}'],
      ['handler', 'stdout', '['],
      ['handler', 'stdout', ']'],
    ]);
    assert.equal(container.world.log, 'to the log\n');
  });

  it('keeps of many bytes the first', () => {
    const container = start('x'.repeat(20_000));
    for (let at = 0; at < 100; at += 1) container.write('x'.repeat(1000));
    const { messages } = container.world;
    assert.equal(messages[0]?.[2], `${'x'.repeat(16_384)}… (3616 more characters)`);
    assert.equal(messages.length, 1 + 66);
    container.service.exited(0);
    assert.equal(container.endings[0]?.[2]?.length, 100_000);
  });
});
