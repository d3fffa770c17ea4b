/** Which invocations do these lines tell of, and how did each begin and end? */
import { billingOf, type Billing } from './billing.ts';
import { collectDrafts, type Draft } from './collect.ts';
import type { Outcome, ReadLine, Run } from './explanation.ts';
import { findEnvironments, spanOf, type Placed, type Span } from './environments.ts';
import {
  factsOf,
  textIn,
  type ErrorFact,
  type Fact,
  type FactOf,
  type InitReportFact,
  type ReportFact,
} from './facts.ts';
import { pathPython } from './frame-owner.ts';

/** An attempt with the facts that it was made of. */
export interface Traced {
  /** Its place among the runs. */
  readonly index: number;
  readonly run: Run;
  readonly start: FactOf<'start'> | null;
  readonly end: FactOf<'end'> | null;
  readonly report: ReportFact | null;
  readonly done: FactOf<'done'> | null;
  readonly initStart: FactOf<'init-start'> | null;
  readonly initReports: readonly InitReportFact[];
  readonly uncaught: readonly ErrorFact[];
  readonly answer: ErrorFact | null;
  readonly timedOut: FactOf<'timed-out'> | null;
  readonly exited: FactOf<'exited'> | null;
  readonly restores: readonly FactOf<'restore'>[];
  readonly billing: Billing;
  /** When it was, in ms: since 1970, or since midnight in a paste without dates. */
  readonly span: Span;
  /** A line that the program wrote both before START and after it: init ran in the invocation once more. */
  readonly twice: readonly number[];
  /** Counts the environments from 0; null where the lines don't say in which one it ran. */
  readonly environment: number | null;
  /** Whether the name of a stream says so. */
  readonly isByStream: boolean;
  /** The attempt before it in the same environment. */
  readonly previous: Traced | null;
  /** The process ended, and the environment was prepared anew. */
  readonly isReset: boolean;
}

/** What runs and lines outside of any run are found in. */
export interface Tracing {
  readonly traced: readonly Traced[];
  /** Facts of no run. */
  readonly loose: readonly Fact[];
}

/** The runs in the order in which they began. */
export function traceRuns(lines: readonly ReadLine[]): Tracing {
  const { drafts, loose } = collectDrafts(factsOf(lines));
  const hasEmulator = lines.some(isOfEmulator);
  const emulated = drafts.map((draft) => isEmulated(draft, lines, hasEmulator));
  const places = findEnvironments(drafts, emulated);
  const isAnswered = drafts.length === 1 && hasGoodAnswer(lines);
  const traced: Traced[] = [];
  const pythons = lines.map(pythonOf);
  const known = new Set(pythons.filter((version) => version !== null));
  const only = known.size === 1 ? ([...known][0] ?? null) : null;
  for (const [index, draft] of drafts.entries()) {
    const place = places[index] as Placed;
    const previous = place.previous === null ? null : (traced[place.previous] ?? null);
    const isSeen = isAnswered || isWhole(draft, lines);
    const own = draft.lines.map((line) => pythons[line] ?? null).find((version) => version !== null) ?? only;
    const isMaybeReset = place.maybe.some((before) => traced[before]?.isReset === true);
    traced.push(
      finish(draft, {
        index,
        place,
        previous,
        python: own,
        isEmulated: emulated[index] === true,
        isSeen,
        isAnswered,
        isMaybeReset,
      }),
    );
  }
  return { traced, loose };
}

/** Whether the paste shows what the function answered, and that it's no error. */
function hasGoodAnswer(lines: readonly ReadLine[]): boolean {
  const answers = lines.filter(({ kind }) => kind === 'payload' || kind === 'payload-error');
  return (
    answers.some(({ kind }) => kind === 'payload') &&
    !answers.some(({ kind, text }) => kind === 'payload-error' || /"error(?:Message|Type)"/.test(text))
  );
}

/** Python's version, where a line or its path tells it. */
function pythonOf({ fields }: ReadLine): string | null {
  const file = textIn(fields, 'file');
  return textIn(fields, 'python') ?? (file === null ? null : pathPython(file));
}

