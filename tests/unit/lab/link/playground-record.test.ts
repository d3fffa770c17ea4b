import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labToRecord, type ShownLab } from '../../../../src/lab/link/playground-record.ts';
import { recordToTexts, type BenchPlace } from '../../../../src/lab/playground/bench-record.ts';
import { benchToText, textToBench } from '../../../../src/lab/playground/setup-text.ts';

const SETUP = { handler: 'search/search.handler', suppressInit: false, timeout: 30_000 };
const LAB: ShownLab = {
  platform: 'lambda-today',
  setup: SETUP,
  variables: { STAGE: 'test' },
  taskRoot: '/var/task',
  task: { '/var/task/search/search.py': { text: 'x = 1\n' }, '/opt/python/shared.py': { text: 'y = 2\n' } },
};
const TEXTS = {
  '/var/task/search/search.py': 'x = 3\n',
  '/opt/python/shared.py': 'y = 2\n',
  '/var/runtime/bootstrap.py': 'changed\n',
  event: '[1]',
};
const PLACE: BenchPlace = {
  platform: 'lambda-today',
  taskRoot: '/var/task',
  layers: '/opt',
  isPlatforms: () => false,
  originals: {
    '/var/task/lambda_function.py': 'def lambda_handler(event, context): ...\n',
    event: '{}',
    function: benchToText({
      handler: 'lambda_function.lambda_handler',
      timeout: 3000,
      memory: 128,
      variables: {},
    }),
  },
};

describe('a lab that is opened in the playground', () => {
  it('is the same function there, as its reader has changed it, and nothing of the playground’s own', () => {
    const record = labToRecord(LAB, TEXTS);
    assert.ok(record !== null);
    const { function: setup = '', ...texts } = recordToTexts(record, PLACE);
    assert.deepEqual(texts, {
      '/var/task/search/search.py': 'x = 3\n',
      '/opt/python/shared.py': 'y = 2\n',
      event: '[1]',
    });
    assert.deepEqual(textToBench(setup), {
      handler: 'search/search.handler',
      timeout: 30_000,
      memory: 128,
      variables: { STAGE: 'test' },
    });
  });

  it('is none where the playground could not do the same', () => {
    const others: Partial<ShownLab>[] = [
      { setup: { ...SETUP, suppressInit: true } },
      { setup: { ...SETUP, mode: 'http' } },
      { setup: { ...SETUP, start: 'image' } },
      { setup: { ...SETUP, extension: 'external' } },
      { variables: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } },
      { task: { '/var/task/part.pyc': { base64: 'AAAA' } } },
      { task: { '/elsewhere/x.py': { text: '' } } },
    ];
    for (const other of others)
      assert.equal(labToRecord({ ...LAB, ...other }, TEXTS), null, JSON.stringify(other));
  });
});
