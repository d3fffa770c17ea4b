import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { countSteps } from '../../../src/components/article/step-count.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import type { RecordedRun } from '../../../src/trace/format.ts';
import { Replay } from '../../../src/trace/replay.ts';

let runs: readonly RecordedRun[] = [];
before(async () => {
  ({ runs } = await recordExample('count-the-calls', 'lambda-2016'));
});

test('the steps of a run are those that its lab counts, and its two parts are all of them', () => {
  const [run] = runs;
  assert.ok(run);
  const all = countSteps(runs, 1);
  assert.equal(all, new Replay(run).length);
  assert.equal(countSteps(runs, 1, { part: 'start' }) + countSteps(runs, 1, { part: 'invocation' }), all);
});

test('each step but the end is somebody’s', () => {
  const owners = (['handler', 'runtime', 'library'] as const).map((owner) => countSteps(runs, 1, { owner }));
  assert.equal(owners.reduce((sum, count) => sum + count) + 1, countSteps(runs, 1));
});

test('a warm run starts nothing: before its invocation the run before it comes to its end', () => {
  assert.equal(countSteps(runs, 2, { part: 'start', owner: 'handler' }), 0);
  assert.equal(countSteps(runs, 2, { part: 'invocation' }), countSteps(runs, 1, { part: 'invocation' }));
  assert.ok(countSteps(runs, 2, { part: 'start' }) < countSteps(runs, 1, { part: 'start' }));
});

test('a run that is not there has no steps', () => {
  assert.throws(() => countSteps(runs, 3), RangeError);
  assert.throws(() => countSteps(runs, 0), RangeError);
});
