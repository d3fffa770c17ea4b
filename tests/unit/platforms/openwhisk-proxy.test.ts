import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpRequest, HttpResponse } from '../../../src/platforms/shared/http.ts';
import { ActionLoopProxy } from '../../../src/platforms/openwhisk-actionloop/proxy.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : new TextDecoder().decode(bytes);

const post = (path: string, body: string): HttpRequest => ({
  method: 'POST',
  path,
  headers: [],
  body: encode(body),
});

/** A proxy, and what it answered so far: status and body. */
function open(waitsForAck = true) {
  const answers: [number, string][] = [];
  const lines: string[] = [];
  const proxy = new ActionLoopProxy(
    {
      toLauncher: (line) => lines.push(`> ${line}`),
      fromLauncher: (line, isAnswer) => lines.push(`${isAnswer ? '<' : '?'} ${line}`),
    },
    waitsForAck,
  );
  const respond = ({ status, body }: HttpResponse): void => {
    answers.push([status, decode(body) ?? '']);
  };
  return {
    proxy,
    answers,
    lines,
    init: (body = '{"value":{"code":"pass"}}') => {
      proxy.handle(post('/init', body), respond);
    },
    run: (body = '{"value":{}}') => {
      proxy.handle(post('/run', body), respond);
    },
    ask: (request: HttpRequest) => {
      proxy.handle(request, respond);
    },
    say: (text: string) => {
      proxy.receive(encode(text));
    },
    read: (size = 8192) => decode(proxy.read(size)),
  };
}

const ACK = '{"ok": true}\n';
const error = (text: string): string => JSON.stringify({ error: text });

/** One that is initialised and ready. */
function openReady() {
  const opened = open();
  opened.init();
  opened.say(ACK);
  opened.answers.length = opened.lines.length = 0;
  return opened;
}

describe('/init', () => {
  it('is answered when the launcher has said that it is ready, and not before', () => {
    const { proxy, answers, init, say } = open();
    init();
    assert.deepEqual([answers, proxy.hasLauncher, proxy.isReady], [[], true, false]);
    say('{"ok": ');
    assert.deepEqual(answers, []);
    say('true}\n');
    assert.deepEqual([answers, proxy.isReady], [[[200, '{"ok":true}']], true]);
  });

  it('is answered at once where no ack is waited for', () => {
    const { answers, init } = open(false);
    init();
    assert.deepEqual(answers, [[200, '{"ok":true}']]);
  });

  it('is refused a second time', () => {
    const { answers, init } = openReady();
    init();
    assert.deepEqual(answers, [[403, error('Cannot initialize the action more than once.')]]);
  });

  it('without code starts nothing', () => {
    const { proxy, answers, init } = open();
    const refusal = [403, error('Missing main/no code to execute.')];
    for (const body of ['{}', '{"value":{}}', '{"value":{"code":""}}', '[]', '3']) init(body);
    assert.deepEqual(answers, Array(5).fill(refusal));
    assert.equal(proxy.hasLauncher, false);
  });

  it('that is no JSON is a 400', () => {
    const { answers, init } = open();
    init('{');
    assert.deepEqual(answers[0]?.[0], 400);
  });

  it('is a 502 when the launcher ends before its ack, or says something else', () => {
    const ended = open();
    ended.init();
    ended.proxy.launcherEnded();
    assert.deepEqual([ended.answers[0]?.[0], ended.proxy.hasLauncher], [502, false]);
    const other = open();
    other.init();
    other.say('{"ok": false}\n');
    assert.deepEqual([other.answers[0]?.[0], other.proxy.isReady], [502, false]);
  });
});

describe('/run', () => {
  it('is one line to the launcher, without the newlines of its body, and one line back, letter for letter', () => {
    const { answers, lines, run, say, read } = openReady();
    assert.equal(read(), null);
    run('{"value":\r\n {"a":\n"é"}}');
    assert.equal(read(), '{"value": {"a":"é"}}\n');
    assert.equal(read(), null);
    say('{"b":  "花"}\n');
    assert.deepEqual(answers, [[200, '{"b":  "花"}']]);
    assert.deepEqual(lines, ['> {"value": {"a":"é"}}', '< {"b":  "花"}']);
  });

  it('is read piece by piece where the launcher asks for less than there is', () => {
    const { run, read } = openReady();
    run('{"a":1}');
    assert.deepEqual([read(3), read(100), read(1)], ['{"a', '":1}\n', null]);
  });

  it('takes an object or an array for an answer, and nothing else', () => {
    const refusal = [502, error('The action did not return a dictionary or array.')];
    const given = ['{"a":1}', '[1]', '{}', '"text"', 'null', '42', '{"x": NaN}', '', 'no JSON'];
    const { answers, run, say } = openReady();
    for (const line of given) {
      run();
      say(`${line}\n`);
    }
    assert.deepEqual(answers, [
      ...given.slice(0, 3).map((line) => [200, line]),
      ...given.slice(3).map(() => refusal),
    ]);
  });

  it('before /init there is no action', () => {
    const { answers, run } = open();
    run();
    assert.deepEqual(answers, [[500, error('no action defined yet')]]);
  });

  it('whose process dies is a 400, and the action is gone', () => {
    const { proxy, answers, run } = openReady();
    run();
    proxy.launcherEnded();
    run();
    assert.deepEqual(answers, [
      [400, error('command exited')],
      [500, error('no action defined yet')],
    ]);
  });

  it('of a process that is dead already is a 500', () => {
    const { proxy, answers, run } = openReady();
    proxy.launcherEnded();
    run();
    assert.deepEqual(answers, [[500, error('command exited')]]);
  });

  it('reads a line that nobody asked for as its answer', () => {
    const { answers, lines, run, say } = openReady();
    run();
    say('{"n":1}\n{"n":"too much"}\n');
    run();
    say('{"n":2}\n');
    run();
    assert.deepEqual(
      answers.map(([, body]) => body),
      ['{"n":1}', '{"n":"too much"}', '{"n":2}'],
    );
    assert.ok(lines.includes('? {"n":"too much"}'));
  });
});

it('whatever else is asked is not found', () => {
  const { answers, ask } = open();
  ask({ ...post('/init', '{}'), method: 'GET' });
  ask(post('/status', ''));
  assert.deepEqual(
    answers.map(([status]) => status),
    [404, 404],
  );
});
