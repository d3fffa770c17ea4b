import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toTracks } from '../../../src/components/explain/to-phases.ts';
import type { ShownRun } from '../../../src/components/explain/told.ts';
import { UNKNOWN_RUN } from '../explain/unknown-run.ts';

function runOf(run: Partial<ShownRun>): ShownRun {
  return {
    ...UNKNOWN_RUN,
    start: 'warm',
    outcome: 'success',
    place: null,
    last: null,
    failedInitMs: null,
    ...run,
  };
}

const typesOf = (runs: readonly ShownRun[]): readonly (readonly string[])[] =>
  toTracks(runs).map((phases) =>
    phases.map(({ type, ms, run }) => `${type} ${String(ms)} of ${String(run)}`),
  );

describe('what ran when', () => {
  it('is the init before a cold start, and the pause before a warm one', () => {
    const cold = runOf({
      start: 'cold',
      initMs: 100,
      durationMs: 20,
      from: 1000,
      to: 1020,
      before: 'nothing',
    });
    const warm = runOf({ durationMs: 5, from: 3020, to: 3025, before: 'frozen' });
    assert.deepEqual(typesOf([cold, warm]), [
      ['init 100 of 0', 'run 20 of 0', 'frozen 2000 of 1', 'run 5 of 1'],
    ]);
  });

  it('is drawn in the order of time, whatever the order in the paste', () => {
    const late = runOf({ durationMs: 5, from: 3000, to: 3005, before: 'frozen' });
    const early = runOf({ durationMs: 7, from: 1000, to: 1007 });
    assert.deepEqual(typesOf([late, early]), [['run 7 of 1', 'frozen 1993 of 0', 'run 5 of 0']]);
  });

  it('has no pause of unknown kind where one follows the other at once', () => {
    const one = runOf({ durationMs: 5, from: 1000, to: 1005 });
    const next = runOf({ durationMs: 5, from: 1005, to: 1010 });
    assert.deepEqual(typesOf([one, next]), [['run 5 of 0', 'run 5 of 1']]);
  });

  it('puts what overlaps beside each other, by times or else by lines', () => {
    const timed = [
      runOf({ durationMs: 500, from: 1000, to: 1500 }),
      runOf({ start: 'cold', initMs: 100, durationMs: 50, from: 1400, to: 1450, before: 'nothing' }),
    ];
    assert.deepEqual(typesOf(timed), [['run 500 of 0'], ['init 100 of 1', 'run 50 of 1']]);
    const at = (first: number, last: number): ShownRun =>
      runOf({ before: 'nothing', place: { index: first, number: first + 1 }, last });
    assert.deepEqual(typesOf([at(0, 11), at(3, 14), at(12, 13)]), [
      ['run null of 0', 'nothing null of 2', 'run null of 2'],
      ['run null of 1'],
    ]);
  });

  it('goes upward where the newest line is on top and no line has a time', () => {
    const lines = (first: number, last: number): ShownRun =>
      runOf({ before: 'nothing', place: { index: first, number: first + 1 }, last });
    assert.deepEqual(typesOf([lines(5, 4), lines(3, 2)]), [
      ['run null of 0', 'nothing null of 1', 'run null of 1'],
    ]);
  });

  it('shows the init that failed, and never one inside of the invocation', () => {
    const again = runOf({ start: 'again', failedInitMs: 137.69, initMs: 80.49, durationMs: 98.71 });
    assert.deepEqual(typesOf([again]), [['failed-init 137.69 of 0', 'run 98.71 of 0']]);
    assert.deepEqual(typesOf([runOf({ start: 'again', initMs: 80, durationMs: 98 })]), [['run 98 of 0']]);
  });
});
