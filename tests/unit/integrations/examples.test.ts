import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleOn, layerOn, modeOn, readExample, startOn } from '../../../src/integrations/examples.ts';

describe('the mode of an example', () => {
  const platform = { platform: 'p', modes: ['event', 'http'] };

  it('is what it says, and nothing when it says nothing', () => {
    assert.deepEqual(modeOn(platform, { id: 'e', mode: 'http' }), { mode: 'http' });
    assert.deepEqual(modeOn(platform, { id: 'e', mode: undefined }), {});
    assert.deepEqual(modeOn({ platform: 'q' }, { id: 'e', mode: undefined }), {});
  });

  it('has to be one of the platform’s, or the file and the way out are named', () => {
    assert.throws(
      () => modeOn(platform, { id: 'e', mode: 'mail' }),
      /^BadFile: content\/examples\/e\/example\.json: p has no mode "mail"; there is event, http\.$/,
    );
    assert.throws(
      () => modeOn({ platform: 'q' }, { id: 'e', mode: 'http' }),
      /^BadFile: content\/examples\/e\/example\.json: q has no mode "http"; it waits in one way only\.$/,
    );
  });
});

describe('the start of an example', () => {
  const platform = {
    platform: 'p',
    service: 'p',
    entry: '/script.py',
    starts: { module: { module: 'm', entry: '/m/__main__.py', arguments: [] } },
    cwd: '/',
    task: '/task',
    directories: [],
    variables: {},
    native: [],
  };

  it('is the platform’s usual one, or the one that it names', () => {
    assert.equal(startOn(platform, { id: 'e', start: undefined }), platform);
    assert.equal(startOn(platform, { id: 'e', start: 'module' }).entry, '/m/__main__.py');
  });

  it('has to be one of the platform’s, or the file is named', () => {
    assert.throws(
      () => startOn(platform, { id: 'e', start: 'boat' }),
      /^BadFile: content\/examples\/e\/example\.json: .*p has no start named boat/,
    );
  });
});

describe('the layers of an example', () => {
  it('lie where the platform lays them', async () => {
    const { layer } = await readExample('import-from-a-layer');
    assert.deepEqual(Object.keys(layerOn({ platform: 'p', layers: '/opt' }, { id: 'e', layer })), [
      '/opt/python/lib/python3.14/site-packages/tools.py',
      '/opt/python/names.py',
      '/opt/python/shared.py',
    ]);
  });

  it('are none where it has none, or the folder is named', () => {
    assert.deepEqual(layerOn({ platform: 'p' }, { id: 'e', layer: {} }), {});
    assert.throws(
      () => layerOn({ platform: 'p' }, { id: 'e', layer: { 'python/a.py': { text: '' } } }),
      /^BadFile: content\/examples\/e\/layer\/ is there, and p has no layers\.$/,
    );
  });
});

describe('an example on a platform', () => {
  it('has that platform’s own files over its task, and its own handler; on the others nothing of them', async () => {
    const plain = await readExample('print-the-stack');
    const example = {
      ...plain,
      handler: 'app.handler',
      on: { q: { handler: 'main' } },
      task: { 'app.py': { text: 'app' }, 'data.txt': { text: 'theirs' } },
      adapters: { q: { '__main__.py': { text: 'main' }, 'data.txt': { text: 'ours' } } },
    };
    assert.deepEqual(exampleOn(example, 'p'), example);
    assert.deepEqual(exampleOn(example, 'q'), {
      ...example,
      handler: 'main',
      task: { 'app.py': { text: 'app' }, '__main__.py': { text: 'main' }, 'data.txt': { text: 'ours' } },
    });
  });
});
