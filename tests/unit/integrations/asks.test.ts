import assert from 'node:assert/strict';
import test from 'node:test';
import { askOn, checkAsk } from '../../../src/integrations/asks.ts';
import { readExample } from '../../../src/integrations/examples.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';

const example = await readExample('print-the-stack');

test('an example asks on the platforms that it says, and on no other', () => {
  assert.equal(askOn(example, 'lambda-2016')?.kind, 'order');
  assert.equal(askOn(example, 'lambda-today'), null);
  const { predict } = example;
  assert.throws(
    () => askOn({ id: 'e', platforms: ['lambda-today'], predict }, 'lambda-today'),
    /^BadFile: content\/examples\/e\/example\.json: "predict" names lambda-2016, which is none of its platforms\.$/,
  );
});

test('a question that its recording does not answer ends the build, and names the file', async () => {
  const recording = await recordExample('print-the-stack', 'lambda-2016');
  checkAsk(recording);
  const { ask } = recording;
  assert.ok(ask);
  assert.throws(() => {
    checkAsk({ ...recording, ask: { ...ask, call: { function: 'nobody' } } });
  }, /^BadFile: content\/examples\/print-the-stack\/example\.json: what "predict" asks on lambda-2016 has no answer\./);
});
