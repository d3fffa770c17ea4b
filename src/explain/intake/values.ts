/** How do written values become numbers and times? */

const NUMBERS: ReadonlySet<string> = new Set([
  'durationMs',
  'billedMs',
  'initMs',
  'restoreMs',
  'billedRestoreMs',
  'memoryMb',
  'usedMb',
  'seconds',
  'line',
  'exitStatus',
  'exitCode',
  'statusCode',
]);

/** A field's value: a number where its name says so, otherwise as it was written. */
export function valueOf(name: string, text: string): string | number {
  return NUMBERS.has(name) ? Number(text) : text;
}

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|UTC|\(?([+-])(\d\d):?(\d\d)\)?)?$/;

/**
 * Milliseconds since 1970 of a written time; one without a zone is taken as UTC, which is the zone of every environment. Null where it
 * is no time. A fraction of one or two digits is milliseconds without their zeros: loggers of some years wrote `45.32` for 32 ms.
 */
export function timeToEpoch(text: string): number | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', , sign, hours = '0', minutes = '0'] = match;
  const ms = Number(fraction.slice(0, 3));
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  );
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return Number.isNaN(utc) ? null : sign === undefined ? utc : sign === '-' ? utc + offset : utc - offset;
}

/** Python's version in a runtime's (`python:3.12.v18`: 3.12); null where it is another language's. */
export function pythonOf(runtimeVersion: string): string | null {
  return /^python:(\d\.\d{1,2})\b/.exec(runtimeVersion)?.[1] ?? null;
}
