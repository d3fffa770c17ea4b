/**
 * What a row of a query's result tells without the line itself: CloudWatch Logs Insights makes columns of a REPORT's numbers, and of
 * what the JSON log format has in its record. What wasn't asked for isn't there: nothing follows from what a row lacks.
 */
import { ownValue } from '../../trace/own-value.ts';
import type { Fields, Kind } from '../grammar.ts';

/** The columns that tell something, by the fields of a line. */
const COLUMNS: Readonly<Record<string, string>> = {
  '@requestId': 'requestId',
  '@duration': 'durationMs',
  '@billedDuration': 'billedMs',
  '@initDuration': 'initMs',
  '@memorySize': 'memoryMb',
  '@maxMemoryUsed': 'usedMb',
  '@xrayTraceId': 'traceId',
  '@type': 'type',
  type: 'type',
  'record.requestId': 'requestId',
  'record.status': 'status',
  'record.errorType': 'errorType',
  'record.metrics.durationMs': 'durationMs',
  'record.metrics.billedDurationMs': 'billedMs',
  'record.metrics.initDurationMs': 'initMs',
  'record.metrics.memorySizeMB': 'memoryMb',
  'record.metrics.maxMemoryUsedMB': 'usedMb',
};
const MEASURED = /^(?:durationMs|billedMs|initMs|memoryMb|usedMb)$/;
const BYTES: ReadonlySet<string> = new Set(['@memorySize', '@maxMemoryUsed']);
const TYPES: Readonly<Record<string, Kind>> = {
  START: 'start',
  END: 'end',
  REPORT: 'report',
  'platform.start': 'start',
  'platform.report': 'report',
  'platform.runtimeDone': 'runtime-done',
};

/** Whether a result with these columns tells of runs without their lines. */
export function isMeasured(names: readonly string[]): boolean {
  return (
    names.some(
      (name) => (name.startsWith('@') || name.startsWith('record.')) && ownValue(COLUMNS, name) !== undefined,
    ) && !names.some((name) => /^@?message$/i.test(name))
  );
}

/** Whether the columns are those of a query at all. */
export function isQuery(names: readonly string[]): boolean {
  return (
    names.length > 0 &&
    names.some((name) => name.startsWith('@') || name.startsWith('record.')) &&
    names.every((name) => /^[@\w.#]{1,80}$/.test(name))
  );
}

/** What a row of a query is that tells of no run: counts and sums, and what was asked for beside them. */
export const QUERIED = { kind: 'console', fields: {} } as const;

/** What a row is, by its values under the names of their columns; null where it tells of no run. */
export function rowToKnown(
  cells: readonly (readonly [name: string, value: string])[],
): { readonly kind: Kind; readonly fields: Fields } | null {
  const found = new Map<string, string | number>();
  for (const [name, written] of cells) {
    const field = ownValue(COLUMNS, name);
    const value = written.trim();
    if (field === undefined || value === '' || value === '-') continue;
    if (!MEASURED.test(field)) {
      found.set(field, value);
      continue;
    }
    const number = toNumber(value);
    if (number === null) continue;
    if (!BYTES.has(name)) found.set(field, number);
    // 1024 MB are 1,024,000,000 of them.
    else if (number >= 1_000_000 && number % 1_000_000 === 0) found.set(field, number / 1_000_000);
  }
  const { type, ...told } = Object.fromEntries(found);
  const names = Object.keys(told);
  const byType = type === undefined ? undefined : ownValue(TYPES, String(type));
  const isReport = names.some((name) => MEASURED.test(name) || name === 'status');
  const kind = byType ?? (isReport ? 'report' : undefined);
  if (kind === undefined || names.length === 0) return null;
  return { kind, fields: { ...told, row: 'query' } };
}

/** A number as queries write it: with a comma between thousands, with an exponent. */
function toNumber(text: string): number | null {
  const bare = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return /^\d{1,15}(?:\.\d{1,12})?(?:E\d{1,2})?$/i.test(bare) ? Number(bare) : null;
}