/** Whether an emulator wrote a line, by its kind or by a field that no line of Lambda's has. */
export function isOfEmulator({ kind, text, fields }: ReadLine): boolean {
  if (kind === 'tool')
    return /inside runtime container|^(?:Using )?local image|^\s*Attaching to |exited with code \d+$/i.test(
      text,
    );
  return kind === 'emulator' || kind === 'emulator-timed-out' || fields.emulator !== undefined;
}

/** Version 1 without a variant: how docker-lambda makes ids. Lambda's are true UUIDs. */
const MADE_UP_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[0-7c-f][0-9a-f]{3}-/i;

/** Emulators write Lambda's lines, too: where one is seen, only what none of them writes makes a run a true one. */
function isEmulated(draft: Draft, lines: readonly ReadLine[], hasEmulator: boolean): boolean {
  if (draft.id !== null && MADE_UP_ID.test(draft.id)) return true;
  if (!hasEmulator) return false;
  if (draft.lines.some((line) => lines[line] !== undefined && isOfEmulator(lines[line]))) return true;
  const { report, initStart, initReports } = draft;
  const isTold = (report?.initMs ?? null) !== null || (report?.status ?? null) !== null;
  return !isTold && initStart === null && initReports.length === 0;
}

/** What is known of an attempt beside its own lines. */
interface Around {
  readonly index: number;
  readonly place: Placed;
  readonly previous: Traced | null;
  readonly python: string | null;
  readonly isEmulated: boolean;
  /** An error would be among its lines. */
  readonly isSeen: boolean;
  /** What the function answered is there, too, and it's no error. */
  readonly isAnswered: boolean;
  /** One of those that it may have come after ended the process. */
  readonly isMaybeReset: boolean;
}

function finish(draft: Draft, around: Around): Traced {
  const { index, place, previous, python, isEmulated, isSeen, isAnswered, isMaybeReset } = around;
  const { report, initReports } = draft;
  const twice = linesTwice(draft);
  const inside = initReports.find(({ phase }) => phase === 'invoke')?.ms ?? null;
  const good = initReports.find(isGoodInit)?.ms ?? null;
  const duration = report?.durationMs ?? null;
  const billed = report?.billedMs ?? null;
  const seconds = draft.timedOut?.seconds ?? null;
  const billing =
    duration === null || billed === null
      ? null
      : billingOf({
          durationMs: duration,
          billedMs: billed,
          initMs: report?.initMs ?? null,
          cappedMs: seconds === null ? null : Math.floor(seconds) * 1000,
        });
  // Without its START a REPORT that fits no form may be that of an end that isn't shown.
  const isSure = isSeen && (draft.start !== null || report === null || billing !== null);
  const outcome = outcomeOf(draft, isSure, isAnswered);
  const began =
    isEmulated || isManaged(draft) ? 'unknown' : startOf(draft, outcome, previous, twice.length > 0);
  const start = began === 'warm' && isMaybeReset ? 'unknown' : began;
  const isInside = inside !== null && duration !== null && inside <= duration;
  const isReset = !isManaged(draft) && isResetAfter(draft, outcome);
  return {
    index,
    start: draft.start,
    end: draft.end,
    report,
    done: draft.done,
    initStart: draft.initStart,
    initReports,
    uncaught: draft.uncaught,
    answer: draft.answer,
    timedOut: draft.timedOut,
    exited: draft.exited,
    restores: draft.restores,
    environment: place.environment,
    isByStream: place.isByStream,
    span: spanOf(draft),
    previous,
    billing,
    twice,
    isReset,
    run: {
      requestId: draft.id,
      attempt: draft.attempt,
      start,
      outcome,
      errorType: errorTypeOf(draft),
      error: null,
      python,
      durationMs: duration,
      billedMs: billed,
      initMs: report?.initMs ?? (isInside ? inside : good),
      initBilled:
        isEmulated || isInAdvance(draft) ? null : initBilledOf(report?.initMs ?? null, billing, isInside),
      memoryMb: report?.memoryMb ?? null,
      usedMb: report?.usedMb ?? null,
      ...datedSpan(draft),
      before: beforeOf(start, previous),
      isEmulated,
      lines: draft.lines.toSorted((one, other) => one - other),
    },
  };
}

