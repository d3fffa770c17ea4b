/** What «The same trick, today» claims. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { eventsToLog, type RecordedRun } from '../../../src/trace/format.ts';
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

describe('the file that calls a handler', () => {
  // Claims: caller-lies-open
  it('is the one that runs, byte for byte, and so are its neighbours', async () => {
    const caller = 'sys._getframe(1).f_code.co_filename';
    const found = await ask(`[${caller}, hashlib.sha256(open(${caller}, 'rb').read()).hexdigest()]`);
    const file = await readFile(`src/platforms/lambda-today/disk${PACKAGE}/bootstrap.py`);
    assert.deepEqual(found, [`${PACKAGE}/bootstrap.py`, createHash('sha256').update(file).digest('hex')]);
    const [run] = await recordedRuns('dump-the-caller', 'lambda-today');
    const put = run?.events.flatMap((event) => (event.kind === 'object' ? [event.key] : []));
    const { files } = await readPlatform('lambda-today');
    assert.deepEqual(
      put,
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

describe('an error, today', () => {
  // Claims: error-hides-the-runtime
  it('is told without the runtime’s frames, as strings, with the request’s id', async () => {
    const [run] = await recordedRuns('raise-an-error', 'lambda-today');
    assert.ok(run?.outcome.status === 'raised');
    const payload = JSON.parse(run.outcome.payload) as Record<string, unknown>;
    assert.deepEqual(Object.keys(payload), ['errorMessage', 'errorType', 'requestId', 'stackTrace']);
    assert.equal(payload.requestId, run.beginning.request);
    assert.deepEqual(framesIn((payload.stackTrace as string[]).join('')), [
      'lambda_handler (lambda_function.py)',
    ]);
    assert.deepEqual(framesIn(eventsToLog(run.events).replaceAll('\r', '\n').replaceAll('\u00a0', ' ')), [
      'lambda_handler (lambda_function.py)',
    ]);
  });

  // Claims: failed-import-ends-the-process
  it('of an import ends the process before it has asked for anything, each time anew', async () => {
    const environments = await runToday('import nothing_of_that_name\n', { events: ['1', '2'] });
    const runs = environments.flatMap((environment) => environment.runs);
    assert.deepEqual(
      runs.map(({ beginning }) => beginning.cold),
      [true, true],
    );
    for (const run of runs) {
      const names = messagesOf(run).map(([what]) => what);
      assert.ok(names.includes('POST /2018-06-01/runtime/init/error'), names.join(', '));
      assert.ok(!names.some((what) => what.endsWith('/next')));
    }
  });

  // Claims: second-answer-is-refused
  it('of a runtime that answers twice is its own: the caller keeps the first, and the process ends', async () => {
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
