import assert from 'node:assert/strict';
import test from 'node:test';
import { record } from '../../../src/integrations/recordings.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import type { Frame, Moment } from '../../../src/trace/moment.ts';
import { Replay } from '../../../src/trace/replay.ts';
import { beginState, fold } from '../../../src/trace/state.ts';

const FILE = '/var/task/lambda_function.py';

function call(frame: number, caller: number | null, name: string, locals = {}): TraceEvent {
  return { kind: 'call', frame, caller, source: FILE, line: 1, name, owner: 'handler', locals };
}

const NESTED: readonly TraceEvent[] = [
  { kind: 'phase', phase: 'init', request: null },
  call(1, null, 'outer', { event: '{}' }),
  { kind: 'line', frame: 1, line: 2 },
  call(2, 1, 'inner'),
  { kind: 'line', frame: 2, line: 7, changed: { a: '1' } },
  { kind: 'output', stream: 'stdout', text: 'hello\n' },
  { kind: 'raise', frame: 2, line: 7, error: 'ValueError: no' },
  { kind: 'return', frame: 2, value: 'None' },
  { kind: 'raise', frame: 1, line: 2, error: 'ValueError: no' },
  { kind: 'line', frame: 1, line: 3, changed: { event: '[]', b: '2' } },
  { kind: 'message', from: 'bootstrap', to: 'service', what: 'report_done', body: '' },
];

/** Every moment of a run made in one walk from its beginning, and never by a jump. */
function walk(replay: Replay): Moment[] {
  return Array.from({ length: replay.length }, (_, index) => replay.at(index + 1));
}

test('a moment shows the stack, what the step changed, and all that happened before it', () => {
  const replay = new Replay({ events: NESTED });
  assert.deepEqual(
    walk(replay).map(({ kind, stack, changes, calls, output }) => [
      kind,
      stack.map(({ name, line }) => `${name}:${line}`).join(' '),
      changes,
      calls,
      output,
    ]),
    [
      ['call', 'outer:1', { event: 'new' }, null, ''],
      ['line', 'outer:2', {}, 'inner', ''],
      ['call', 'outer:2 inner:1', {}, null, ''],
      ['line', 'outer:2 inner:7', { a: 'new' }, null, ''],
      ['raise', 'outer:2 inner:7', {}, null, 'hello\n'],
      ['return', 'outer:2 inner:7', {}, null, 'hello\n'],
      ['raise', 'outer:2', {}, null, 'hello\n'],
      ['line', 'outer:3', { event: 'changed', b: 'new' }, null, 'hello\n'],
      ['end', 'outer:3', {}, null, 'hello\n'],
    ],
  );
});

test('an error has the place that it came through last, and stays the last one when a line runs again', () => {
  const replay = new Replay({ events: NESTED });
  assert.deepEqual(
    [4, 5, 7, 8].map((step) => replay.at(step).error),
    [
      null,
      { text: 'ValueError: no', name: 'inner', source: FILE, line: 7 },
      { text: 'ValueError: no', name: 'outer', source: FILE, line: 2 },
      { text: 'ValueError: no', name: 'outer', source: FILE, line: 2 },
    ],
  );
});

test('a warm run begins on the frames that the run before it left', () => {
  const cold = new Replay({ events: NESTED });
  const warm = new Replay({
    events: [{ kind: 'line', frame: 1, line: 4, changed: { c: '3' } }],
    before: cold.left,
  });
  const [frame] = warm.at(1).stack;
  assert.deepEqual(frame, {
    number: 1,
    name: 'outer',
    source: FILE,
    owner: 'handler',
    line: 4,
    locals: { event: '[]', b: '2', c: '3' },
  } satisfies Frame);
  assert.equal(new Replay({ events: [{ kind: 'line', frame: 9, line: 4 }] }).length, 1);
});

test('a local that is gone is so at its step, and shown no more after it', () => {
  const events: TraceEvent[] = [
    call(1, null, 'outer', { error: 'ValueError: no', n: '1' }),
    { kind: 'line', frame: 1, line: 2, changed: { n: '2' }, gone: ['error'] },
    { kind: 'line', frame: 1, line: 3 },
    { kind: 'line', frame: 1, line: 4, changed: { error: 'None' } },
  ];
  assert.deepEqual(
    walk(new Replay({ events })).map(({ stack, changes }) => [stack.at(-1)?.locals, changes]),
    [
      [
        { error: 'ValueError: no', n: '1' },
        { error: 'new', n: 'new' },
      ],
      [{ n: '2' }, { n: 'changed', error: 'gone' }],
      [{ n: '2' }, {}],
      [{ n: '2', error: 'None' }, { error: 'new' }],
      [{ n: '2', error: 'None' }, {}],
    ],
  );
});

