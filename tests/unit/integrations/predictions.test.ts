import assert from 'node:assert/strict';
import test from 'node:test';
import { predictionOn, checkPrediction } from '../../../src/integrations/predictions.ts';
import { readExample } from '../../../src/integrations/examples.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';

const example = await readExample('print-the-stack');

test('an example asks on the platforms that it says, and on no other', () => {
  assert.equal(predictionOn(example, 'lambda-2016')?.kind, 'depth');
  assert.equal(predictionOn(example, 'openwhisk'), null);
  const { prediction } = example;
  assert.throws(
    () => predictionOn({ id: 'e', platforms: ['openwhisk'], prediction }, 'openwhisk'),
    /^BadFile: content\/examples\/e\/example\.json: "prediction" names lambda-2016, which is none of its platforms\.$/,
  );
});

test('a question that its recording does not answer ends the build, and names the file', async () => {
  const recording = await recordExample('print-the-stack', 'lambda-2016');
  checkPrediction(recording);
  const { prediction } = recording;
  assert.ok(prediction);
  assert.throws(() => {
    checkPrediction({ ...recording, prediction: { ...prediction, call: { function: 'nobody' } } });
  }, /^BadFile: content\/examples\/print-the-stack\/example\.json: what "prediction" asks on lambda-2016 has no answer\./);
});
