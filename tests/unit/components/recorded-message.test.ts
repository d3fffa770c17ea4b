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
  runs: [run(message('GET /a', 'one\r\n\r\n'), message('GET /b', 'two')), run(message('GET /a', 'three'))],
};

test('a message is found by the end of its name, in the run that is meant', () => {
  assert.deepEqual(recordedMessage(recording, 0, '/a'), {
    from: 'service',
    to: 'bootstrap',
    what: 'GET /a',
    text: 'one',
  });
  assert.equal(recordedMessage(recording, 1, 'GET /a').text, 'three');
});

test('a message that did not cross ends the build, and says where it was looked for', () => {
  assert.throws(
    () => recordedMessage(recording, 1, '/b'),
    /^Error: In run 2 of e on p no message crossed whose name ends with "\/b"\.$/,
  );
});
