import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { filesBehind } from '../../../src/integrations/files-behind.ts';
import { record } from '../../../src/integrations/recordings.ts';

const SRC = path.resolve(import.meta.dirname, '../../../src');

const behind = async (...names: string[]): Promise<string[]> => {
  const files = await filesBehind(names.map((name) => path.join(SRC, name)));
  return files.map((file) => path.relative(SRC, file).replaceAll(path.sep, '/'));
};

describe('what a recording is keyed by', () => {
  it('is its own service with what that imports, and no other one', async () => {
    const files = await behind('platforms/lambda-2016/service.ts');
    assert.ok(files.includes('platforms/lambda-2016/service.ts'));
    assert.ok(files.includes('platforms/service.ts'));
    assert.deepEqual(
      files.filter((file) => /platforms\/(?:openwhisk|ironfunctions|lambda-today)/.test(file)),
      [],
    );
  });

  it('is what makes it, as far as the imports lead', async () => {
    const files = await behind('integrations/node-environment.child.ts');
    for (const file of [
      'sandbox/environment.ts',
      'sandbox/interpreter.ts',
      'sandbox/world.ts',
      'trace/base64.ts',
    ]) {
      assert.ok(files.includes(file), file);
    }
    assert.deepEqual(
      files.filter((file) => /platforms\/(?:lambda|openwhisk|ironfunctions)/.test(file)),
      [],
    );
  });
});

describe('recording some examples', () => {
  it('records those that are named, and refuses a name that is none', async () => {
    const recordings = await record(['print-the-stack']);
    assert.deepEqual(new Set(recordings.map(({ example }) => example)), new Set(['print-the-stack']));
    await assert.rejects(record(['print-the-stock']), {
      name: 'BadFile',
      message: /^There is no example named print-the-stock\. The examples: .*\bprint-the-stack\b/,
    });
  });
});
