/** What «Does it work on the real Lambda?» claims. The commands themselves are run by `scripts/checks/commands.ts`. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
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

describe('the handlers on the model of today', () => {
  // Claims: model-has-the-package-below-var-lang
  it('meet the package in the folder of Python’s own', async () => {
    const [run] = (await recordedRuns('list-the-directory', 'lambda-today')).map(tellOf);
    assert.match(run?.log ?? '', /^\/var\/lang\/lib\/python3\.14\/site-packages\/awslambdaric \d+$/m);
  });

  // Claims: main-is-the-short-script
  it('put the script that is __main__; of the frames above a handler it is the first, and in 2016 was the last', async () => {
    const { runs, blobs } = await recordExample('put-the-file', 'lambda-today');
    const put = runs[0]?.events.find((event) => event.kind === 'object');
    assert.deepEqual(blobs[0]?.[put?.blob ?? ''], { image: '/var/runtime/bootstrap.py' });
    const stackOn = async (platform: string): Promise<readonly string[]> => {
      const [run] = (await recordedRuns('print-the-stack', platform)).map(tellOf);
      return Array.from((run?.log ?? '').matchAll(/^ {2}File "([^"]+)"/gm), ([, file = '']) => file);
    };
    const today = await stackOn('lambda-today');
    assert.equal(today[0], '/var/runtime/bootstrap.py');
    assert.equal(today.at(-2), '/var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py');
    const then = await stackOn('lambda-2016');
    assert.equal(then[0], then.at(-2));
  });

  // Claims: the-caller-is-in-the-package
  it('put the caller’s file instead when they ask its frame', async () => {
    const source = await readFile('content/examples/put-the-file/task/lambda_function.py', 'utf8');
    const changed = source.replace('sys.modules["__main__"].__file__', 'sys._getframe(1).f_code.co_filename');
    assert.notEqual(changed, source);
    const [environment] = await runHandler(changed, { platform: 'lambda-today' });
    const run = environment?.runs[0];
    assert.ok(run?.outcome.status === 'returned');
    assert.equal(run.outcome.payload, '"/var/lang/lib/python3.14/site-packages/awslambdaric/bootstrap.py"');
    const put = run.events.find((event) => event.kind === 'object');
    assert.equal(put?.key, 'bootstrap.py');
  });

  it('print a stack that ends in the handler', async () => {
    const [run] = (await recordedRuns('print-the-stack', 'lambda-today')).map(tellOf);
    assert.equal(framesIn(run?.log ?? '').at(-1), 'lambda_handler (lambda_function.py)');
  });
});
