import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignRuns, type Side } from '../../../src/trace/align.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { eventsToMarks } from '../../../src/trace/marks.ts';

const run = (length: number, ...marks: (readonly [Side['marks'][number]['name'], number])[]): Side => ({
  length,
  marks: marks.map(([name, step]) => ({ name, step })),
});

const all = (left: Side, right: Side) => {
  const alignment = alignRuns(left, right);
  return Array.from({ length: alignment.length }, (_, position) => alignment.at(position));
};

test('between two marks the shorter run waits, and both come to each mark at once', () => {
  const left = run(5, ['wait', 2], ['answer', 4]);
  const right = run(9, ['wait', 5], ['answer', 7]);
  assert.deepEqual(all(left, right), [
    [1, 1],
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 5],
    [3, 6],
    [4, 7],
    [4, 8],
    [5, 9],
  ]);
  assert.deepEqual(alignRuns(left, right).marks, [
    { name: 'wait', position: 4 },
    { name: 'answer', position: 6 },
  ]);
});

test('a run beside itself goes in step', () => {
  const one = run(30, ['init', 1], ['wait', 8], ['invoke', 8], ['answer', 25]);
  assert.deepEqual(
    all(one, one),
    Array.from({ length: 30 }, (_, index) => [index + 1, index + 1]),
  );
});

test('whatever the lengths, both begin at their first step, end at their last, and never go back', () => {
  for (const [left, right] of [
    [run(100, ['init', 1], ['call', 60]), run(7, ['init', 1], ['call', 7])],
    [run(1), run(50, ['wait', 20])],
    [run(3, ['wait', 3], ['answer', 3]), run(40, ['wait', 2], ['answer', 39])],
    [run(1), run(1)],
  ] as const) {
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const pairs = all(one, other);
      assert.deepEqual(
        [pairs[0], pairs.at(-1)],
        [
          [1, 1],
          [one.length, other.length],
        ],
      );
      for (const [index, [first, second]] of pairs.slice(1).entries()) {
        const [before, beside] = pairs[index] ?? [0, 0];
        assert.ok(first >= before && second >= beside, `position ${String(index + 1)}`);
      }
      for (const { name, position } of alignRuns(one, other).marks) {
        const steps = [one, other].map(({ marks }) => marks.find((mark) => mark.name === name)?.step);
        assert.deepEqual(alignRuns(one, other).at(position), steps, name);
      }
    }
  }
});

test('a mark that only one run has, or that they come to in another order, aligns nothing', () => {
  const left = run(10, ['init', 1], ['load', 3], ['wait', 5], ['answer', 8]);
  const right = run(10, ['init', 1], ['wait', 4], ['load', 5], ['call', 6], ['answer', 7]);
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    assert.deepEqual(
      alignRuns(one, other).marks.filter(({ name }) => name !== 'load' && name !== 'wait'),
      alignRuns(one, other).marks.filter(({ name }) => name === 'init' || name === 'answer'),
    );
    assert.equal(alignRuns(one, other).marks.length, 3);
  }
  const late = run(10, ['init', 1], ['wait', 4], ['invoke', 5], ['load', 6], ['answer', 9]);
  const early = run(10, ['init', 1], ['load', 3], ['wait', 4], ['invoke', 5], ['answer', 8]);
  assert.deepEqual(
    alignRuns(early, late).marks.map(({ name }) => name),
    ['init', 'wait', 'invoke', 'answer'],
  );
});

test('a step of either side is found again: the first position at which it has been reached', () => {
  const left = run(5, ['wait', 2], ['answer', 4]);
  const right = run(9, ['wait', 5], ['answer', 7]);
  const alignment = alignRuns(left, right);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((step) => alignment.positionOf(0, step)),
    [0, 4, 5, 6, 8],
  );
  assert.deepEqual(
    [1, 2, 5, 9].map((step) => alignment.positionOf(1, step)),
    [0, 1, 4, 8],
  );
});

test('positions outside count as the nearest end', () => {
  const alignment = alignRuns(run(2), run(3));
  assert.deepEqual(
    [alignment.at(-5), alignment.at(99)],
    [
      [1, 1],
      [2, 3],
    ],
  );
});

test('the marks of a run are its phases and the handler’s moments, each the first of its kind', () => {
  const handler = { kind: 'call', source: '/t', line: 1, owner: 'handler', locals: {} } as const;
  const phase = (name: 'init' | 'wait' | 'invoke' | 'respond' | 'report-error'): TraceEvent => ({
    kind: 'phase',
    phase: name,
    request: null,
  });
  const events: TraceEvent[] = [
    phase('init'),
    { ...handler, frame: 1, caller: null, name: '<module>' },
    { kind: 'return', frame: 1, value: 'None' },
    phase('wait'),
    phase('invoke'),
    { ...handler, frame: 2, caller: null, name: 'lambda_handler' },
    { kind: 'raise', frame: 2, line: 1, error: 'E' },
    { kind: 'return', frame: 2, value: 'None' },
    phase('report-error'),
    phase('respond'),
    phase('wait'),
  ];
  assert.deepEqual(
    eventsToMarks(events).map(({ name, at }) => [name, at]),
    [
      ['init', 0],
      ['load', 1],
      ['wait', 3],
      ['invoke', 4],
      ['call', 5],
      ['back', 7],
      ['answer', 8],
    ],
  );
});
