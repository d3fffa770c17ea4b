/** What «Which copy did I just import?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
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

/** Where boto3 is from, with files of one's own and of layers, and with lines between the handler's two imports. */
async function whereBoto3Is({
  files = {},
  layers = {},
  lines = '',
}: {
  readonly files?: Readonly<Record<string, string>>;
  readonly layers?: Readonly<Record<string, string>>;
  readonly lines?: string;
}): Promise<unknown> {
  const source = await readFile('content/examples/import-a-layers-own/task/lambda_function.py', 'utf8');
  const changed = source.replace('import sys\n', `import sys\n${lines}`);
  const [environment] = await runHandler(changed, { platform: TODAY, changed: layers, files });
  const outcome = environment?.runs[0]?.outcome;
  assert.ok(outcome?.status === 'returned', JSON.stringify(outcome));
  return JSON.parse(outcome.payload);
}

describe('the copy of a module that a handler imports', () => {
  // Claims: runtime-brings-boto3, your-folder-wins, layer-before-runtime
  it('is the runtime’s, unless there is one beside the handler or in a layer', async () => {
    for (const [example, folder] of [
      ['import-the-runtimes-own', PACKAGES],
      ['import-your-own', '/var/task'],
      ['import-a-layers-own', '/opt/python'],
    ] as const)
      assert.deepEqual((await toldOf(example)).outcome, returned(`${folder}/boto3/__init__.py`));
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
    const files = { 'boto3/__init__.py': '' };
    const layers = { '/opt/python/boto3/__init__.py': '' };
    assert.equal(await whereBoto3Is({ files, layers }), '/var/task/boto3/__init__.py');
  });

  // Claims: layer-needs-python-folder, layer-must-fit-the-version
  it('is not a layer’s whose folders are named otherwise', async () => {
    for (const [folder, from] of [
      ['/opt', PACKAGES],
      ['/opt/lib/python3.14/site-packages', PACKAGES],
      ['/opt/python/lib/python3.13/site-packages', PACKAGES],
      ['/opt/python/lib/python3.14/site-packages', '/opt/python/lib/python3.14/site-packages'],
    ] as const) {
      const layers = { [`${folder}/boto3/__init__.py`]: '' };
      assert.equal(await whereBoto3Is({ layers }), `${from}/boto3/__init__.py`, folder);
    }
  });

  // Claims: remove-takes-the-first
  it('is the runtime’s when the layer’s folder is taken out once, since it is at the end once more', async () => {
    const layers = { '/opt/python/boto3/__init__.py': '' };
    const lines = 'sys.path.remove("/opt/python")\n';
    assert.equal(await whereBoto3Is({ layers, lines }), `${PACKAGES}/boto3/__init__.py`);
    assert.equal(
      await whereBoto3Is({
        layers,
        lines: `${lines}sys.path[:] = [p for p in sys.path if p != "${PACKAGES}"]\n`,
      }),
      '/opt/python/boto3/__init__.py',
    );
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

  // Claims: loaded-names-are-safe
  it('hides nothing that Python has loaded before the folder is on the path', async () => {
    const files = { 'os.py': 'raise SystemExit(1)\n', 'sys.py': 'raise SystemExit(1)\n' };
    const source = 'import os, sys\ndef lambda_handler(event, context):\n    return os.getcwd()\n';
    const [environment] = await runHandler(source, { platform: TODAY, files });
    assert.deepEqual(environment?.runs[0]?.outcome, returned('/var/task'));
  });
});
