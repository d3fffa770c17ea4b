/** All invocations of a paste beside each other: rows, their order, sums, and the same as CSV. What isn't known is null, never 0. */
import type { Outcome, Run } from './explanation.ts';

/** An attempt at an invocation. */
export interface TableRow {
  /** Its index in `Explanation.runs`. */
  readonly run: number;
  readonly requestId: string | null;
  readonly attempt: number;
  /** Epoch ms. */
  readonly from: number | null;
  readonly start: Run['start'];
  readonly durationMs: number | null;
  readonly billedMs: number | null;
  readonly initMs: number | null;
  /** Init's share of what was billed, from 0 to 1; 0 where init was free. */
  readonly initShare: number | null;
  readonly usedMb: number | null;
  readonly memoryMb: number | null;
  /** Memory's share that was used, from 0 to 1. */
  readonly usedShare: number | null;
  readonly outcome: Outcome;
  readonly errorType: string | null;
  readonly python: string | null;
  /** Its numbers are an emulator's, and in no sum. */
  readonly isEmulated: boolean;
}

/** The columns, in their order. */
export const COLUMNS = [
  'requestId',
  'attempt',
  'from',
  'start',
  'durationMs',
  'billedMs',
  'initMs',
  'initShare',
  'usedMb',
  'memoryMb',
  'usedShare',
  'outcome',
  'errorType',
  'python',
  'isEmulated',
] as const satisfies readonly (keyof TableRow)[];

/** The columns that a page or a terminal has room for; the CSV has all. */
export const SHOWN_COLUMNS = [
  'from',
  'start',
  'durationMs',
  'initMs',
  'initShare',
  'billedMs',
  'usedMb',
  'outcome',
] as const satisfies readonly Column[];

/** One of them. */
export type ShownColumn = (typeof SHOWN_COLUMNS)[number];

/** A column by which rows are ordered. */
export type Column = (typeof COLUMNS)[number];

/** What one column comes to. */
export interface Sum {
  /** How many rows have a number there. */
  readonly of: number;
  readonly sum: number | null;
  readonly median: number | null;
  readonly worst: number | null;
}

/** What the rows come to, emulated ones left out. */
export interface Sums {
  /** Rows that count, and rows that don't since an emulator wrote them. */
  readonly counted: number;
  readonly emulated: number;
  readonly starts: Readonly<Partial<Record<Run['start'], number>>>;
  readonly durationMs: Sum;
  readonly billedMs: Sum;
  readonly initMs: Sum;
  readonly usedMb: Sum;
  readonly usedShare: Sum;
  /** Init's share of all that was billed, where it is known of each; null where it is of none. */
  readonly initShare: number | null;
}

/** A row for each run. */
export function toRows(runs: readonly Run[]): readonly TableRow[] {
  return runs.map((run, index) => ({
    run: index,
    requestId: run.requestId,
    attempt: run.attempt,
    from: run.from,
    start: run.start,
    durationMs: run.durationMs,
    billedMs: run.billedMs,
    initMs: run.initMs,
    initShare: initShareOf(run),
    usedMb: run.usedMb,
    memoryMb: run.memoryMb,
    usedShare: share(run.usedMb, run.memoryMb),
    outcome: run.outcome,
    errorType: run.errorType,
    python: run.python,
    isEmulated: run.isEmulated,
  }));
}

function initShareOf({ initMs, initBilled, billedMs, isEmulated }: Run): number | null {
  if (initMs === null || initBilled === null || isEmulated) return null;
  return initBilled ? share(initMs, billedMs) : 0;
}

function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

/** The rows by a column; what isn't known comes last either way. */
export function sortRows(
  rows: readonly TableRow[],
  column: Column,
  direction: 'up' | 'down',
): readonly TableRow[] {
  const sign = direction === 'up' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [one, other] = [a[column], b[column]];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (one === other) return 0;
    return one < other ? -sign : sign;
  });
}

/** What the rows come to. */
export function sumRows(rows: readonly TableRow[]): Sums {
  const counted = rows.filter(({ isEmulated }) => !isEmulated);
  const starts: Partial<Record<Run['start'], number>> = {};
  for (const { start } of counted) starts[start] = (starts[start] ?? 0) + 1;
  // A warm one has no init to pay for.
  const paid = counted.filter(({ initShare, start }) => initShare !== null || start === 'warm');
  const billed = paid.reduce((sum, row) => sum + (row.billedMs ?? 0), 0);
  const init = paid.reduce((sum, row) => sum + (row.initShare ?? 0) * (row.billedMs ?? 0), 0);
  return {
    counted: counted.length,
    emulated: rows.length - counted.length,
    starts,
    durationMs: sumOf(counted, 'durationMs'),
    billedMs: sumOf(counted, 'billedMs'),
    initMs: sumOf(counted, 'initMs'),
    usedMb: sumOf(counted, 'usedMb'),
    usedShare: sumOf(counted, 'usedShare'),
    initShare: paid.some(({ initShare }) => initShare !== null) ? share(init, billed) : null,
  };
}

function sumOf(
  rows: readonly TableRow[],
  column: 'durationMs' | 'billedMs' | 'initMs' | 'usedMb' | 'usedShare',
): Sum {
  const numbers = rows.flatMap((row) => row[column] ?? []).sort((a, b) => a - b);
  const { length } = numbers;
  if (length === 0) return { of: 0, sum: null, median: null, worst: null };
  const [low = 0, high = 0] = [numbers[(length - 1) >> 1], numbers[length >> 1]];
  return {
    of: length,
    // Tenths of milliseconds add up to more digits than anything was measured to.
    sum: round(numbers.reduce((sum, number) => sum + number, 0)),
    median: round((low + high) / 2),
    worst: numbers.at(-1) ?? null,
  };
}

function round(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}

/** The rows as a file of RFC 4180, which a spreadsheet takes for text where a program's words could be a formula. */
export function toCsv(rows: readonly TableRow[]): string {
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => toCell(row, column)))]
    .map((cells) => `${cells.map(quote).join(',')}\r\n`)
    .join('');
}

function toCell(row: TableRow, column: Column): string {
  const value = row[column];
  if (value === null) return '';
  if (column === 'from') return toIso(Number(value));
  if (typeof value === 'number')
    return String(column === 'initShare' || column === 'usedShare' ? Math.round(value * 1e4) / 1e4 : value);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

function toIso(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

function quote(cell: string): string {
  // A number below zero is no formula.
  const safe =
    /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(cell) && !/^-?[\d.]+$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
