/** What belongs together: attempts at one event, attempts in one environment, and those that ran at the same time? */
import type { Finding } from '../explanation.ts';
import { isManaged, type Traced } from '../runs.ts';
import { linesOf, open, shown, type Context } from './context.ts';

/** Retries, environments and overlaps. */
export function findBelonging(context: Context): readonly Finding[] {
  const real = context.traced.filter(({ run }) => !run.isEmulated);
  return [...findRetries(real), ...findEnvironments(real), ...findOverlaps(context.traced, context.loose)];
}

function findRetries(real: readonly Traced[]): readonly Finding[] {
  const again = real.filter(({ run }) => run.attempt > 1);
  const [only] = again;
  if (only === undefined) return [];
  if (again.length > 1) {
    return [
      shown(
        'retries',
        { count: again.length },
        null,
        again.flatMap(({ start, report }) => linesOf(start ?? report)),
      ),
    ];
  }
  const before = real.findLast(
    ({ run }) => run.requestId === only.run.requestId && run.attempt === only.run.attempt - 1,
  );
  const lines = linesOf(before?.start ?? before?.report, only.start ?? only.report);
  const from = before?.span.to ?? null;
  const to = only.span.from;
  const run = only.index;
  if (from === null || to === null || to < from) return [shown('retries', { count: 1 }, run, lines)];
  return [shown('retry', { seconds: Math.round((to - from) / 1000) }, run, lines)];
}

function findEnvironments(all: readonly Traced[]): readonly Finding[] {
  // An id that only the program wrote may be of anything.
  const real = all.filter(
    (one) => !isManaged(one) && (one.start ?? one.end ?? one.report ?? one.initStart) !== null,
  );
  if (real.length < 2) return [];
  const known = new Set(real.flatMap(({ environment }) => (environment === null ? [] : [environment])));
  const isAll = real.every(({ environment }) => environment !== null);
  const isByStream = real.every((one) => one.isByStream);
  const lines = real.flatMap(({ initStart, start, report }) => linesOf(initStart ?? start ?? report));
  const isSure = isByStream || real.every(({ previous, run }) => previous === null || run.start === 'warm');
  if (known.size === 1 && isAll && isSure) {
    return [shown('one-environment', { count: real.length }, null, lines)];
  }
  if (known.size > 1) {
    const environments = shown('environments', { count: known.size }, null, lines);
    const isClear = isAll && (isByStream || known.size === real.length);
    return isClear ? [environments] : [environments, open('open-environments')];
  }
  return [open('open-environments')];
}

function findOverlaps(traced: readonly Traced[], loose: Context['loose']): readonly Finding[] {
  // Without any END those that began are open to the end of the paste, unless only their beginnings were asked for.
  const isOpen = !traced.some(({ end, report }) => end !== null || report !== null) && loose.length > 0;
  const overlapping = new Set<Traced>();
  let last: Traced | null = null;
  for (const one of traced) {
    if (last !== null && one.start !== null && last.start !== null && one.environment !== last.environment) {
      if (isOpen || one.start.at < endOf(last)) overlapping.add(last).add(one);
    }
    if (last === null || endOf(one) > endOf(last)) last = one;
  }
  const starts = [...overlapping].flatMap(({ start }) => linesOf(start));
  return starts.length === 0 ? [] : [shown('interleaved', { count: overlapping.size }, null, starts)];
}

function endOf({ end, report, run }: Traced): number {
  return report?.at ?? end?.at ?? run.lines.at(-1) ?? 0;
}
