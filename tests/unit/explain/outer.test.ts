/** Does a log say the same behind a prefix that no table has? */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import { ERRORS } from './catalogue-keys.ts';

const [A, B] = ['8f5a2c1e-3b7d-4f60-9a12-6c5d4e3f2a1b', '0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e'];
const LOG = [
  'INIT_START Runtime Version: python:3.13.v57\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:0a',
  `START RequestId: ${A} Version: $LATEST`,
  'loading config',
  `[INFO]\t2026-09-14T08:15:02.113Z\t${A}\t3 records`,
  `END RequestId: ${A}`,
  `REPORT RequestId: ${A}\tDuration: 142.51 ms\tBilled Duration: 512 ms\tMemory Size: 256 MB\tMax Memory Used: 88 MB\tInit Duration: 369.27 ms\t`,
  `START RequestId: ${B} Version: 42`,
  "[ERROR] KeyError: 'order_id'",
  'Traceback (most recent call last):',
  '  File "/var/task/orders/handler.py", line 31, in lambda_handler',
  '    order = load(event["order_id"])',
  `END RequestId: ${B}`,
  `REPORT RequestId: ${B}\tDuration: 8.20 ms\tBilled Duration: 9 ms\tMemory Size: 256 MB\tMax Memory Used: 89 MB\t`,
];

const PREFIXES: Readonly<Record<string, string>> = {
  'a pod and its container': 'my-fn-7c9d8b6f5-x2x4z my-container ',
  'kubectl logs --prefix': '[pod/lambda-7c9d8b6f5-x2x4z/rie] ',
  journald: 'Sep 14 08:15:02 ip-10-0-1-23 lambda[1234]: ',
  'a group and its stream':
    'Sep 14 08:15:02 my-fn my-fn/2026/09/14/[$LATEST]6f1d0c2b3a495867968574635241302f ',
  'a job’s steps': 'deploy\tTail logs\t2026-09-14T08:15:02.1134567Z ',
  'columns with bars': '2026-09-14 08:15:02 UTC | my-fn | INFO | ',
  'a name in brackets': '2026-09-14T08:15:02.113Z [lambda:my-fn] ',
  'syslog of RFC 5424': '<14>1 2026-09-14T08:15:02.113Z host lambda - - - ',
  'a web server’s time': '14/Sep/2026:08:15:02 +0000 ',
  logfmt: 'time=2026-09-14T08:15:02Z msg=',
  'a name': 'my-fn: ',
  'a list': '- ',
  'lines’ numbers': 'L17: ',
  'bars after a time': 'fn-api | 2026-09-14T08:15:02.113Z | ',
};

/** Kinds and findings. */
function read(lines: readonly string[]): unknown {
  const { lines: own, findings } = explain(lines.join('\n'), ERRORS);
  return [own.map(({ kind }) => kind), findings.map(({ id, values }) => ({ id, values }))];
}

describe('what stands before every line', () => {
  const bare = read(LOG);
  for (const [name, prefix] of Object.entries(PREFIXES)) {
    it(`is taken off: ${name}`, () => {
      assert.deepEqual(read(LOG.map((line) => prefix + line)), bare);
    });
  }

  it('may be quotes around each line', () => {
    assert.deepEqual(
      read(LOG.filter((line) => !line.includes('"')).map((line) => `level=info msg="${line}"`)),
      read(LOG.filter((line) => !line.includes('"'))),
    );
  });

  it('is the program’s own where it stands before one kind of line only', () => {
    const { lines } = explain(
      [
        `START RequestId: ${A} Version: $LATEST`,
        `done: END RequestId: ${A}`,
        `START RequestId: ${B} Version: $LATEST`,
        `done: END RequestId: ${B}`,
      ].join('\n'),
      ERRORS,
    );
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['start', 'your-output', 'end', 'start', 'your-output', 'end'],
    );
  });
});