function datedSpan(draft: Draft): Span {
  const isDated = [draft.start, draft.end, draft.report].some((fact) => fact?.isDated === true);
  return isDated ? spanOf(draft) : { from: null, to: null };
}

function initBilledOf(initMs: number | null, billing: Billing, isInside: boolean): boolean | null {
  if (initMs === null) return isInside && billing === 'run' ? true : null;
  if (billing === 'run-and-init') return true;
  return billing === 'run' || billing === 'steps' ? false : null;
}

function beforeOf(start: Run['start'], previous: Traced | null): Run['before'] {
  if (start === 'unknown') return 'unknown';
  if (start === 'warm') return previous?.isReset === true ? 'nothing' : 'frozen';
  return 'nothing';
}

/** With Managed Instances a report has a duration alone, and processes that share an environment are never frozen. */
export function isManaged({ report }: Pick<Draft, 'report'>): boolean {
  if (report?.text.trimStart().startsWith('{') !== true) return false;
  return report.durationMs !== null && report.billedMs === null && report.memoryMb === null;
}

/** A zip's init was free before. */
const BILLED_SINCE = Date.UTC(2025, 7, 1);

/** Whether an init is charged in another way than by its report's Billed Duration: it was made in advance, or so it looks. */
export function isInAdvance({
  initReports,
  report,
  start,
  end,
}: Pick<Traced, 'initReports' | 'report' | 'start' | 'end'>): boolean {
  if (typeof report?.initMs !== 'number') return false;
  if (initReports.some(isGoodInit)) return true;
  const last = end ?? report;
  const isLate = last.isDated && (last.time ?? start?.time ?? 0) >= BILLED_SINCE;
  const { billedMs, durationMs } = report;
  return isLate && billedMs !== null && durationMs !== null && billedMs <= Math.ceil(durationMs);
}

/** With provisioned concurrency an init is reported that went well. */
function isGoodInit({ phase, status }: InitReportFact): boolean {
  return phase === 'init' && status === 'success';
}

/** Errors that keep a handler from being found, so that they belong to init. */
const INIT_ERRORS =
  /^Runtime\.(?:ImportModuleError|UserCodeSyntaxError|HandlerNotFound|MalformedHandlerName|BuiltInModuleConflict)$/;

function startOf(draft: Draft, outcome: Outcome, previous: Traced | null, isTwice: boolean): Run['start'] {
  const { report, initReports, initStart, start, restores } = draft;
  if (restores.length > 0 || (report?.restoreMs ?? null) !== null) return 'restored';
  if ((report?.initMs ?? null) !== null) return 'cold';
  if (initReports.some(({ status }) => status !== 'success')) return 'again';
  if (previous?.isReset === true || isTwice) return 'again';
  if (initStart !== null || initReports.some(isGoodInit)) return 'cold';
  if (report === null || report.isCut) return 'unknown';
  const isInitError =
    INIT_ERRORS.test(errorTypeOf(draft) ?? '') || draft.uncaught.some(({ isOfImport }) => isOfImport);
  if (isInitError) return report.status === 'error' ? 'again' : previous === null ? 'unknown' : 'warm';
  // What ended the process may have ended it in an init that no line shows.
  const isEnded = outcome === 'crash' || outcome === 'exit' || outcome === 'killed' || outcome === 'memory';
  if ((isEnded || draft.exited !== null) && previous === null) return 'unknown';
  if (start !== null) return 'warm';
  return outcome === 'success' ? 'warm' : 'unknown';
}

