import assert from 'node:assert/strict';
import test from 'node:test';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { Replay } from '../../../src/trace/replay.ts';
import { stepAfter, stepBefore, stepInto, stepOut, stepOver, stepToLine } from '../../../src/trace/steps.ts';

const FILE = '/var/task/lambda_function.py';

function call(frame: number, caller: number | null, name: string): TraceEvent {
  return { kind: 'call', frame, caller, source: FILE, line: 1, name, owner: 'handler', locals: {} };
}

// 1 call outer, 2 line 2, 3 call inner, 4 line 7, 5 return inner, 6 line 3, 7 line 2, 8 return outer, 9 the end.
const replay = new Replay({
  events: [
    call(1, null, 'outer'),
    { kind: 'line', frame: 1, line: 2 },
    call(2, 1, 'inner'),
    { kind: 'line', frame: 2, line: 7 },
    { kind: 'return', frame: 2, value: 'None' },
    { kind: 'line', frame: 1, line: 3 },
    { kind: 'line', frame: 1, line: 2 },
    { kind: 'return', frame: 1, value: 'None' },
  ],
});

test('into goes to the next step, over to the next that is no deeper, out to the caller', () => {
  const ways = [stepInto, stepOver, stepOut].map((way) =>
    Array.from({ length: replay.length }, (_, index) => way(replay, index + 1)),
  );
  assert.deepEqual(ways, [
    [2, 3, 4, 5, 6, 7, 8, 9, 9],
    [2, 6, 4, 5, 6, 7, 8, 9, 9],
    [9, 9, 6, 6, 6, 9, 9, 9, 9],
  ]);
});

test('a line leads to its next run, and after the last to its first', () => {
  assert.deepEqual(
    [1, 2, 7].map((from) => stepToLine(replay, from, FILE, 2)),
    [2, 7, 2],
  );
  assert.equal(stepToLine(replay, 1, FILE, 8), null);
  assert.equal(stepToLine(replay, 1, '/other.py', 2), null);
});

test('before the first of some steps lies the beginning, after the last the end', () => {
  assert.deepEqual(
    [1, 3, 6, 9].map((from) => stepAfter(replay, from, [3, 6])),
    [3, 6, 9, 9],
  );
  assert.deepEqual(
    [1, 3, 6, 9].map((from) => stepBefore(from, [3, 6])),
    [1, 1, 3, 6],
  );
});
