import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Run } from '../../../src/explain/explanation.ts';
import { COLUMNS, sortRows, sumRows, toCsv, toRows, type Column } from '../../../src/explain/table.ts';
import { UNKNOWN_RUN } from './unknown-run.ts';

const COLD: Run = {
  ...UNKNOWN_RUN,
  requestId: 'a',
  start: 'cold',
  outcome: 'success',
  durationMs: 382.98,
  billedMs: 950,
  initMs: 566.27,
  initBilled: true,
  memoryMb: 128,
  usedMb: 88,
  from: Date.UTC(2026, 2, 4, 5, 6, 7, 8),
};
const FREE: Run = { ...COLD, requestId: 'b', billedMs: 383, initBilled: false, usedMb: 64 };
const WARM: Run = {
  ...UNKNOWN_RUN,
  requestId: 'c',
  start: 'warm',
  durationMs: 1.5,
  billedMs: 2,
  memoryMb: 128,
};
const LOCAL: Run = { ...COLD, requestId: 'd', isEmulated: true, durationMs: 9999 };

describe('the table of invocations', () => {
  it('has init’s share of what was billed, and none where it is not known', () => {
    assert.deepEqual(
      toRows([COLD, FREE, WARM, { ...COLD, initBilled: null }, LOCAL]).map(({ initShare }) => initShare),
      [566.27 / 950, 0, null, null, null],
    );
  });

  it('leaves empty what the lines do not tell', () => {
    const [row] = toRows([UNKNOWN_RUN]);
    for (const column of [
      'durationMs',
      'billedMs',
      'initMs',
      'initShare',
      'usedMb',
      'memoryMb',
      'usedShare',
    ] as const)
      assert.equal(row?.[column], null);
    const sums = sumRows(toRows([UNKNOWN_RUN]));
    assert.deepEqual(sums.durationMs, { of: 0, sum: null, median: null, worst: null });
    assert.equal(sums.initShare, null);
    assert.equal(toCsv(toRows([UNKNOWN_RUN])).split('\r\n')[1], ',1,,unknown,,,,,,,,unknown,,,no');
  });

  it('adds up what AWS wrote, and counts what an emulator wrote', () => {
    const sums = sumRows(toRows([COLD, FREE, WARM, LOCAL]));
    assert.equal(sums.counted, 3);
    assert.equal(sums.emulated, 1);
    assert.deepEqual(sums.starts, { cold: 2, warm: 1 });
    assert.deepEqual(sums.durationMs, { of: 3, sum: 767.46, median: 382.98, worst: 382.98 });
    assert.deepEqual(sums.billedMs, { of: 3, sum: 1335, median: 383, worst: 950 });
    assert.deepEqual(sums.usedMb, { of: 2, sum: 152, median: 76, worst: 88 });
    assert.ok(Math.abs((sums.initShare ?? 0) - 566.27 / 1335) < 1e-12);
  });

  it('is ordered by each column, with what is not known last', () => {
    const rows = toRows([WARM, UNKNOWN_RUN, COLD, FREE]);
    const ids = (column: Column, direction: 'up' | 'down'): string =>
      sortRows(rows, column, direction)
        .map(({ requestId }) => requestId ?? '-')
        .join('');
    assert.equal(ids('billedMs', 'up'), 'cba-');
    assert.equal(ids('billedMs', 'down'), 'abc-');
    assert.equal(ids('usedMb', 'up'), 'bac-');
    assert.equal(ids('from', 'down'), 'abc-', 'equal ones keep their order');
    for (const column of COLUMNS) assert.equal(ids(column, 'up').length, 4);
  });

  it('is no program in a spreadsheet', () => {
    for (const bad of [
      '=1+1',
      '+1',
      '-cmd',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '=HYPERLINK("http://x","y")',
      '＝1',
    ]) {
      const csv = toCsv(toRows([{ ...UNKNOWN_RUN, errorType: bad }]));
      assert.match(csv, new RegExp(`,"'${RegExp.escape(bad.replaceAll('"', '""'))}",`));
    }
  });

  it('is CSV with quotes, commas and line breaks in its cells', () => {
    const csv = toCsv(toRows([{ ...COLD, errorType: 'A "b",\nc' }]));
    assert.equal(
      csv,
      `${COLUMNS.join(',')}\r\na,1,2026-03-04T05:06:07.008Z,cold,382.98,950,566.27,0.5961,88,128,0.6875,success,"A ""b"",\nc",,no\r\n`,
    );
  });
});
