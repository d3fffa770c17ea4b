/** What «Getting the runtime’s source out» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { recordExample } from '../../../src/integrations/recordings.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { eventsToTail } from '../../../src/trace/log-tail.ts';
import { runHandler } from '../run-handler.ts';
import { framesIn, recordedRuns, tellOf, type Told } from './example-runs.ts';

const SCRIPT = '/var/runtime/awslambda/bootstrap.py';
const IMAGE = 'src/platforms/lambda-2016';

describe('the printed script', () => {
  // Claims: log-holds-the-whole-script
  it('stands in the log as a whole, between START and END', async () => {
    const [run] = (await recordedRuns('print-the-file')).map(tellOf);
    const script = await readFile(`${IMAGE}/disk${SCRIPT}`, 'utf8');
    const [start = '', ...rest] = (run?.log ?? '').split(script);
    assert.match(start, /^START RequestId: .*\n$/);
    assert.match(rest.join(''), /^\nEND RequestId: .*\nREPORT RequestId: .*\n$/);
  });

  // Claims: log-tail-begins-in-the-middle
  it('has lost its head, its imports and most of its functions in the tail', async () => {
    const [run] = await recordedRuns('print-the-file');
    assert.ok(run);
    const { events, leftOut } = eventsToTail(run.events);
    const tail = eventsToLog(events);
    const script = await readFile(`${IMAGE}/disk${SCRIPT}`, 'utf8');
    const functions = (text: string): number => text.match(/^def /gm)?.length ?? 0;
    assert.ok(leftOut > 0);
    assert.doesNotMatch(tail, /^(?:import|from) |SPDX/m);
    assert.ok(functions(tail) < functions(script) / 2, tail);
    assert.match(tail, /\nEND RequestId: .*\nREPORT RequestId: .*\n$/);
    assert.ok(script.includes(tail.slice(0, tail.indexOf('\nEND ')).trimEnd()));
  });
});

const ASKS = ['text', 'bytes', 'text mode', 'credentials', 'new bucket'] as const;
const HANDLER = `import os, boto3

PATH = '${SCRIPT}'

def lambda_handler(event, context):
    s3 = boto3.resource('s3')
    if event == 'text':
        return open(PATH).read()
    if event == 'bytes':
        return open(PATH, 'rb').read()
    if event == 'text mode':
        s3.Object('text-mode', 'bootstrap.py').put(Body=open(PATH))
    if event == 'credentials':
        return sorted(name for name in os.environ if name.startswith('AWS_S') or 'ACCESS_KEY' in name)
    if event == 'new bucket':
        before = [bucket.name for bucket in s3.buckets.all()]
        s3.Object('never-made', 'key').put(Body=b'')
        return [before, [bucket.name for bucket in s3.buckets.all()]]
`;

describe('a handler that tries the ways out', () => {
  let runs: readonly Told[] = [];
  const of = (ask: (typeof ASKS)[number]): Told => {
    const run = runs[ASKS.indexOf(ask)];
    assert.ok(run);
    return run;
  };

  before(async () => {
    const environments = await runHandler(HANDLER, { events: ASKS.map((ask) => JSON.stringify(ask)) });
    runs = environments.flatMap((environment) => environment.runs.map(tellOf));
  });

  // Claims: returned-text-is-whole
  it('gives its caller a text of this length whole', async () => {
    const { outcome } = of('text');
    assert.ok(outcome.status === 'returned');
    assert.equal(JSON.parse(outcome.payload), await readFile(`${IMAGE}/disk${SCRIPT}`, 'utf8'));
  });

  // Claims: returned-bytes-are-an-error, returned-bytes-fail-after-the-handler
  it('gives its caller an error for bytes, and no frame of its own with it', () => {
    const { outcome, log } = of('bytes');
    assert.ok(outcome.status === 'raised');
    assert.match(
      outcome.payload,
      /"errorType": "TypeError", "errorMessage": "b['\\]# SPDX-.* is not JSON serializable"/,
    );
    const frames = framesIn(log);
    assert.deepEqual(
      [frames[0], frames.at(-1)],
      ['dumps (__init__.py)', 'decimal_serializer (bootstrap.py)'],
    );
    assert.ok(frames.every((frame) => !frame.endsWith('(lambda_function.py)')));
  });

  // Claims: text-mode-is-refused
  it('cannot put a file that is opened as text', () => {
    const { outcome, log } = of('text mode');
    assert.ok(outcome.status === 'raised');
    assert.match(outcome.payload, /"errorType": "TypeError"/);
    assert.match(log, /opened in text mode/);
    const made: unknown = JSON.parse(payloadOf(of('new bucket')));
    assert.deepEqual(made, [[], ['never-made']], 'the refused object has made no bucket');
  });

  // Claims: credentials-are-in-the-environment
  it('finds credentials among its variables, which nobody gave to the process at its start', async () => {
    assert.deepEqual(JSON.parse(payloadOf(of('credentials'))), [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SECURITY_TOKEN',
      'AWS_SESSION_TOKEN',
    ]);
    const description = await readFile(`${IMAGE}/platform.json`, 'utf8');
    assert.doesNotMatch(description, /AWS_SECRET_ACCESS_KEY/);
  });

  // Claims: first-object-makes-the-bucket
  it('makes a bucket by putting the first object', () => {
    assert.deepEqual(JSON.parse(payloadOf(of('new bucket'))), [[], ['never-made']]);
  });
});

function payloadOf({ outcome }: Told): string {
  return outcome.status === 'returned' ? outcome.payload : '';
}

describe('the object in the bucket', () => {
  // Claims: the-object-is-the-file
  it('holds the bytes of the script on the disk', async () => {
    const { runs, blobs } = await recordExample('put-the-file', 'lambda-2016');
    const put = runs[0]?.events.flatMap((event) => (event.kind === 'object' ? [event] : [])) ?? [];
    assert.deepEqual(
      put.map(({ bucket, key, blob }) => [bucket, key, blobs[0]?.[blob ?? '']]),
      // What equals a file of the disk is kept by that file's path.
      [['lambda-source', 'bootstrap.py', { image: SCRIPT }]],
    );
  });

  // Claims: today-puts-a-short-script
  it('holds a script today that the tail of a log has room for', async () => {
    const script = '/var/runtime/bootstrap.py';
    const { runs, blobs } = await recordExample('put-the-file', 'lambda-today');
    const put = runs[0]?.events.flatMap((event) => (event.kind === 'object' ? [event] : [])) ?? [];
    assert.deepEqual(
      put.map(({ blob }) => blobs[0]?.[blob ?? '']),
      [{ image: script }],
    );
    const [printed] = await recordedRuns('print-the-file', 'lambda-today');
    assert.ok(printed);
    const { events, leftOut } = eventsToTail(printed.events);
    assert.equal(leftOut, 0);
    assert.ok(
      eventsToLog(events).includes(await readFile(`src/platforms/lambda-today/disk${script}`, 'utf8')),
    );
  });

  // Claims: a-changed-script-is-what-is-put
  it('holds what a reader has changed in the script', async () => {
    const source = await readFile('content/examples/put-the-file/task/lambda_function.py', 'utf8');
    const script = `${await readFile(`${IMAGE}/disk${SCRIPT}`, 'utf8')}# I was here\n`;
    const [environment] = await runHandler(source, { changed: { [SCRIPT]: script } });
    const [run] = environment?.runs ?? [];
    const [put] = run?.events.flatMap((event) => (event.kind === 'object' ? [event] : [])) ?? [];
    assert.equal(run?.outcome.status, 'returned');
    assert.equal(Buffer.from(environment?.blobs[0]?.[put?.blob ?? ''] ?? []).toString(), script);
  });
});
