import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { Run } from '../../../src/explain/explanation.ts';
import type { FindingId } from '../../../src/explain/findings.ts';
import { ERRORS } from './catalogue-keys.ts';

const ONE = '11111111-1111-4111-8111-111111111111';
const TWO = '22222222-2222-4222-8222-222222222222';
const INIT =
  'INIT_START Runtime Version: python:3.14.v40\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:0a';
const frame = (id: string, more: string, ...inner: string[]): string =>
  [
    `START RequestId: ${id} Version: $LATEST`,
    ...inner,
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\t${more}`,
  ].join('\n');
const numbers = (duration: string, billed: number, more = ''): string =>
  `Duration: ${duration} ms\tBilled Duration: ${billed} ms\tMemory Size: 512 MB\tMax Memory Used: 46 MB\t${more}`;
const initReport = (ms: string, phase: string, status: string): string =>
  `INIT_REPORT Init Duration: ${ms} ms\tPhase: ${phase}\tStatus: ${status}`;

interface Case {
  readonly text: string;
  /** The answer. */
  readonly first: FindingId;
  readonly run?: Partial<Run>;
  readonly error: string | null;
}

/** Forms that are documented or seen, and that no sample has. */
const CASES: Readonly<Record<string, Case>> = {
  'an init over 10 s that succeeds inside': {
    text: [INIT, initReport('9999.91', 'init', 'timeout'), frame(ONE, numbers('12033.10', 12034))].join('\n'),
    first: 'init-timed-out',
    run: { start: 'again', outcome: 'success' },
    error: 'init-over-ten-seconds',
  },
  'an init over 10 s and over the time-out': {
    text: [
      INIT,
      initReport('10000.00', 'init', 'timeout'),
      initReport('15000.00', 'invoke', 'timeout'),
      frame(ONE, numbers('15000.00', 15000, 'Status: timeout')),
    ].join('\n'),
    first: 'timed-out',
    run: { start: 'again', outcome: 'timeout', initMs: 15000 },
    error: 'init-and-time-out',
  },
  'an exit at import': {
    text: [
      INIT,
      initReport('60.00', 'init', 'error\tError Type: Runtime.ExitError'),
      initReport('50.00', 'invoke', 'error\tError Type: Runtime.ExitError'),
      frame(ONE, numbers('65.00', 65, 'Status: error\tError Type: Runtime.ExitError')),
    ].join('\n'),
    first: 'exited-at-import',
    run: { start: 'again', outcome: 'exit', initMs: 50, initBilled: true },
    error: 'exit-at-import',
  },
  'a module that raises': {
    text: [
      INIT,
      '[ERROR] KeyError: \'TABLE\'\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3, in <module>',
      initReport('60.00', 'init', 'error\tError Type: Runtime.Unknown'),
      '[ERROR] KeyError: \'TABLE\'\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3, in <module>',
      initReport('50.00', 'invoke', 'error\tError Type: Runtime.Unknown'),
      frame(ONE, numbers('65.00', 65, 'Status: error\tError Type: Runtime.Unknown')),
    ].join('\n'),
    first: 'import-raised',
    run: { start: 'again', outcome: 'error', errorType: 'KeyError' },
    error: 'exception-at-import',
  },
  'a restored snapshot': {
    text: [
      'RESTORE_START Runtime Version: python:3.12.v57\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:0a',
      'RESTORE_REPORT Restore Duration: 511.25 ms',
      frame(ONE, numbers('65.00', 130, 'Restore Duration: 511.25 ms\tBilled Restore Duration: 65 ms')),
    ].join('\n'),
    first: 'all-succeeded',
    run: { start: 'restored', outcome: 'success', python: '3.12' },
    error: null,
  },
  'an init that is reported to have gone well': {
    text: [INIT, initReport('812.00', 'init', 'success'), frame(ONE, numbers('65.00', 65))].join('\n'),
    first: 'all-succeeded',
    run: { start: 'cold', initMs: 812, initBilled: null },
    error: null,
  },
  'an exit without a reason, and the next event': {
    text: [
      frame(
        ONE,
        numbers('65.00', 65, 'Init Duration: 120.00 ms'),
        `RequestId: ${ONE} Error: Runtime exited without providing a reason`,
        'Runtime.ExitError',
      ),
      frame(TWO, numbers('165.00', 165)),
    ].join('\n'),
    first: 'exit-without-reason',
    run: { start: 'cold', outcome: 'exit' },
    error: 'exited-without-reason',
  },
  'an answer that is refused': {
    text: frame(
      ONE,
      numbers('65.00', 65),
      '[ERROR] [1760000000000] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413. {"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}',
    ),
    first: 'response-too-large',
    run: { outcome: 'error' },
    error: 'response-size-too-large',
  },
  'the answer of a time-out': {
    text: `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: ${ONE} Error: Task timed out after 120.00 seconds"}`,
    first: 'timed-out',
    error: 'timed-out',
  },
  'a line that was asked for alone': {
    text: `START RequestId: ${ONE} Version: $LATEST`,
    first: 'begun',
    run: { start: 'unknown', outcome: 'unknown' },
    error: null,
  },
  'words of anybody': { text: 'hello world', first: 'open-nothing', error: null },
  nothing: { text: '', first: 'open-nothing', error: null },
};

describe('documented forms', () => {
  for (const [name, { text, first, run, error }] of Object.entries(CASES)) {
    it(name, () => {
      const { runs, findings, errors } = explain(text, ERRORS);
      assert.equal(findings[0]?.id, first);
      assert.deepEqual(errors, error === null ? [] : [error]);
      for (const [key, value] of Object.entries(run ?? {}))
        assert.equal(runs[0]?.[key as keyof Run], value, key);
    });
  }
});
