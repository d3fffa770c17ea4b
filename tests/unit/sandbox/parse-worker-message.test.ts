import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseWorkerMessage } from '../../../src/sandbox/parse-worker-message.ts';
import type { WorkerMessage } from '../../../src/sandbox/protocol.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';

const events: readonly TraceEvent[] = [
  { kind: 'phase', phase: 'report-error', request: null },
  { kind: 'message', from: 'service', to: 'bootstrap', what: 'recv_start', body: '[]' },
  {
    kind: 'call',
    frame: 1,
    caller: null,
    source: '/a.py',
    line: 1,
    name: 'f',
    owner: 'handler',
    locals: { x: '1' },
  },
  { kind: 'line', frame: 1, line: 2, changed: { x: '2' } },
  { kind: 'line', frame: 1, line: 3 },
  { kind: 'raise', frame: 1, line: 3, error: 'KeyError: 1' },
  { kind: 'return', frame: 1, value: 'None' },
  { kind: 'output', stream: 'platform', text: 'END\n' },
  { kind: 'bucket', bucket: 'b', created: 1 },
  {
    kind: 'object',
    bucket: 'b',
    key: 'k',
    size: 1,
    blob: 'object-1',
    about: { modified: 1, etag: 'e', type: 't', metadata: { a: 'b' } },
  },
  { kind: 'object', bucket: 'b', key: 'k', size: null, blob: null, about: null },
  { kind: 'file', path: '/tmp/a', size: 1, blob: 'file-1' },
  { kind: 'file', path: '/tmp/a', size: null, blob: null },
  { kind: 'absence', what: 'module', name: 'resource' },
  { kind: 'cut', what: 'output', limit: 65_536 },
  { kind: 'message', from: 'handler', to: 'service', what: 'stdout', body: '[]' },
];

const messages: readonly WorkerMessage[] = [
  { type: 'ready', python: '3.14.2', waits: true },
  {
    type: 'began',
    run: 1,
    beginning: { format: 'trace/1', platform: 'p', python: '3.14.2', cold: true, request: 'r', event: '{}' },
  },
  { type: 'recorded', run: 1, events, blobs: { 'object-1': new Uint8Array([1]) } },
  {
    type: 'timeout',
    run: 1,
    milliseconds: 3000,
    log: 'END\n',
    outcome: { status: 'timed-out', milliseconds: 3000, payload: '{}' },
  },
  { type: 'finished', run: 1, outcome: { status: 'returned', payload: '1' } },
  { type: 'finished', run: 1, outcome: { status: 'completed', payload: '1' } },
  { type: 'finished', run: 1, outcome: { status: 'raised', payload: '{}' } },
  { type: 'finished', run: 1, outcome: { status: 'exited', code: -6, payload: '{}' } },
  { type: 'finished', run: 1, outcome: { status: 'limited', by: 'memory' } },
  { type: 'exited', code: 0, restarts: false },
  { type: 'crashed', name: 'RangeError', message: 'too much recursion' },
];

suite('a message of an environment', () => {
  for (const message of messages) {
    test(`is understood: ${message.type}`, () => {
      assert.deepEqual(parseWorkerMessage(structuredClone(message)), message);
    });
  }

  test('loses what the page does not know', () => {
    const exited = { type: 'exited', code: 1, restarts: false };
    assert.deepEqual(parseWorkerMessage({ ...exited, more: 'x' }), exited);
  });
});

suite('no message of an environment is', () => {
  const nonsense: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['a text', 'ready'],
    ['an array', ['ready']],
    ['an unknown type', { type: 'stop' }],
    [
      'a run that is no number',
      { type: 'finished', run: '1', outcome: { status: 'returned', payload: '1' } },
    ],
    [
      'an outcome that only the page may tell',
      { type: 'finished', run: 1, outcome: { status: 'limited', by: 'milliseconds' } },
    ],
    [
      'a time-out that never comes',
      {
        type: 'timeout',
        run: 1,
        milliseconds: Infinity,
        log: '',
        outcome: { status: 'timed-out', milliseconds: 1, payload: '' },
      },
    ],
    [
      'a time-out with no end',
      { type: 'timeout', run: 1, milliseconds: 1, log: '', outcome: { status: 'timed-out', payload: '' } },
    ],
    ['an exit without a status', { type: 'exited', code: 0.5, restarts: false }],
    ['a text of nine million characters', { type: 'crashed', name: 'x'.repeat(9_000_000), message: '' }],
    [
      'more events than an honest batch has',
      { type: 'recorded', run: 1, events: Array(100_001).fill(events[0]), blobs: {} },
    ],
    ['a blob that is none', { type: 'recorded', run: 1, events: [], blobs: { x: 'bytes' } }],
    [
      'more bytes than a batch may bring',
      { type: 'recorded', run: 1, events: [], blobs: { x: new Uint8Array(65 * 2 ** 20) } },
    ],
    [
      'an unknown owner',
      { type: 'recorded', run: 1, events: [{ ...events[2], owner: 'toString' }], blobs: {} },
    ],
    [
      'a local that is no text',
      { type: 'recorded', run: 1, events: [{ ...events[2], locals: { x: 1 } }], blobs: {} },
    ],
    ['an unknown event', { type: 'recorded', run: 1, events: [{ kind: 'jump' }], blobs: {} }],
    ['a hole among the events', { type: 'recorded', run: 1, events: Array(2), blobs: {} }],
  ];
  for (const [name, value] of nonsense) {
    test(name, () => {
      assert.equal(parseWorkerMessage(value), null);
    });
  }
});
