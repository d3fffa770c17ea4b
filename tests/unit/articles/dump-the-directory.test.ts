/** What «Taking all of /var/runtime home» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import { runHandler } from '../run-handler.ts';
import { recordedRuns, tellOf, type Told } from './example-runs.ts';

const FOLDER = '/var/runtime/awslambda';

/** What the client of a run holds, read as JSON. */
function valueOf(run: Told | undefined): unknown {
  assert.ok(run?.outcome.status === 'returned', JSON.stringify(run?.outcome));
  return JSON.parse(run.outcome.payload);
}

describe('the listing', () => {
  // Claims: the-folder-holds-both-imports
  it('names the script and the modules that it imports', async () => {
    const [run] = (await recordedRuns('list-the-directory')).map(tellOf);
    assert.deepEqual(valueOf(run), ['bootstrap.py', 'runtime.so', 'wsgi.py']);
    const script = await readFile(`src/platforms/lambda-2016/disk${FOLDER}/bootstrap.py`, 'utf8');
    assert.match(script, /^import runtime\nimport wsgi$/m);
  });

  // Claims: today-one-file-is-native-too
  it('names one native file today, and its name says for which Python', async () => {
    const [run] = (await recordedRuns('list-the-directory', 'lambda-today')).map(tellOf);
    const names = valueOf(run);
    assert.ok(Array.isArray(names));
    const native = names.filter((name) => String(name).endsWith('.so'));
    assert.deepEqual(native, ['runtime_client.cpython-314-x86_64-linux-gnu.so']);
    const { files } = await readPlatform('lambda-today');
    const all = Object.keys(files).filter((file) => !file.endsWith('.py'));
    assert.deepEqual(all, [`/var/lang/lib/python3.14/site-packages/${String(native[0])}`]);
  });
});

describe('the dump', () => {
  // Claims: keys-are-relative-paths, each-object-is-its-file
  it('holds every file below /var/runtime under its path, byte for byte', async () => {
    const { runs, blobs } = await recordExample('put-every-file', 'lambda-2016');
    const { files } = await readPlatform('lambda-2016');
    const put = runs[0]?.events.flatMap((event) => (event.kind === 'object' ? [event] : [])) ?? [];
    const dumped = Object.fromEntries(put.map(({ key, blob }) => [key, blobs[0]?.[blob ?? '']]));
    // What equals a file of the disk is kept by that file's path.
    const expected = Object.keys(files).map((file) => [file.replace('/var/runtime/', ''), { image: file }]);
    assert.deepEqual(dumped, Object.fromEntries(expected));
    assert.deepEqual(valueOf(runs.map(tellOf)[0]), Object.keys(files).length);
  });
});

describe('the native module', () => {
  const NAMES = [
    'get_remaining_time',
    'log_bytes',
    'receive_invoke',
    'recv_start',
    'report_done',
    'report_fault',
    'report_running',
    'send_console_message',
  ];

  // Claims: a-native-module-has-names-and-no-source
  it('tells its path, its first bytes and its names, and no source', async () => {
    const [run] = (await recordedRuns('ask-the-module')).map(tellOf);
    assert.deepEqual(valueOf(run), NAMES);
    assert.match(
      run?.log ?? '',
      new RegExp(`\\n${FOLDER}/runtime\\.so\\nb'\\\\x7fELF'\\nsource code not available\\nEND `),
    );
  });

  // Claims: all-that-crosses-is-a-call
  it('has a function for whatever crosses in a run', async () => {
    const [run] = await recordedRuns('ask-the-module');
    const crossed = run?.events.flatMap((event) => (event.kind === 'message' ? [event.what] : []));
    assert.deepEqual(crossed, ['recv_start', 'report_running', 'receive_invoke', 'report_done']);
    const script = await readFile(`src/platforms/lambda-2016/disk${FOLDER}/bootstrap.py`, 'utf8');
    const called = new Set(Array.from(script.matchAll(/\bruntime\.(\w+)\(/g), ([, name]) => name));
    assert.deepEqual(
      NAMES.filter((name) => !called.has(name)),
      ['send_console_message'],
    );
  });
});

const ASKS = ['modules', 'as text', 'answer', 'next'] as const;
const HANDLER = `import os, sys
import runtime

def lambda_handler(event, context):
    if event == 'modules':
        return [runtime is sys.modules['__main__'].runtime, runtime.__file__]
    if event == 'as text':
        for name in sorted(os.listdir('${FOLDER}')):
            with open(os.path.join('${FOLDER}', name)) as file:
                print('read', name, len(file.read()) > 0)
    if event == 'answer':
        runtime.report_done(context.aws_request_id, None, '"from the handler"')
        print('still here')
    return 'from the script'
`;

describe('a handler that shares the process with the script', () => {
  let runs: readonly Told[] = [];
  const of = (ask: (typeof ASKS)[number]): Told | undefined => runs[ASKS.indexOf(ask)];

  before(async () => {
    const environments = await runHandler(HANDLER, { events: ASKS.map((ask) => JSON.stringify(ask)) });
    runs = environments.flatMap((environment) => environment.runs.map(tellOf));
  });

  // Claims: the-import-is-the-scripts-module
  it('gets the script’s own module', () => {
    assert.deepEqual(valueOf(of('modules')), [true, `${FOLDER}/runtime.so`]);
  });

  // Claims: a-library-is-no-text
  it('reads the script as text, and fails at the library', () => {
    const { log = '', outcome } = of('as text') ?? {};
    assert.match(log, /^read bootstrap\.py True\n.*UnicodeDecodeError$/m);
    assert.equal(outcome?.status, 'raised');
  });

  // Claims: an-answer-ends-the-invocation, late-output-is-in-the-next-log
  it('can answer for the script, which ends the invocation; what it prints later is in the next log', () => {
    assert.equal(valueOf(of('answer')), 'from the handler');
    assert.doesNotMatch(of('answer')?.log ?? '', /still here/);
    assert.match(of('answer')?.log ?? '', /\nEND .*\nREPORT .*\n$/);
    assert.match(of('next')?.log ?? '', /^still here\nSTART /);
    assert.equal(of('next')?.cold, false);
    assert.equal(valueOf(of('next')), 'from the script');
  });
});
