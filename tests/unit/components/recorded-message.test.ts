import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedMessage } from '../../../src/components/article/recorded-message.ts';
import type { Recording } from '../../../src/trace/recording.ts';

const message = (what: string, body: string) =>
  ({ kind: 'message', from: 'service', to: 'bootstrap', what, body }) as const;

const run = (...events: ReturnType<typeof message>[]): Recording['runs'][number] => ({
  beginning: {
    format: 'trace/1',
    platform: 'p',
    python: '3.14.2',
    cold: true,
    request: 'r',
    event: '{}',
  },
  events,
  outcome: { status: 'returned', payload: 'null' },
});

const recording = {
  example: 'e',
  platform: 'p',
  runs: [run(message('GET /a', 'one\n'), message('GET /b', 'two')), run(message('GET /a', 'three'))],
};

test('a message is found by the end of its name, in the run that is meant', () => {
  assert.deepEqual(recordedMessage(recording, 1, '/a'), {
    from: 'service',
    to: 'bootstrap',
    what: 'GET /a',
    text: 'one',
    isHttp: false,
  });
  assert.equal(recordedMessage(recording, 2, 'GET /a').text, 'three');
});

test('a row of JSON values has a line for each; what only begins like one stays as it is', () => {
  const textOf = (body: string): string =>
    recordedMessage({ ...recording, runs: [run(message('m', body))] }, 1, 'm').text;
  assert.equal(textOf('["a", -1, {"b": [1, 2]}]'), '[\n  "a",\n  -1,\n  {"b":[1,2]}\n]');
  assert.equal(textOf('[cut'), '[cut');
});

test('a request keeps its lines; only a long body is laid out', () => {
  const found = (body: string) =>
    recordedMessage(
      { ...recording, runs: [run(message('m', `POST /m HTTP/1.1\r\nA: b\r\n\r\n${body}`))] },
      1,
      'm',
    );
  assert.deepEqual(
    [found('{ "a": 1 }').isHttp, found('{ "a": 1 }').text],
    [true, 'POST /m HTTP/1.1\nA: b\n\n{ "a": 1 }'],
  );
  const long = 'x'.repeat(100);
  assert.equal(found(`{"a": "${long}"}`).text, `POST /m HTTP/1.1\nA: b\n\n{\n  "a": "${long}"\n}`);
});

test('a message that did not cross ends the build, and says where it was looked for', () => {
  assert.throws(
    () => recordedMessage(recording, 2, '/b'),
    /^Error: In run 2 of e on p no message crossed whose name ends with "\/b"\.$/,
  );
});
