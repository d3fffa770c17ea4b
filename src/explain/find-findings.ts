/** What do the lines show, and what do they leave open? The answer comes first. */
import type { Finding, ReadLine } from './explanation.ts';
import { findBelonging } from './find/belonging.ts';
import { indicesOf, linesOf, shown, type Context } from './find/context.ts';
import { findEndings } from './find/endings.ts';
import { findBilling, findMemory } from './find/numbers.ts';
import { findOpen } from './find/opens.ts';
import { findPaste } from './find/pastes.ts';
import { findPrograms, isErrorLevel, TELLS_STACK } from './find/programs.ts';
import { findStarts } from './find/starts.ts';
import type { ReportFact } from './facts.ts';
import { FINDING_IDS, type FindingId } from './findings.ts';

const ORDER = new Map(FINDING_IDS.map((id, index) => [id, index]));

/** What is no answer by itself. */
const BESIDE: ReadonlySet<FindingId> = new Set([
  'python',
  'copies',
  'begins-cut',
  'cells-cut',
  'zones-differ',
  'open-environments',
  'open-billing',
  'memory-full',
  'one-environment',
  'environments',
]);

/** All findings in the order of their table: what is shown, then what isn't. */
export function findFindings(context: Context): readonly Finding[] {
  const found = [
    ...findEndings(context),
    ...findSuccess(context),
    ...findStarts(context),
    ...findBilling(context),
    ...findBelonging(context),
    ...findMemory(context),
    ...findPrograms(context),
    ...findPaste(context),
  ];
  const shownOnly = found.some(({ id }) => !BESIDE.has(id));
  if (!shownOnly) found.push(...findRest(context));
  const all = [...found, ...findOpen(context, found)];
  return all.toSorted(
    (one, other) =>
      Number(other.isShown) - Number(one.isShown) || (ORDER.get(one.id) ?? 0) - (ORDER.get(other.id) ?? 0),
  );
}

function findSuccess({ lines, runs, loose }: Context): readonly Finding[] {
  if (runs.length === 0 && !loose.some(({ is }) => is === 'uncaught' || is === 'answer')) {
    const answers = lines.flatMap(({ kind, fields }, index) => {
      // Between the two an error would be there.
      const isWhole = fields.statusCode === 200 && (fields.version ?? fields.condition) !== undefined;
      return kind === 'invoke-answer' && isWhole && fields.functionError === undefined ? [index] : [];
    });
    const isEach = lines.every(
      ({ kind, fields }) => kind !== 'invoke-answer' || fields.functionError === undefined,
    );
    if (answers.length > 0 && isEach)
      return [shown('all-succeeded', { count: answers.length }, null, answers)];
  }
  // An error of no known attempt may be that of one of them.
  const isOpen = loose.some(({ is }) => is === 'uncaught');
  const isAll = runs.length > 0 && !isOpen && runs.every(({ outcome }) => outcome === 'success');
  if (!isAll) return [];
  const all = shown('all-succeeded', { count: runs.length }, runs.length === 1 ? 0 : null, []);
  // Where a traceback is, more is said of the exception that it's of.
  const errors = lines.some(({ kind }) => kind === 'your-traceback' || kind === 'exception')
    ? []
    : indicesOf(lines, isOwnError);
  return errors.length === 0
    ? [all]
    : [all, shown('logged-error', { count: errors.length }, runs.length === 1 ? 0 : null, errors)];
}

/** A line that the program itself has logged as an error, without the keys of an exception. */
function isOwnError({ kind, fields, isCopy, text }: ReadLine): boolean {
  const isOwn = (kind === 'your-log' || kind === 'your-json') && !isCopy;
  return isOwn && isErrorLevel(fields) && !TELLS_STACK.test(text);
}

/** What can be said where neither an end nor a start is shown. */
function findRest({ lines, traced }: Context): readonly Finding[] {
  const [first] = traced;
  const run = traced.length === 1 ? 0 : null;
  const reports = traced.flatMap(({ report }) =>
    (report?.durationMs ?? null) === null ? [] : [report as ReportFact],
  );
  if (reports.length > 0) {
    const mostMs = reports.reduce((most, { durationMs }) => Math.max(most, durationMs ?? 0), 0);
    return [
      shown(
        'measured',
        { count: reports.length, mostMs },
        run,
        reports.map(({ at }) => at),
      ),
    ];
  }
  const ended = traced.filter(({ end }) => end !== null);
  if (ended.length > 0) {
    return [
      shown(
        'ended',
        { count: ended.length },
        run,
        ended.flatMap(({ end }) => linesOf(end)),
      ),
    ];
  }
  const begun = traced.filter(({ start }) => start !== null);
  if (begun.length > 0)
    return [
      shown(
        'begun',
        { count: begun.length },
        run,
        begun.flatMap(({ start }) => linesOf(start)),
      ),
    ];
  const own = indicesOf(lines, ({ kind }) => kind === 'your-log' || kind === 'your-json');
  if (own.length === 0 && first === undefined) return [];
  return [shown('program-only', { count: Math.max(1, own.length) }, run, own)];
}
