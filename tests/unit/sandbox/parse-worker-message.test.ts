import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Refused, Tally } from '../../../src/sandbox/bounds.ts';
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

const call = { ...events[2] };
const kept = (more: object) => ({ kind: 'object', bucket: 'b', key: 'k', size: 1, blob: null, ...more });
const about = { modified: 1, etag: 'e', type: 't', metadata: {} };
const recorded = (...list: unknown[]) => ({ type: 'recorded', run: 1, events: list, blobs: {} });
const finished = (outcome: unknown) => ({ type: 'finished', run: 1, outcome });

suite('a message of an environment', () => {
  for (const message of messages) {
    test(`is understood: ${message.type}`, () => {
      assert.deepEqual(parseWorkerMessage(structuredClone(message)), message);
    });
  }

  test('has lines that begin at nothing', () => {
    for (const line of [null, -1, 0]) {
      const message = parseWorkerMessage({ ...recorded({ ...call, line }) });
      assert.deepEqual(message.type === 'recorded' && message.events, [{ ...call, line: 0 }]);
    }
  });

  test('loses what the page does not know', () => {
    const exited = { type: 'exited', code: 1, restarts: false };
    assert.deepEqual(parseWorkerMessage({ ...exited, more: 'x' }), exited);
  });
});

suite('no message of an environment is', () => {
  const late = { status: 'timed-out', milliseconds: 1, payload: '' };
  const timeout = { type: 'timeout', run: 1, milliseconds: 1, log: '', outcome: late };
  const nonsense: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['a text', 'ready'],
    ['an array', ['ready']],
    ['a map', new Map([['type', 'ready']])],
    ['a boxed text', Object('ready')],
    ['an unknown type', { type: 'stop' }],
    ['a type by inheritance', { type: '__proto__' }],
    ['a run that is no number', { ...finished({ status: 'returned', payload: '1' }), run: '1' }],
    ['an outcome that only the page may tell', finished({ status: 'limited', by: 'milliseconds' })],
    ['a bound that only the page may tell', finished({ status: 'limited', by: 'sent', what: 'x', most: 1 })],
    ['a time-out that never comes', { ...timeout, milliseconds: Infinity }],
    ['a time-out that a timer takes for none', { ...timeout, milliseconds: 2 ** 31 }],
    ['a time-out with no end', { ...timeout, outcome: { status: 'timed-out', payload: '' } }],
    ['an exit without a status', { type: 'exited', code: 0.5, restarts: false }],
    ['a status that no process has', { type: 'exited', code: 2 ** 31, restarts: false }],
    ['a blob that is none', { ...recorded(), blobs: { x: 'bytes' } }],
    ['a blob of numbers that are no bytes', { ...recorded(), blobs: { x: new Uint16Array(1) } }],
    [
      'a blob with a name of JavaScript’s',
      JSON.parse('{"type":"recorded","run":1,"events":[],"blobs":{"__proto__":{}}}'),
    ],
    ['an unknown owner', recorded({ ...call, owner: 'toString' })],
    ['a local that is no text', recorded({ ...call, locals: { x: 1 } })],
    ['locals that are a date', recorded({ ...call, locals: new Date(0) })],
    ['locals that are a list', recorded({ ...call, locals: ['x'] })],
    ['a line that no file has', recorded({ ...call, line: 2 ** 31 })],
    ['a zero with a sign', recorded({ ...call, line: -0 })],
    ['names with holes among them', recorded({ kind: 'line', frame: 1, line: 1, gone: Array(2) })],
    ['an unknown event', recorded({ kind: 'jump' })],
    ['a hole among the events', { ...recorded(), events: Array(2) }],
    ['events that only look like a list', { ...recorded(), events: { length: 0 } }],
    ['a date that no calendar knows', recorded(kept({ about: { ...about, modified: 8.64e15 + 1 } }))],
    ['a date that is no number', recorded(kept({ about: { ...about, modified: NaN } }))],
    ['a bucket from nowhen', recorded({ kind: 'bucket', bucket: 'b', created: -Infinity })],
    ['a size without what is known of it', recorded(kept({ about: null }))],
    ['a size below nothing', recorded({ kind: 'file', path: '/a', size: -1, blob: null })],
  ];
  for (const [name, value] of nonsense) {
    test(name, () => {
      assert.deepEqual(refusalOf(value), { by: 'senseless' });
    });
  }

  test('what holds itself', () => {
    const value: Record<string, unknown> = { ...recorded() };
    value.events = [value];
    assert.deepEqual(refusalOf(structuredClone(value)), { by: 'senseless' });
  });
});

