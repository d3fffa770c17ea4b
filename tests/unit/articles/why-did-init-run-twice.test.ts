/** What «Why did my init code run twice?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { recordedObjects } from '../../../src/components/article/recorded-objects.ts';
import { reportField } from '../../../src/components/article/report-field.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import type { RecordedRun } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { recordedRuns, tellOf, type Told } from './example-runs.ts';

const TODAY = 'lambda-today';

/** The runs of an example as its lab shows them. */
async function runsOf(example: string): Promise<readonly [RecordedRun, RecordedRun, ...RecordedRun[]]> {
  const [first, second, ...others] = await recordedRuns(example, TODAY);
  assert.ok(first && second);
  return [first, second, ...others];
}

/** For each INIT_REPORT of a log its phase and its status. */
function initsIn(run: RecordedRun): readonly string[] {
  const found = tellOf(run).log.matchAll(/^INIT_REPORT .*\tPhase: (\w+)\tStatus: (\w+)/gm);
  return Array.from(found, ([, phase = '', status = '']) => `${phase} ${status}`);
}

/** Runs some source on today's model: what was told of each run, and the keys of all objects in the end. */
async function tryOut(source: string, chosen: Chosen): Promise<{ runs: Told[]; keys: string[] }> {
  const environments = await runHandler(source, { platform: TODAY, ...chosen });
  const buckets = Object.values(environments.at(-1)?.objects ?? {});
  return {
    runs: environments.flatMap(({ runs }) => runs.map(tellOf)),
    keys: buckets.flatMap(({ objects }) => Object.keys(objects)),
  };
}

/** The source of the second case with a piece of it replaced. */
async function registering(from: string, to: string): Promise<string> {
  const source = await readFile('content/examples/register-then-load/task/lambda_function.py', 'utf8');
  assert.ok(source.includes(from));
  return source.replace(from, to);
}

describe('an init that fails', () => {
  // Claims: a-failed-init-is-tried-again, one-report-means-the-retry-worked, own-classes-are-unknown
  it('is tried again in the invocation, which is answered as if nothing had happened', async () => {
    const [run] = await runsOf('fail-the-first-init');
    const { log, outcome } = tellOf(run);
    assert.deepEqual(outcome, { status: 'returned', payload: '{"inits": 2}' });
    assert.match(log, /^\[ERROR\] ConnectionError: [^]*^Traceback [^]*^Init number 2$/m);
    assert.deepEqual(initsIn(run), ['init error']);
    assert.equal(reportField(run, 'INIT_REPORT', 'Error Type'), 'Runtime.Unknown');
  });

  // Claims: two-reports-mean-both-failed, invoke-alone-means-a-later-event
  it('and fails again is reported twice, and once for each event after it', async () => {
    const [first, second] = await runsOf('import-what-is-not-there');
    assert.deepEqual([initsIn(first), initsIn(second)], [['init error', 'invoke error'], ['invoke error']]);
    for (const run of [first, second]) {
      const { outcome } = tellOf(run);
      assert.ok('payload' in outcome);
      assert.match(outcome.payload, /Runtime\.ImportModuleError/);
    }
  });

  // Claims: a-marker-outlives-its-init
  it('leaves its marker to the second try', async () => {
    const source = `import os
loaded = False
if not os.path.exists('/tmp/done'):
    open('/tmp/done', 'w').close()
    raise OSError('not loaded')
    loaded = True
def lambda_handler(event, context):
    return loaded
`;
    const { runs } = await tryOut(source, {});
    assert.deepEqual(
      runs.map(({ outcome }) => outcome),
      [{ status: 'returned', payload: 'false' }],
    );
  });

  // Claims: a-lazy-init-fails-one-invocation
  it('costs one invocation where it is lazy, and the process stays', async () => {
    const source = `import os
print('top')
client = None
def lambda_handler(event, context):
    global client
    if client is None:
        if event == 1:
            raise ConnectionError('the database did not answer')
        client = 'connected'
    return client
`;
    const { runs } = await tryOut(source, { events: ['1', '2'] });
    const [failed, next] = runs;
    assert.ok(failed && next && 'payload' in failed.outcome);
    assert.match(failed.outcome.payload, /"errorType": "ConnectionError", "requestId": "[-0-9a-f]{36}"/);
    assert.deepEqual(next.outcome, { status: 'returned', payload: '"connected"' });
    assert.equal(next.cold, false);
    assert.doesNotMatch(next.log, /^top$/m);
  });
});

