import assert from 'node:assert/strict';
import test from 'node:test';
import { record } from '../../../src/integrations/recordings.ts';
import { countInPlace, runToPrediction, type PredictionFrame } from '../../../src/trace/prediction.ts';
import { Replay } from '../../../src/trace/replay.ts';

const HANDLER = { owner: 'handler', function: 'lambda_handler' } as const;
const recordings = await record();

function replayOf(example: string, platform: string): Replay {
  const [run] = recordings.find((one) => one.example === example && one.platform === platform)?.runs ?? [];
  assert.ok(run);
  return new Replay(run);
}

function namesOf(frames: readonly PredictionFrame[] = []): readonly string[] {
  return frames.map(({ name }) => name);
}

test('the frames to order are the stack of the recorded run, offered by the alphabet', () => {
  const prediction = runToPrediction(replayOf('print-the-stack', 'lambda-2016'), {
    kind: 'order',
    call: HANDLER,
  });
  assert.deepEqual(namesOf(prediction?.answer), [
    '<module>',
    'main',
    'handle_event_request',
    'lambda_handler',
  ]);
  assert.deepEqual(namesOf(prediction?.options), [
    '<module>',
    'handle_event_request',
    'lambda_handler',
    'main',
  ]);
  assert.deepEqual(prediction?.answer.at(-1), {
    name: 'lambda_handler',
    source: '/var/task/lambda_function.py',
    owner: 'handler',
  });
});

test('two functions of one name are two, and may not stand for one another', () => {
  const prediction = runToPrediction(replayOf('print-the-stack', 'lambda-today'), {
    kind: 'order',
    call: HANDLER,
  });
  const { answer = [] } = prediction ?? {};
  assert.deepEqual(namesOf(answer), [
    '<module>',
    'main',
    'main',
    'run',
    'handle_event_request',
    'lambda_handler',
  ]);
  const [module, first, second, ...others] = answer;
  assert.ok(module && first && second);
  assert.equal(countInPlace(answer, answer), answer.length);
  assert.equal(countInPlace([module, second, first, ...others], answer), answer.length - 2);
});

test('a caller is picked among the functions below the call, and those that had returned before it', () => {
  const prediction = runToPrediction(replayOf('raise-an-error', 'lambda-2016'), {
    kind: 'caller',
    call: HANDLER,
  });
  assert.deepEqual(namesOf(prediction?.answer), ['handle_event_request']);
  assert.deepEqual(namesOf(prediction?.options), [
    '<module>',
    '__init__',
    'decode_client_context',
    'handle_event_request',
    'main',
  ]);
});

test('where the alphabet is the answer, the options stand the other way round', () => {
  const replay = new Replay({
    events: ['a', 'b', 'c'].map((name, index) => ({
      kind: 'call',
      frame: index + 1,
      caller: index === 0 ? null : index,
      source: '/f.py',
      line: 1,
      name,
      owner: 'runtime',
      locals: {},
    })),
  });
  const prediction = runToPrediction(replay, { kind: 'order', call: { function: 'c' } });
  assert.deepEqual(namesOf(prediction?.options), ['c', 'b', 'a']);
});

test('a call that does not happen, or that nothing recorded has made, asks nothing', () => {
  const replay = replayOf('print-the-stack', 'lambda-2016');
  assert.equal(runToPrediction(replay, { kind: 'order', call: { function: 'nobody' } }), null);
  assert.equal(
    runToPrediction(replay, { kind: 'caller', call: { function: '<module>', owner: 'runtime' } }),
    null,
  );
});
