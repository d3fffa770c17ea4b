import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  billedMilliseconds,
  platformLog,
  type Report,
} from '../../../src/platforms/lambda-today/platform-log.ts';

const MOMENT = Date.UTC(2026, 6, 9, 6, 5, 50, 581);
const VARIABLES = {
  AWS_LAMBDA_FUNCTION_NAME: 'lab',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/07/09/[$LATEST]0123',
};

function logOf(variables: Readonly<Record<string, string>>): ReturnType<typeof platformLog> {
  const setup = {
    handler: 'm.h',
    suppressInit: false,
    timeout: 3000,
    variables: { ...VARIABLES, ...variables },
  };
  return platformLog(setup, () => MOMENT);
}

const REPORT: Report = {
  request: 'ID',
  duration: 30.31,
  memoryUsed: 97,
  initDuration: null,
  restoreDuration: null,
  failure: null,
};

suite('what is charged', () => {
  // Seen in public logs of 2026.
  const seen: readonly (readonly [number, number | null, number])[] = [
    [34_627.73, 504.2, 35_132],
    [492.28, 552.13, 1045],
    [3000, 402.04, 3403],
    [30.31, 533.77, 565],
    [1, null, 1],
    [0.01, null, 1],
    // Their sum in binary lies above 3.
    [1.1, 1.9, 3],
  ];
  for (const [duration, initDuration, billed] of seen)
    test(`of ${String(duration)} and an init of ${String(initDuration)} is ${String(billed)}`, () => {
      assert.equal(billedMilliseconds({ duration, initDuration }), billed);
    });
});

suite('the log as text', () => {
  const log = logOf({});
  const head =
    'REPORT RequestId: ID\tDuration: 30.31 ms\tBilled Duration: 565 ms\tMemory Size: 256 MB\tMax Memory Used: 97 MB\t';
  const reports: readonly (readonly [string, Partial<Report>, string])[] = [
    ['a cold start', {}, `${head}Init Duration: 533.77 ms\t\n`],
    ['a time-out', { failure: { status: 'timeout' } }, `${head}Init Duration: 533.77 ms\tStatus: timeout\n`],
    [
      'a fault',
      { failure: { status: 'error', errorType: 'Runtime.ExitError' } },
      `${head}Init Duration: 533.77 ms\tStatus: error\tError Type: Runtime.ExitError\n`,
    ],
  ];
  for (const [what, more, line] of reports)
    test(`reports ${what}`, () => {
      assert.equal(
        log.endAndReport({ ...REPORT, initDuration: 533.77, ...more }),
        `END RequestId: ID\n${line}`,
      );
    });

  test('reports a restore, which is charged, in the place of an init', () => {
    assert.equal(
      log.endAndReport({ ...REPORT, restoreDuration: 511.25 }).split('\n')[1],
      'REPORT RequestId: ID\tDuration: 30.31 ms\tBilled Duration: 31 ms\tMemory Size: 256 MB\tMax Memory Used: 97 MB\t' +
        'Restore Duration: 511.25 ms\tBilled Restore Duration: 512 ms\t',
    );
    assert.match(log.restoreStart(), /^RESTORE_START Runtime Version: \S+\tRuntime Version ARN: \S+\n$/);
    assert.equal(
      log.restoreReport(1, { status: 'error', errorType: 'Runtime.ExitError' }),
      'RESTORE_REPORT Restore Duration: 1.00 ms\tStatus: error\tError Type: Runtime.ExitError\n',
    );
  });
});

suite('the log as JSON', () => {
  const log = logOf({ AWS_LAMBDA_LOG_FORMAT: 'JSON' });
  const time = '2026-07-09T06:05:50.581Z';
  const parse = (lines: string): unknown[] =>
    lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  test('begins with what is known of the function', () => {
    const [first] = parse(log.initStart()) as [{ record: Record<string, unknown> }];
    assert.deepEqual(Object.keys(first.record), [
      'initializationType',
      'phase',
      'runtimeVersion',
      'runtimeVersionArn',
      'functionName',
      'functionVersion',
      'instanceId',
      'instanceMaxMemory',
    ]);
    assert.equal(first.record.instanceMaxMemory, 268_435_456);
  });

  test('has no END, and its times in thousandths', () => {
    assert.deepEqual(parse(log.endAndReport({ ...REPORT, duration: 1233.96, initDuration: 463.512 })), [
      {
        time,
        type: 'platform.report',
        record: {
          requestId: 'ID',
          metrics: {
            durationMs: 1233.96,
            billedDurationMs: 1698,
            memorySizeMB: 256,
            maxMemoryUsedMB: 97,
            initDurationMs: 463.512,
          },
          status: 'success',
        },
      },
    ]);
  });

  test('says of what went wrong that the runtime is done with it', () => {
    const lines = log.endAndReport({ ...REPORT, duration: 5000, failure: { status: 'timeout' } });
    assert.deepEqual(parse(lines), [
      {
        time,
        type: 'platform.runtimeDone',
        record: { requestId: 'ID', status: 'timeout', metrics: { durationMs: 5000, producedBytes: 0 } },
      },
      {
        time,
        type: 'platform.report',
        record: {
          requestId: 'ID',
          metrics: { durationMs: 5000, billedDurationMs: 5000, memorySizeMB: 256, maxMemoryUsedMB: 97 },
          status: 'timeout',
        },
      },
    ]);
  });

  test('of managed instances tells of the duration alone', () => {
    const managed = logOf({
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances',
    });
    assert.match(managed.endAndReport(REPORT), /"metrics":\{"durationMs":30\.31\}/);
  });
});
