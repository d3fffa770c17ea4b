/** What «Try it in your own AWS account» claims. The commands themselves are run by `scripts/checks/commands.ts`. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import { runHandler } from '../run-handler.ts';
import { framesIn, recordedRuns, tellOf } from './example-runs.ts';

const FOLDER = 'content/procedures/on-real-lambda';

/** What makes something in the account, and what removes it. */
const UNDONE_BY: Readonly<Record<string, string>> = {
  's3 mb': 's3 rb',
  'logs create-log-group': 'logs delete-log-group',
  'iam create-role': 'iam delete-role',
  'iam put-role-policy': 'iam delete-role-policy',
  'lambda create-function': 'lambda delete-function',
};

/** The CLI's commands of a script, in their order: service and operation. */
async function commandsOf(script: string): Promise<readonly string[]> {
  const text = await readFile(`${FOLDER}/${script}`, 'utf8');
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return Array.from(lines.join('\n').matchAll(/\baws (\w+ [\w-]+)/g), ([, command = '']) => command);
}

describe('the procedure', () => {
  // Claims: clean-up-undoes-each-step
  it('removes each thing that it makes', async () => {
    const made = [...(await commandsOf('set-up.sh')), ...(await commandsOf('create.sh'))].filter(
      (command) => !command.endsWith(' wait'),
    );
    assert.deepEqual(made.toSorted(), Object.keys(UNDONE_BY).toSorted());
    const removed = await commandsOf('clean-up.sh');
    const left = made.filter((command) => !removed.includes(UNDONE_BY[command] ?? ''));
    assert.deepEqual(left, []);
    // Neither is deleted with anything in it.
    assert.ok(removed.indexOf('s3 rm') < removed.indexOf('s3 rb'));
    assert.ok(removed.indexOf('iam delete-role-policy') < removed.indexOf('iam delete-role'));
  });

  // Claims: log-group-is-made-by-you
  it('makes the log’s group itself, and the role may not', async () => {
    assert.ok((await commandsOf('set-up.sh')).includes('logs create-log-group'));
    assert.doesNotMatch(await readFile(`${FOLDER}/role-policy.json`, 'utf8'), /CreateLogGroup|"\*"/);
  });
});

describe('the handlers on the model', () => {
  /** The answer and the keys in the bucket of an example's first recorded run. */
  async function putOn(
    platform: string,
  ): Promise<{ readonly answer: string; readonly keys: readonly string[] }> {
    const { runs } = await recordExample('put-the-callers-folder', platform);
    const [run] = runs;
    assert.ok(run?.outcome.status === 'returned');
    return { answer: run.outcome.payload, keys: keysOf(run.events) };
  }

  function keysOf(events: readonly { readonly kind: string; readonly key?: string }[]): readonly string[] {
    return events.flatMap((event) => (event.kind === 'object' ? [event.key ?? ''] : [])).toSorted();
  }

  /** The files of a platform's disk below a folder, as keys. */
  async function filesBelow(platform: string, folder: string): Promise<readonly string[]> {
    const { files } = await readPlatform(platform);
    return Object.keys(files)
      .filter((file) => file.startsWith(`${folder}/`))
      .map((file) => file.slice(1))
      .toSorted();
  }

  // Claims: the-caller-is-in-the-package
  it('put all of the package, whose function calls them', async () => {
    const { answer, keys } = await putOn('lambda-today');
    const folder = '/var/lang/lib/python3.14/site-packages/awslambdaric';
    assert.equal(answer, JSON.stringify(folder));
    assert.ok(keys.includes(`${folder.slice(1)}/bootstrap.py`));
    assert.deepEqual(keys, await filesBelow('lambda-today', folder));
  });

  // Claims: folder-follows-the-frame
  it('put the folder of 2016 on the model of 2016', async () => {
    const { answer, keys } = await putOn('lambda-2016');
    assert.equal(answer, '"/var/runtime/awslambda"');
    assert.deepEqual(keys, await filesBelow('lambda-2016', '/var/runtime/awslambda'));
  });

  // Claims: main-is-the-short-script
  it('put the script that is __main__ alone, which in 2016 called the handler itself', async () => {
    const source = await readFile('content/examples/put-the-callers-folder/task/lambda_function.py', 'utf8');
    const changed = source.replace('sys._getframe(1).f_code.co_filename', 'sys.modules["__main__"].__file__');
    assert.notEqual(changed, source);
    const [environment] = await runHandler(changed, { platform: 'lambda-today' });
    const run = environment?.runs[0];
    assert.ok(run?.outcome.status === 'returned');
    assert.deepEqual(keysOf(run.events), ['var/runtime/bootstrap.py']);
    const [then] = (await recordedRuns('print-the-stack', 'lambda-2016')).map(tellOf);
    const files = Array.from((then?.log ?? '').matchAll(/^ {2}File "([^"]+)"/gm), ([, file = '']) => file);
    assert.equal(files[0], files.at(-2));
  });

  it('print a stack that ends in the handler', async () => {
    const [run] = (await recordedRuns('print-the-stack', 'lambda-today')).map(tellOf);
    assert.equal(framesIn(run?.log ?? '').at(-1), 'lambda_handler (lambda_function.py)');
  });
});
