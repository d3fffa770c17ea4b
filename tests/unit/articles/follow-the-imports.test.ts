/** What «What does bootstrap.py import?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { runHandler } from '../run-handler.ts';
import { recordedRuns, tellOf } from './example-runs.ts';

const FOLDER = '/var/runtime/awslambda';
const EXAMPLE = 'find-the-imports';

describe('the imports of the script', () => {
  // Claims: strangers-lie-beside-the-script, native-half-is-no-python-file
  it('are two that Python lacks, in the folder of the script, one of them native', async () => {
    const [run] = (await recordedRuns(EXAMPLE)).map(tellOf);
    assert.ok(run);
    assert.deepEqual(run.outcome, { status: 'returned', payload: '["runtime", "wsgi"]' });
    assert.ok(run.log.includes(`\nruntime ${FOLDER}/runtime.so\nwsgi ${FOLDER}/wsgi.py\n`), run.log);
  });

  // Claims: task-folder-was-put-first
  it('need no path, which the script sets for the function alone, and later', async () => {
    const [run] = (await recordedRuns(EXAMPLE)).map(tellOf);
    assert.match(run?.log ?? '', /^sys\.path: \['\/var\/task', '\/var\/runtime\/awslambda', /m);
    const script = await readFile(`src/platforms/lambda-2016/disk${FOLDER}/bootstrap.py`, 'utf8');
    const [before = '', after = ''] = script.split('\nimport wsgi\n');
    assert.doesNotMatch(before, /sys\.path/);
    assert.match(after, /sys\.path\.insert\(0, os\.environ\["LAMBDA_TASK_ROOT"\]\)/);
  });

  // Claims: today-imports-a-package
  it('are one package today, which does not lie beside the script', async () => {
    const [run] = (await recordedRuns(EXAMPLE, 'lambda-today')).map(tellOf);
    assert.ok(run);
    assert.deepEqual(run.outcome, { status: 'returned', payload: '["awslambdaric"]' });
    assert.match(
      run.log,
      /^awslambdaric \/var\/lang\/lib\/python3\.14\/site-packages\/awslambdaric\/__init__\.py$/m,
    );
  });

  // Claims: loaded-names-win, loaded-modules-need-no-path
  it('are what the function gets for these names, with a file of its own and without the folder', async () => {
    const source = `import sys
from importlib.util import find_spec
import wsgi

def lambda_handler(event, context):
    sys.path.remove('${FOLDER}')
    return [wsgi.__file__, hasattr(wsgi, 'mine'), find_spec('wsgi').origin]
`;
    const [environment] = await runHandler(source, { files: { 'wsgi.py': 'mine = True\n' } });
    assert.deepEqual(environment?.runs[0]?.outcome, {
      status: 'returned',
      payload: `["${FOLDER}/wsgi.py", false, "${FOLDER}/wsgi.py"]`,
    });
  });

  // Claims: own-json-was-ignored
  it('are loaded before the function’s folder is on the path, so that a json.py there was never read', async () => {
    const source = `import json
def lambda_handler(event, context):
    return [hasattr(json, 'mine'), json.__file__.startswith('/var/task')]
`;
    const [environment] = await runHandler(source, { files: { 'json.py': 'mine = True\n' } });
    assert.deepEqual(environment?.runs[0]?.outcome, { status: 'returned', payload: '[false, false]' });
  });

  // Claims: taken-names-can-be-printed
  it('are among the names that are taken when the function’s file begins, then and today', async () => {
    const source = `import sys
taken = sorted({n.partition('.')[0] for n in sys.modules} - sys.stdlib_module_names)
def lambda_handler(event, context):
    return taken
`;
    for (const [platform, ofRuntime] of [
      ['lambda-2016', ['runtime', 'wsgi']],
      ['lambda-today', ['awslambdaric', 'runtime_client', 'simplejson']],
    ] as const) {
      const [environment] = await runHandler(source, { platform });
      const outcome = environment?.runs[0]?.outcome;
      assert.ok(outcome?.status === 'returned');
      const names = JSON.parse(outcome.payload) as readonly string[];
      assert.deepEqual(
        names.filter((name) => !/^_?pyodide/.test(name)),
        ['__main__', 'lambda_function', ...ofRuntime].toSorted(),
      );
    }
  });
});
