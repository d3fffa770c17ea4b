import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportField } from '../../../src/components/article/report-field.ts';
import { runHandler } from '../run-handler.ts';

test('a field of REPORT is its value with the unit, and one that the line lacks is refused', async () => {
  const [environment] = await runHandler(
    'import time\ndef lambda_handler(event, context):\n    time.sleep(5)\n',
    { platform: 'lambda-today', clock: 'ahead' },
  );
  const [run] = environment?.runs ?? [];
  assert.ok(run);
  assert.deepEqual(
    ['Duration', 'Memory Size', 'Status'].map((field) => reportField(run, 'REPORT', field)),
    ['3000.00 ms', '128 MB', 'timeout'],
  );
  assert.throws(() => reportField(run, 'REPORT', 'Error Type'), /REPORT has no "Error Type"/);
  assert.throws(() => reportField(run, 'INIT_REPORT', 'Status'), /The log has no INIT_REPORT/);
});
