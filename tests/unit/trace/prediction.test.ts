import assert from 'node:assert/strict';
import test from 'node:test';
import { record } from '../../../src/integrations/recordings.ts';
import { DEPTHS, runToPrediction } from '../../../src/trace/prediction.ts';
import { Replay } from '../../../src/trace/replay.ts';

const HANDLER = { owner: 'handler', function: 'lambda_handler' } as const;
const recordings = await record();

function replayOf(example: string, platform: string): Replay {
  const [run] = recordings.find((one) => one.example === example && one.platform === platform)?.runs ?? [];
  assert.ok(run);
  return new Replay(run);
}

test('how deep a call is comes from the recorded run, and is one of four choices', () => {
  const then = runToPrediction(replayOf('print-the-stack', 'lambda-2016'), { kind: 'depth', call: HANDLER });
  assert.deepEqual(then, { kind: 'depth', options: DEPTHS, right: 2, answer: '3' });
  const now = runToPrediction(replayOf('print-the-stack', 'lambda-today'), { kind: 'depth', call: HANDLER });
  assert.equal(now?.answer, '5');
});

for (const [depth, choice] of [
  [0, 'none'],
  [1, 'one'],
  [2, 'few'],
  [9, 'few'],
  [10, 'twenty'],
  [40, 'twenty'],
] as const) {
  test(`${String(depth)} frames above a call are ${choice}`, () => {
    const prediction = runToPrediction(nested(depth + 1), {
      kind: 'depth',
      call: { function: `f${String(depth)}` },
    });
    assert.equal(DEPTHS[prediction?.right ?? -1], choice);
    assert.equal(prediction?.answer, String(depth));
  });
}

test('a caller is picked among the functions below the call, and those that had returned before it', () => {
  const prediction = runToPrediction(replayOf('raise-an-error', 'lambda-2016'), {
    kind: 'caller',
    call: HANDLER,
  });
  assert.equal(prediction?.answer, 'handle_event_request');
  assert.deepEqual(prediction.options, prediction.options.toSorted());
  assert.equal(prediction.options[prediction.right], 'handle_event_request');
  assert.equal(prediction.options.length, 4);
});

test('a call that does not happen, or that nothing recorded has made, asks nothing', () => {
  const replay = replayOf('print-the-stack', 'lambda-2016');
  assert.equal(runToPrediction(replay, { kind: 'depth', call: { function: 'no_such_function' } }), null);
  assert.equal(
    runToPrediction(replay, { kind: 'caller', call: { function: '<module>', owner: 'runtime' } }),
    null,
  );
});

/** A run in which each function calls the next. */
function nested(count: number): Replay {
  return new Replay({
    events: Array.from({ length: count }, (_, index) => ({
      kind: 'call',
      frame: index + 1,
      caller: index === 0 ? null : index,
      source: '/f.py',
      line: 1,
      name: `f${String(index)}`,
      owner: 'runtime',
      locals: {},
    })),
  });
}