function outcomeOf(draft: Draft, isSeen: boolean, isAnswered: boolean): Outcome {
  const { report, done, initReports, uncaught, answer, timedOut, exited, end } = draft;
  const status = report?.status ?? done?.status ?? null;
  const type = report?.errorType ?? done?.errorType ?? null;
  if (type === 'Runtime.OutOfMemory') return 'memory';
  if (status === 'timeout' || timedOut !== null || answer?.errorType === 'Sandbox.Timedout') return 'timeout';
  if (type === 'Extension.Crash') return 'crash';
  if (exited !== null) {
    if (exited.exit === 'killed') return 'killed';
    if (exited.exit === 'entry-point') return 'error';
    return exited.exit === 'status' || exited.exit === 'no-reason' ? 'exit' : 'crash';
  }
  if (type === 'Runtime.ExitError') return 'exit';
  const inside = initReports.find(({ phase }) => phase === 'invoke');
  if (uncaught.length > 0 || answer !== null || type !== null) return 'error';
  if (status === 'error' || status === 'failure') return 'error';
  if (inside?.status === 'error') return 'error';
  if (inside?.status === 'timeout' && report === null) return 'unknown';
  if (status === 'success') return 'success';
  // Time-outs, exits and kills are told by REPORT alone: END says of none that it was no success.
  const isTold = isAnswered ? (end ?? report) !== null : report !== null;
  return isSeen && isTold && report?.isCut !== true ? 'success' : 'unknown';
}

/** Whether a line is a query's row: an attempt's other lines are none of its result. */
export function isOfQuery(line: ReadLine | undefined): boolean {
  return line?.fields.row === 'query';
}

/**
 * Whether an error would be there: from START on, or in the line before END, where the runtime writes it. Pieces of lines may
 * have been one.
 */
function isWhole({ start, end, lines: own }: Draft, lines: readonly ReadLine[]): boolean {
  if (own.some((line) => PIECES.has(lines[line]?.kind ?? 'not-known') || isOfQuery(lines[line])))
    return false;
  if (start !== null) return true;
  const before =
    end === null
      ? undefined
      : own.filter((line) => line < end.at).reduce((last, line) => Math.max(last, line), -1);
  const kind = before === undefined ? undefined : lines[before]?.kind;
  // The first line of a paste may be the end of another.
  return kind !== undefined && before !== 0 && WRITTEN.has(kind);
}

/** Pieces of lines that may tell of an error, or of an end. */
const PIECES: ReadonlySet<ReadLine['kind']> = new Set(['torn-line', 'cut-line', 'left-out']);

/** What the program writes itself. */
const WRITTEN: ReadonlySet<ReadLine['kind']> = new Set(['your-output', 'your-log', 'your-json', 'exception']);

function errorTypeOf({ report, done, initReports, uncaught, answer, exited }: Draft): string | null {
  const named = [uncaught.at(-1), answer, report, done, exited, initReports.at(-1)];
  const types = named.flatMap((fact) => fact?.errorType ?? []);
  return types.find((type) => type !== 'Runtime.Unknown') ?? types[0] ?? null;
}

/** A process ends with a time-out, a crash and a failed init, not with an exception in a handler. */
function isResetAfter({ report, initReports, uncaught }: Draft, outcome: Outcome): boolean {
  if (uncaught.some(({ errorType }) => errorType === 'Function.ResponseSizeTooLarge')) return true;
  if (outcome === 'error')
    return (
      report?.status === 'error' ||
      initReports.some(({ status, phase }) => status === 'error' && phase === 'invoke')
    );
  return outcome !== 'success' && outcome !== 'unknown';
}

/** Lines that the program wrote before START and again after it, where no Init Duration says that init was over. */
function linesTwice({ start, before, output, report, initStart, exited }: Draft): readonly number[] {
  if (report?.initMs !== null || initStart !== null || exited === null) return [];
  // By their texts: a program that prints much prints much twice.
  const later = Map.groupBy(output, ({ text }) => text.trim());
  for (const early of before) {
    const text = early.text.trim();
    const late =
      text === '' ? undefined : later.get(text)?.find(({ at }) => at > Math.max(early.at, start?.at ?? 0));
    if (late !== undefined) return [early.at, late.at];
  }
  return [];
}
