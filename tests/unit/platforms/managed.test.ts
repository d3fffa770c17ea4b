/** AWS Lambda's managed instances: one environment, two processes that take its invocations in turn. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { eventsToLog, type RecordedRun } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

const HANDLER = `import os
print("top")
calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    with open("/tmp/seen", "a") as file:
        file.write(str(event))
    with open("/tmp/seen") as file:
        return [calls, file.read(), os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]]
`;

async function run(source: string, chosen: Chosen = {}): Promise<RecordedRun[]> {
  const environments = await runHandler(source, {
    platform: 'lambda-today',
    start: 'managed',
    events: ['1', '2', '3', '4'],
    ...chosen,
  });
  assert.equal(environments.length, 1);
  return environments.flatMap(({ runs }) => runs);
}

const payloadOf = ({ outcome }: RecordedRun): unknown =>
  'payload' in outcome ? (JSON.parse(outcome.payload) as unknown) : outcome;

const linesOf = ({ events }: RecordedRun): Record<string, unknown>[] =>
  eventsToLog(events)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

suite('managed instances', () => {
  for (const waiting of ['suspended', 'queue'] as const) {
    test(`keep globals apart and share /tmp (${waiting})`, async () => {
      const runs = await run(HANDLER, { waiting });
      const type = 'lambda-managed-instances';
      assert.deepEqual(runs.map(payloadOf), [
        [1, '1', type],
        [1, '12', type],
        [2, '123', type],
        [2, '1234', type],
      ]);
      assert.deepEqual(
        runs.map(({ beginning: { cold, process } }) => [cold, process]),
        [
          [true, 1],
          [true, 2],
          [false, 1],
          [false, 2],
        ],
      );
    });
  }

  test('import in each process, log JSON alone, and report no more than the duration', async () => {
    const runs = await run(HANDLER, { events: ['1', '2'] });
    for (const run of runs) {
      assert.match(eventsToLog(run.events), /^top$/m);
      const report = linesOf(run).find(({ type }) => type === 'platform.report');
      const record = report?.record as { readonly metrics: object };
      assert.deepEqual(Object.keys(record.metrics), ['durationMs']);
    }
    const starts = runs.map((run) => linesOf(run).filter(({ type }) => type === 'platform.initStart').length);
    assert.deepEqual(starts, [1, 0]);
  });

  test('put another process in the place of one that ends, which finds the same /tmp', async () => {
    const source = HANDLER.replace(
      '    with open("/tmp/seen") as',
      '    if event == 1:\n        os._exit(3)\n    with open("/tmp/seen") as',
    );
    const runs = await run(source, { events: ['1', '2', '3', '4'] });
    assert.equal(runs[0]?.outcome.status, 'exited');
    assert.deepEqual(
      runs.slice(1).map((run) => (payloadOf(run) as unknown[]).slice(0, 2)),
      [
        [1, '12'],
        [1, '123'],
        [2, '1234'],
      ],
    );
    assert.deepEqual(
      runs.map(({ beginning: { process } }) => process),
      [1, 2, 3, 2],
    );
  });

  test('go on after a time-out, and the clock of all goes on', async () => {
    const source =
      'import time\ndef lambda_handler(event, context):\n    time.sleep(event)\n    return time.time()\n';
    const runs = await run(source, { events: ['9', '1', '1', '1'] });
    assert.equal(runs[0]?.outcome.status, 'timed-out');
    const times = runs.slice(1).map((run) => payloadOf(run) as number);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    );
  });

  test('see each other’s objects', async () => {
    const source =
      'import boto3\nclient = boto3.client("s3")\n' +
      'def lambda_handler(event, context):\n' +
      '    client.put_object(Bucket="b", Key=str(event), Body=b"x")\n' +
      '    return [one["Key"] for one in client.list_objects_v2(Bucket="b")["Contents"]]\n';
    const runs = await run(source, { events: ['1', '2', '3'] });
    assert.deepEqual(runs.map(payloadOf), [['1'], ['1', '2'], ['1', '2', '3']]);
  });
});