test('past the recording’s limit a moment says so', () => {
  const events: TraceEvent[] = [
    call(1, null, 'outer'),
    { kind: 'cut', what: 'events', limit: 1 },
    { kind: 'output', stream: 'stdout', text: 'later\n' },
  ];
  const replay = new Replay({ events });
  assert.deepEqual(
    walk(replay).map(({ kind, cut, output }) => [kind, cut, output]),
    [
      ['call', null, ''],
      ['end', 1, 'later\n'],
    ],
  );
});

test('there is no step before the first and none after the last', () => {
  const replay = new Replay({ events: NESTED });
  assert.throws(() => replay.at(0), RangeError);
  assert.throws(() => replay.at(10), RangeError);
});

test('jumping anywhere shows the moment that stepping there shows, for every recording', async () => {
  let compared = 0;
  for (const { example, platform, runs } of await record()) {
    let before: readonly Frame[] = [];
    for (const { events, beginning } of runs) {
      if (beginning.cold) before = [];
      const run = { events, before };
      const stepped = stepThrough(run);
      const replay = new Replay(run);
      assert.equal(stepped.length, replay.length - 1, `${example} on ${platform}`);
      // Every step, in an order that is neither forward nor back: 7919 is a prime that no run's length divides.
      for (let turn = 0; turn < stepped.length; turn += 1) {
        const index = (turn * 7919) % stepped.length;
        const { stack, changes, output, phase } = replay.at(index + 1);
        assert.deepEqual({ stack, changes, output, phase }, stepped[index]);
        compared += 1;
      }
      before = replay.left;
    }
  }
  assert.ok(compared > 1000, `${compared} moments were compared`);
});

test('forward and back again is where one was, for every recording', async () => {
  for (const { runs } of await record()) {
    const [run] = runs;
    if (run === undefined) continue;
    const replay = new Replay(run);
    const forward = walk(replay);
    const back = Array.from({ length: replay.length }, (_, index) => replay.at(replay.length - index));
    assert.deepEqual(back.reverse(), forward);
  }
});

test('a stack of tens of thousands of frames, and events of frames that are on none, are folded as any others', () => {
  const call = (frame: number, caller: number | null): TraceEvent => {
    const name = `f${String(frame)}`;
    return { kind: 'call', frame, caller, source: '/v', line: 1, name, owner: 'handler', locals: {} };
  };
  const deep = 45_000;
  const events: TraceEvent[] = [
    ...Array.from({ length: deep }, (_, index) => call(index + 10, index === 0 ? null : index + 9)),
    ...Array.from({ length: deep }, (): TraceEvent => ({ kind: 'line', frame: 7, line: 1 })),
    // Whoever calls from a frame that is not there goes on from where it is.
    ...Array.from({ length: 1000 }, (_, index) => call(deep + 10 + index, 7)),
    { kind: 'line', frame: 10, line: 2 },
    // The same number twice: the later one counts.
    call(11, 10),
    call(11, 11),
    { kind: 'return', frame: 11, value: 'None' },
  ];
  const replay = new Replay({ events });
  assert.equal(replay.length, deep + 1000 + 5);
  for (const step of [1, 2, 65, 8000, deep - 1, deep, deep + 1, deep + 1000])
    assert.deepEqual([replay.depthOf(step), replay.at(step).stack.length], [step, step]);
  assert.deepEqual(
    replay.at(deep + 1001).stack.map(({ number, line }) => [number, line]),
    [[10, 2]],
  );
  assert.deepEqual(
    replay.at(deep + 1004).stack.map(({ number }) => number),
    [10, 11, 11],
  );
});

test('ten thousand locals that are gone at each of a hundred lines are taken away, and no other', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `n${String(index)}`);
  const locals = Object.fromEntries([...names, 'kept'].map((name) => [name, '1']));
  const lines = Array.from({ length: 100 }, (_, index) => ({
    kind: 'line' as const,
    frame: 1,
    line: 2 + index,
    changed: { last: String(index) },
    gone: names,
  }));
  const replay = new Replay({
    events: [
      { kind: 'call', frame: 1, caller: null, source: '/v', line: 1, name: 'f', owner: 'handler', locals },
      ...lines,
    ],
  });
  assert.deepEqual(replay.at(101).stack[0]?.locals, { kept: '1', last: '99' });
});

/** The states after each step, in one fold without keyframes. */
function stepThrough({ events, before }: { events: readonly TraceEvent[]; before: readonly Frame[] }) {
  const state = beginState(before);
  const steps = [];
  for (const event of events) {
    if (!fold(state, event)) continue;
    const { changes, output, phase } = state;
    steps.push({ stack: [...state.stack], changes: changes(), output, phase });
  }
  return steps;
}