describe('an init that takes too long', () => {
  // Claims: the-retry-has-the-functions-time
  it('is ended after ten seconds, and comes to its end within the time of the function', async () => {
    const [run] = await runsOf('register-then-load');
    const { log, outcome } = tellOf(run);
    assert.deepEqual(initsIn(run), ['init timeout']);
    assert.equal(reportField(run, 'INIT_REPORT', 'Init Duration'), '10000.00 ms');
    assert.equal(log.match(/^Registered/gm)?.length, 2);
    assert.equal(log.match(/^Loaded$/gm)?.length, 1);
    assert.deepEqual(outcome, { status: 'returned', payload: '"Hello"' });
    assert.ok(parseFloat(reportField(run, 'REPORT', 'Duration')) > 11_000);
  });

  // Claims: a-second-init-repeats-its-effects
  it('leaves two objects with different keys', async () => {
    const objects = recordedObjects(await recordExample('register-then-load', TODAY), 1);
    assert.equal(objects.length, 2);
    assert.equal(new Set(objects.map(({ key }) => key)).size, 2);
  });

  // Claims: a-key-of-the-environment-is-written-once
  it('leaves one where the key is of its environment', async () => {
    const source = await registering(
      'uuid.uuid4()',
      "__import__('os').environ['AWS_LAMBDA_LOG_STREAM_NAME']",
    );
    const { runs, keys } = await tryOut(source, { timeout: 30_000, clock: 'ahead' });
    assert.equal(runs[0]?.log.match(/^Registered/gm)?.length, 2);
    assert.equal(keys.length, 1);
  });

  // Claims: effects-at-the-end-happen-once
  it('leaves one where it is written at the end', async () => {
    const put = "s3.put_object(Bucket='my-bucket', Key=f'workers/{uuid.uuid4()}', Body=b'ready')\n";
    const source = (await registering(put, '')).replace("print('Loaded')\n", `print('Loaded')\n${put}`);
    const { runs, keys } = await tryOut(source, { timeout: 30_000, clock: 'ahead' });
    assert.deepEqual(runs[0]?.outcome, { status: 'returned', payload: '"Hello"' });
    assert.equal(keys.length, 1);
  });
});

describe('an init after a reset', () => {
  // Claims: a-reset-runs-init-again
  it('is a part of the invocation, and finds the files of those before it', async () => {
    const [, , third] = await runsOf('fail-the-first-init');
    assert.ok(third);
    const { log, outcome } = tellOf(third);
    assert.deepEqual(outcome, { status: 'returned', payload: '{"inits": 3}' });
    assert.match(log, /^Init number 3$/m);
    assert.doesNotMatch(log, /INIT_START|Init Duration/);
  });
});

// Claims: a-retried-init-is-in-duration
it('an init is billed once, by itself or as a part of the invocation', async () => {
  const number = (run: RecordedRun, field: string): number => parseFloat(reportField(run, 'REPORT', field));
  const [well] = await recordedRuns('print-the-stack', TODAY);
  assert.ok(well);
  assert.equal(
    number(well, 'Billed Duration'),
    Math.ceil(number(well, 'Duration') + number(well, 'Init Duration')),
  );
  const [retried, , reset] = await runsOf('fail-the-first-init');
  const [late] = await runsOf('register-then-load');
  assert.ok(reset);
  for (const run of [retried, reset, late]) {
    assert.throws(() => reportField(run, 'REPORT', 'Init Duration'), RangeError);
    assert.equal(number(run, 'Billed Duration'), Math.ceil(number(run, 'Duration')));
    assert.ok(number(run, 'Duration') > number(well, 'Init Duration'));
  }
});
