/** What «Which copy did I just import?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { recordExample } from '../../../src/integrations/recordings.ts';
import { contentToFile } from '../../../src/trace/file-content.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';
import { recordedRuns, tellOf, type Told } from './example-runs.ts';

const TODAY = 'lambda-today';
const PACKAGES = '/var/lang/lib/python3.14/site-packages';

const toldOf = async (example: string): Promise<Told> => {
  const [run] = (await recordedRuns(example, TODAY)).map(tellOf);
  assert.ok(run);
  return run;
};
const returned = (value: string): Told['outcome'] => ({ status: 'returned', payload: JSON.stringify(value) });

describe('the copy of a module that a handler imports', () => {
  // Claims: runtime-brings-boto3, your-folder-wins
  it('is the runtime’s, or the one beside the handler where there is one', async () => {
    const { outcome } = await toldOf('import-the-runtimes-own');
    assert.deepEqual(outcome, returned(`${PACKAGES}/boto3/__init__.py`));
    assert.deepEqual((await toldOf('import-your-own')).outcome, returned('/var/task/boto3/__init__.py'));
  });

  // Claims: task-is-first, layers-are-second, packages-come-then, standard-library-is-late
  it('is looked for in the function’s folder, the layers, the packages and then the library', async () => {
    const { log } = await toldOf('import-the-runtimes-own');
    const folders = log.split('\n').filter((line) => line.startsWith('/'));
    assert.deepEqual(folders.slice(0, 5), [
      '/var/task',
      '/opt/python/lib/python3.14/site-packages',
      '/opt/python',
      PACKAGES,
      '/var/runtime',
    ]);
    assert.ok(folders.indexOf('/var/lang/lib/python3.14') > 4);
  });

  // Claims: function-before-layer
  it('is the function’s where a layer has it as well', async () => {
    const { log } = await toldOf('import-from-a-layer');
    assert.match(log, /^names \/var\/task\/names\.py$/m);
    assert.match(log, /^shared \/opt\/python\/shared\.py$/m);
  });

  // Claims: insert-puts-the-layer-first
  it('is the layer’s when its folder is put first, and not when it is put last', async () => {
    const { task } = await recordExample('import-from-a-layer', TODAY);
    const files = Object.fromEntries(
      Object.entries(task).map(([path, content]) => [path, contentToFile(content)]),
    );
    const source = await readFile('content/examples/import-from-a-layer/task/lambda_function.py', 'utf8');
    for (const [call, file] of [
      ["insert(0, '/opt/python')", '/opt/python/names.py'],
      ["append('/opt/python')", '/var/task/names.py'],
    ] as const) {
      const [environment] = await runHandler(`import sys\nsys.path.${call}\n${source}`, {
        platform: TODAY,
        changed: files,
        files: { 'names.py': 'WHO = "function"\n' },
      });
      const log = eventsToLog(environment?.runs[0]?.events ?? []);
      assert.match(log, new RegExp(`^names ${file.replaceAll('.', String.raw`\.`)}$`, 'm'));
    }
  });
});

describe('a file that is named as one of Python’s', () => {
  // Claims: own-json-ends-the-start
  it('ends the runtime where that imports it, before it has looked for the handler', async () => {
    const { log, outcome } = await toldOf('hide-the-librarys');
    assert.ok(outcome.status === 'exited');
    assert.match(outcome.payload, /Runtime\.ExitError/);
    assert.doesNotMatch(outcome.payload, /json/i);
    assert.match(log, /module 'json' has no attribute/);
    assert.doesNotMatch(log, /_get_handler/);
  });

  // Claims: only-the-names-count
  it('does no harm where nothing imports it', async () => {
    const source = 'def lambda_handler(event, context):\n    return "fine"\n';
    const [environment] = await runHandler(source, {
      platform: TODAY,
      files: { 'colorsys.py': 'raise SystemExit(1)\n' },
    });
    assert.deepEqual(environment?.runs[0]?.outcome, returned('fine'));
  });
});
