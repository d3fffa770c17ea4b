/** What «Does the 2016 trick still work?» claims. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import type { RecordedRun } from '../../../src/trace/format.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { framesIn, recordedRuns, tellOf } from './example-runs.ts';

const PACKAGE = '/var/lang/lib/python3.14/site-packages/awslambdaric';

const runToday = (source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> =>
  runHandler(source, { platform: 'lambda-today', ...chosen });

/** What a handler with this one expression returns. */
async function ask(expression: string, chosen: Chosen = {}): Promise<unknown> {
  const source = `import hashlib, os, sys\n\n\ndef lambda_handler(event, context):\n    return ${expression}\n`;
  const [environment] = await runHandler(source, { platform: 'lambda-today', ...chosen });
  const outcome = environment?.runs[0]?.outcome;
  assert.ok(outcome?.status === 'returned', JSON.stringify(outcome));
  return JSON.parse(outcome.payload);
}

function messagesOf(run: RecordedRun | undefined): readonly (readonly [string, string])[] {
  return (
    run?.events.flatMap((event) => (event.kind === 'message' ? ([[event.what, event.body]] as const) : [])) ??
    []
  );
}

function keysIn(run: RecordedRun | undefined): readonly string[] {
  return run?.events.flatMap((event) => (event.kind === 'object' ? [event.key] : [])) ?? [];
}

describe('the import path', () => {
  // Claims: script-sets-the-path, image-has-no-script
  it('is set by the script, with the task first; a container image has no script, and the working directory first', async () => {
    assert.deepEqual(await ask('sys.path[:3]'), [
      '/var/task',
      '/opt/python/lib/python3.14/site-packages',
      '/opt/python',
    ]);
    const [first, second] = (await ask('sys.path[:2]', { start: 'image' })) as string[];
    assert.deepEqual([first, second], ['/var/task', '/var/runtime']);
    const [run] = (await recordedRuns('start-from-an-image', 'lambda-today')).map(tellOf);
    assert.deepEqual(framesIn(run?.log ?? '').slice(0, 5), [
      '_run_module_as_main (<frozen runpy>)',
      '_run_code (<frozen runpy>)',
      '<module> (__main__.py)',
      'main (__main__.py)',
      'run (bootstrap.py)',
    ]);
  });
});

describe('the dump of 2016', () => {
  // Claims: old-dump-finds-the-script
  it('finds the script alone, which imports the rest from elsewhere', async () => {
    const [run] = await recordedRuns('put-every-file', 'lambda-today');
    assert.deepEqual(run?.outcome, { status: 'returned', payload: '1' });
    assert.deepEqual(keysIn(run), ['bootstrap.py']);
    const { files } = await readPlatform('lambda-today');
    assert.match(String(contentsToFiles(files)['/var/runtime/bootstrap.py']), /^ +from awslambdaric\./m);
  });
});

describe('the file that calls a handler', () => {
  // Claims: caller-lies-open
  it('is the one that runs, byte for byte, and so are its neighbours', async () => {
    const caller = 'sys._getframe(1).f_code.co_filename';
    const found = await ask(`[${caller}, hashlib.sha256(open(${caller}, 'rb').read()).hexdigest()]`);
    const file = await readFile(`src/platforms/lambda-today/disk${PACKAGE}/bootstrap.py`);
    assert.deepEqual(found, [`${PACKAGE}/bootstrap.py`, createHash('sha256').update(file).digest('hex')]);
    const [run] = await recordedRuns('dump-the-caller', 'lambda-today');
    const { files } = await readPlatform('lambda-today');
    assert.deepEqual(
      keysIn(run),
      Object.keys(files)
        .flatMap((path) => (path.startsWith(`${PACKAGE}/`) ? [path.slice(PACKAGE.length + 1)] : []))
        .sort(),
    );
  });
});

describe('the Runtime API', () => {
  // Claims: three-messages
  it('has three messages for a warm invocation: a question, its answer, and the result', async () => {
    const [, warm] = await recordedRuns('wait-by-event', 'lambda-today');
    const names = messagesOf(warm).map(([what]) => what.replace(/[0-9a-f]{8}-[-0-9a-f]+/, 'ID'));
    const start = names.findIndex((what) => what.startsWith('GET '));
    assert.deepEqual(names.slice(start, start + 3), [
      'GET /2018-06-01/runtime/invocation/next',
      '200',
      'POST /2018-06-01/runtime/invocation/ID/response',
    ]);
  });

  // Claims: context-comes-from-headers
  it('sends in headers what the context tells', async () => {
    const [environment] = await runToday(
      'def lambda_handler(event, context):\n    return [context.aws_request_id, context._epoch_deadline_time_in_ms, context.invoked_function_arn]\n',
    );
    const run = environment?.runs[0];
    assert.ok(run?.outcome.status === 'returned');
    const head = messagesOf(run).find(([what]) => what === '200')?.[1] ?? '';
    const header = (name: string): string => new RegExp(`^${name}: (.*)\r$`, 'm').exec(head)?.[1] ?? '';
    assert.deepEqual(JSON.parse(run.outcome.payload), [
      header('Lambda-Runtime-Aws-Request-Id'),
      Number(header('Lambda-Runtime-Deadline-Ms')),
      header('Lambda-Runtime-Invoked-Function-Arn'),
    ]);
  });

  // Claims: handler-name-is-a-variable
  it('does not tell what to run: a variable does, where in 2016 a message did', async () => {
    assert.equal(await ask("os.environ['_HANDLER']"), 'lambda_function.lambda_handler');
    assert.equal(await ask("os.environ.get('_HANDLER')", { platform: 'lambda-2016' }), null);
    const [[then], [now]] = await Promise.all([
      recordedRuns('wait-by-event'),
      recordedRuns('wait-by-event', 'lambda-today'),
    ]);
    const tellsIt = (run: RecordedRun | undefined): boolean =>
      messagesOf(run).some(([, body]) => body.includes('lambda_function.lambda_handler'));
    assert.deepEqual([tellsIt(then), tellsIt(now)], [true, false]);
  });

  // Claims: letters-stay-letters
  it('carries letters as they are, where the runtime of 2016 wrote escapes', async () => {
    const [[then], [now]] = await Promise.all([
      recordedRuns('wait-by-event'),
      recordedRuns('wait-by-event', 'lambda-today'),
    ]);
    assert.deepEqual(then?.outcome, { status: 'returned', payload: '"Hello, Zo\\u00eb!"' });
    assert.deepEqual(now?.outcome, { status: 'returned', payload: '"Hello, Zoë!"' });
  });
});

describe('a runtime that answers twice', () => {
  // Claims: second-answer-is-refused
  it('is refused: the client keeps the first answer, and the process ends', async () => {
    const { files } = await readPlatform('lambda-today');
    const path = `${PACKAGE}/bootstrap.py`;
    const text = String(contentsToFiles(files)[path]);
    const line = /^ +lambda_runtime_client\.post_invocation_result\(.*\n/m.exec(text)?.[0];
    assert.ok(line);
    const environments = await runToday('def lambda_handler(event, context):\n    return event\n', {
      events: ['"one"', '"two"'],
      changed: { [path]: text.replace(line, line + line) },
    });
    const runs = environments.flatMap((environment) => environment.runs);
    assert.deepEqual(
      runs.map(({ beginning, outcome }) => [beginning.cold, outcome]),
      ['"one"', '"two"'].map((payload) => [true, { status: 'returned', payload }]),
    );
  });
});