suite('more than one may send', () => {
  const many = (count: number, event: object): object => ({
    ...recorded(),
    events: Array(count).fill(event),
  });
  const names = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${String(index)}`, '']));
  const file = { kind: 'file', path: '/a', size: null, blob: null };
  const output = { kind: 'output', stream: 'stdout', text: '' };
  const cases: readonly [string, string, number, unknown][] = [
    ['events', 'events', 200_000, many(200_001, output)],
    [
      'a list of four thousand million that holds nothing',
      'senseless',
      0,
      { ...recorded(), events: Object.assign([], { length: 4e9 }) },
    ],
    ['steps', 'steps', 50_000, many(50_001, { kind: 'return', frame: 1, value: '' })],
    ['changes of files', 'files', 20_000, many(20_001, file)],
    ['changes of objects', 'objects', 50_000, many(50_001, kept({ size: null, about: null }))],
    ['buckets', 'buckets', 10_000, many(10_001, { kind: 'bucket', bucket: 'b', created: 1 })],
    ['output', 'output', 20_000_000, many(3, { ...output, text: '\n'.repeat(9_000_000) })],
    ['notes', 'notes', 1000, many(1001, { kind: 'absence', what: 'module', name: 'm' })],
    [
      'characters in one text',
      'text',
      10_000_000,
      { type: 'crashed', name: '', message: 'x'.repeat(10_000_001) },
    ],
    ['characters in one name', 'text', 30_000, recorded({ ...call, name: 'x'.repeat(30_001) })],
    ['folders in one path', 'depth', 4000, recorded({ ...file, path: '/d'.repeat(4001) })],
    ['folders in one key', 'depth', 4000, recorded(kept({ about, key: '/'.repeat(4001) }))],
    ['locals', 'locals', 100_000, recorded({ ...call, locals: names(100_001) })],
    [
      'characters, by one text that is named again and again',
      'bytes',
      128_000_000,
      many(20, { kind: 'return', frame: 1, value: 'x'.repeat(9_000_000) }),
    ],
    [
      'locals, by some that are named again and again',
      'bytes',
      128_000_000,
      many(50_000, { ...call, locals: names(1000) }),
    ],
    ['bytes', 'bytes', 128_000_000, { ...recorded(), blobs: { x: new Uint8Array(128_000_001) } }],
    [
      'bytes, behind a view of one',
      'bytes',
      128_000_000,
      { ...recorded(), blobs: { x: new Uint8Array(new ArrayBuffer(128_000_001), 0, 1) } },
    ],
  ];
  for (const [name, what, most, value] of cases) {
    test(name, () => {
      assert.deepEqual(refusalOf(value), what === 'senseless' ? { by: what } : { by: 'sent', what, most });
    });
  }

  test('messages, and what several of them bring', () => {
    const tally = new Tally();
    const send = (value: unknown) => parseWorkerMessage(value, tally);
    for (let count = 0; count < 4; count += 1) send(many(5000, file));
    assert.throws(() => send(recorded(file)), { refusal: { by: 'sent', what: 'files', most: 20_000 } });
    for (let count = 5; count < 10_000; count += 1) send(recorded());
    assert.throws(() => send(recorded()), { refusal: { by: 'sent', what: 'messages', most: 10_000 } });
  });

  test('for one run: two runs may send as much again', () => {
    const tally = new Tally(2);
    for (let count = 0; count < 8; count += 1) parseWorkerMessage(many(5000, file), tally);
    assert.throws(() => parseWorkerMessage(recorded(file), tally), {
      refusal: { by: 'sent', what: 'files', most: 40_000 },
    });
  });
});

test('what honest runs send at most is far from all bounds', () => {
  let path = '/tmp';
  const folders = Array.from({ length: 2000 }, (_, index) => {
    path += `/folder-${String(index)}`;
    return { kind: 'file', path: `${path}/file`, size: 1, blob: null };
  });
  const honest: readonly unknown[] = [
    // Folders that are nested two thousand deep, with a file each.
    recorded(...folders),
    // The largest answer, and thirty thousand warnings.
    finished({ status: 'returned', payload: JSON.stringify('x'.repeat(6_291_554)) }),
    recorded(
      ...Array.from({ length: 30_000 }, () => ({ kind: 'output', stream: 'stderr', text: 'w'.repeat(120) })),
    ),
    // As many steps as are recorded at all, each with a value as long as values are told.
    recorded(
      ...Array.from({ length: 40_000 }, () => ({
        kind: 'line',
        frame: 1,
        line: 1,
        changed: { x: 'v'.repeat(200) },
      })),
    ),
  ];
  const tally = new Tally();
  for (const value of honest) parseWorkerMessage(value, tally);
});

function refusalOf(value: unknown): unknown {
  try {
    parseWorkerMessage(value);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
  return null;
}
