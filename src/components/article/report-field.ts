import { eventsToLog, type RecordedRun } from '../../trace/format.ts';

/**
 * A field of the first line of a run's log that begins with `kind`, REPORT or INIT_REPORT: `1.75 ms` of `Duration: 1.75 ms`.
 * Throws where the log has no such line or the line no such field: an article would show nothing.
 */
export function reportField({ events }: Pick<RecordedRun, 'events'>, kind: string, field: string): string {
  const line = eventsToLog(events)
    .split('\n')
    .find((one) => one.startsWith(`${kind} `));
  if (line === undefined) throw new RangeError(`The log has no ${kind}.`);
  const value = line
    .slice(kind.length + 1)
    .split('\t')
    .find((part) => part.startsWith(`${field}: `));
  if (value === undefined) throw new RangeError(`${kind} has no "${field}": ${line}`);
  return value.slice(field.length + 2).trim();
}
