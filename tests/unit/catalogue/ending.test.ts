import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endingOf, isAnswer, isSameEnding } from '../../../src/catalogue/ending.ts';
import { tellingLines } from '../../../src/catalogue/telling-lines.ts';
import type { Outcome } from '../../../src/trace/format.ts';

const run = (log: string, outcome: Outcome) => ({
  events: [{ kind: 'output', stream: 'platform', text: log } as const],
  outcome,
});

const REPORT = 'REPORT RequestId: 1\tDuration: 1.00 ms\tMax Memory Used: 15 MB\t';
const FAILED_INIT =
  'INIT_REPORT Init Duration: 1.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError\n';

describe('an ending', () => {
  it('has what REPORT, INIT_REPORT and the answer say', () => {
    const payload = '{"errorMessage": "…", "errorType": "Runtime.ImportModuleError"}';
    const log = `${FAILED_INIT}${REPORT}Status: error\tError Type: Runtime.ImportModuleError\n`;
    assert.deepEqual(endingOf(run(log, { status: 'exited', code: 1, payload })), {
      status: 'exited',
      type: 'Runtime.ImportModuleError',
      report: 'Status: error Error Type: Runtime.ImportModuleError',
      init: ['Phase: init Status: error Error Type: Runtime.ImportModuleError'],
    });
  });

  it('is the same for every class of the function’s own', () => {
    const raise = (type: string) =>
      endingOf(run(REPORT, { status: 'raised', payload: `{"errorType": "${type}"}` }));
    assert.ok(isSameEnding(raise('KeyError'), raise('my.Own')));
    assert.ok(!isSameEnding(raise('KeyError'), raise('Runtime.MarshalError')));
  });

  it('is an answer where nothing went wrong before', () => {
    const returned: Outcome = { status: 'returned', payload: '1' };
    assert.ok(isAnswer(endingOf(run(REPORT, returned))));
    assert.ok(!isAnswer(endingOf(run(FAILED_INIT + REPORT, returned))));
    assert.ok(!isAnswer(endingOf(run(`${REPORT}Status: timeout`, returned))));
  });
});

describe('the lines that tell an error', () => {
  it('are those that other runs do not have', () => {
    const log = [
      'START RequestId: 1 Version: $LATEST',
      '[WARNING]\t2026-01-01T00:00:00.000Z\t\tLAMBDA_WARNING: Unhandled exception.',
      "[ERROR] KeyError: 'x'",
      'Traceback (most recent call last):',
      '\u00A0\u00A0File "/var/task/f.py", line 2, in handler',
      "[ERROR] KeyError: 'x'",
      'All is well',
      'INIT_REPORT Init Duration: 1.00 ms\tPhase: init\tStatus: timeout',
      'END RequestId: 1',
    ].join('\n');
    assert.deepEqual(tellingLines(log, 5), [
      "[ERROR] KeyError: 'x'",
      'INIT_REPORT Init Duration: 1.00 ms Phase: init Status: timeout',
    ]);
    assert.deepEqual(tellingLines(log, 1), ["[ERROR] KeyError: 'x'"]);
  });

  it('are cut where a table has no room', () => {
    assert.equal(tellingLines(`[ERROR] ${'x'.repeat(500)}`, 1)[0]?.length, 160);
  });
});
