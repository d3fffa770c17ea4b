/** Which invocations do these lines tell of? Lines are joined by request id, never by their order alone: requests may be interleaved. */
import { billingOf, type Billing } from './billing.ts';
import type { Outcome, Run } from './explanation.ts';
import type { ErrorFact, Fact, InitReportFact, ReportFact } from './facts.ts';

type FactOf<Is extends Fact['is']> = Extract<Fact, { readonly is: Is }>;

/** An attempt with the facts that it was made of. */
export interface Traced {
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
  readonly isRestored: boolean;
  readonly billing: Billing;
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

/** An attempt while its lines are collected. */
interface Draft {
  readonly lane: Lane;
  readonly id: string | null;
  readonly attempt: number;
  readonly opened: number;
  closed: number;
  start: FactOf<'start'> | null;
  end: FactOf<'end'> | null;
  report: ReportFact | null;
  done: FactOf<'done'> | null;
  initStart: FactOf<'init-start'> | null;
  initReports: InitReportFact[];
  uncaught: ErrorFact[];
  answer: ErrorFact | null;
  timedOut: FactOf<'timed-out'> | null;
  exited: FactOf<'exited'> | null;
  isRestored: boolean;
  /** What the program wrote before START and after it. */
  readonly before: Fact[];
  readonly output: Fact[];
  readonly lines: number[];
}

/** Lines of one stream; those without a stream share one. */
interface Lane {
  readonly stream: string | null;
  /** Lines of an init, before the START that they lead to. */
  pending: Fact[];
  readonly open: Set<Draft>;
  last: Draft | null;
}

/** The runs in the order in which they began. `count` is the number of lines; `pythonOf` names the version that a line shows. */
export function traceRuns(facts: readonly Fact[], pythonOf: (line: number) => string | null, isEmulated: boolean): Tracing {
  const { drafts, loose } = new Collector().collect(inTime(facts));
  const places = findEnvironments(drafts, isEmulated);
  const traced: Traced[] = [];
  const pythons = new Set(facts.map(({ at }) => pythonOf(at)).filter((version) => version !== null));
  const only = pythons.size === 1 ? ([...pythons][0] ?? null) : null;
  for (const [index, draft] of drafts.entries()) {
    const place = places[index] as Placed;
    const previous = place.previous === null ? null : (traced[place.previous] ?? null);
    const own = draft.lines.map(pythonOf).find((version) => version !== null) ?? only;
    traced.push(finish(draft, place, previous, own, isEmulated));
  }
  return { traced, loose };
}

/** Oldest first: a query's rows often come with the newest on top. */
function inTime(facts: readonly Fact[]): readonly Fact[] {
  let up = 0;
  let down = 0;
  let last: Fact | null = null;
  for (const fact of facts) {
    if (fact.time === null) continue;
    if (last?.time != null && last.event !== fact.event) {
      if (fact.time > last.time) up++;
      else if (fact.time < last.time) down++;
    }
    last = fact;
  }
  if (down <= up) return facts;
  const events: Fact[][] = [];
  for (const fact of facts) {
    const event = events.at(-1);
    if (event?.[0]?.event === fact.event) event.push(fact);
    else events.push([fact]);
  }
  return events.reverse().flat();
}

class Collector {
  readonly #lanes = new Map<string | null, Lane>();
  readonly #byId = new Map<string, Draft>();
  readonly #drafts: Draft[] = [];
  readonly #loose: Fact[] = [];
  #order = 0;
  /** The draft that the line before belongs to, for what follows in the same event. */
  #before: { readonly event: number; readonly draft: Draft | null } | null = null;

  collect(facts: readonly Fact[]): { readonly drafts: readonly Draft[]; readonly loose: readonly Fact[] } {
    for (const fact of facts) {
      this.#order++;
      const draft = this.#take(fact);
      this.#before = { event: fact.event, draft };
    }
    for (const lane of this.#lanes.values()) this.#loose.push(...lane.pending);
    return { drafts: this.#drafts.toSorted((one, other) => one.opened - other.opened), loose: this.#loose };
  }

  #take(fact: Fact): Draft | null {
    const lane = this.#laneOf(fact.stream);
    switch (fact.is) {
      case 'init-start':
        // Another init begins: what came before it led to no invocation.
        this.#loose.push(...lane.pending);
        lane.pending = [fact];
        return null;
      case 'init-report': {
        const [open] = lane.open;
        if (fact.phase === 'init' || lane.pending.length > 0 || lane.open.size !== 1 || open === undefined) {
          lane.pending.push(fact);
          return null;
        }
        return this.#add(open, fact);
      }
      case 'start':
        return this.#start(lane, fact);
      case 'end':
      case 'report':
      case 'done':
        return this.#close(lane, fact);
      case 'timed-out':
      case 'exited': {
        const draft = this.#known(lane, fact) ?? this.#only(lane) ?? this.#dying(lane, fact);
        if (draft === null) {
          if (fact.id !== null) return this.#add(this.#open(lane, fact), fact);
          this.#loose.push(fact);
          return null;
        }
        return this.#add(draft, fact);
      }
      case 'after': {
        const draft = this.#same(fact) ?? this.#only(lane) ?? lane.last;
        if (draft === null) this.#loose.push(fact);
        else this.#add(draft, fact);
        return draft;
      }
      case 'answer': {
        const draft = this.#known(lane, fact);
        if (draft === null) this.#loose.push(fact);
        else this.#add(draft, fact);
        return draft;
      }
      case 'restore':
      case 'uncaught':
      case 'logged':
      case 'output':
        return this.#other(lane, fact);
    }
  }

  #start(lane: Lane, fact: FactOf<'start'>): Draft {
    const known = this.#known(lane, fact);
    if (known !== null && known.start === null && known.end === null && known.report === null) {
      known.start = fact;
      return this.#add(known, fact);
    }
    if (known?.start != null && known.start.time !== null && known.start.time === fact.time) {
      known.lines.push(fact.at);
      return known;
    }
    const draft = this.#open(lane, fact);
    draft.start = fact;
    const isInit = lane.pending.some(({ is }) => is === 'init-start' || is === 'init-report');
    if (lane.open.size === 1 || isInit) {
      for (const earlier of lane.pending) {
        if (earlier.is === 'output') draft.before.push(earlier);
        this.#add(draft, earlier);
      }
    } else this.#loose.push(...lane.pending);
    lane.pending = [];
    return this.#add(draft, fact);
  }

  #close(lane: Lane, fact: FactOf<'end'> | ReportFact | FactOf<'done'>): Draft {
    let draft = this.#known(lane, fact) ?? (fact.id === null ? (this.#same(fact) ?? this.#only(lane)) : null);
    if (draft !== null && fact.is === 'end' && draft.end !== null) draft = isCopy(draft.end, fact) ? draft : null;
    if (draft !== null && fact.is === 'report' && draft.report !== null) {
      if (draft.report.durationMs === fact.durationMs && draft.report.billedMs === fact.billedMs) {
        draft.lines.push(fact.at);
        return draft;
      }
      draft = null;
    }
    draft ??= this.#openCut(lane, fact);
    if (fact.is === 'end') draft.end = fact;
    else if (fact.is === 'report') draft.report = fact;
    else draft.done = fact;
    draft.closed = this.#order;
    draft.lane.open.delete(draft);
    return this.#add(draft, fact);
  }

  #other(lane: Lane, fact: Fact): Draft | null {
    if (fact.id !== null) {
      const draft = this.#known(lane, fact);
      return this.#add(draft ?? this.#openCut(lane, fact), fact);
    }
    const same = this.#same(fact);
    if (same !== null) return this.#add(same, fact);
    const isInit = lane.pending.some(({ is }) => is === 'init-start' || is === 'init-report');
    if (isInit || lane.open.size === 0) {
      // An init's lines, or output of a run whose beginning is cut off: the next START or END decides.
      if (isInit && lane.stream === null && lane.open.size > 0) this.#loose.push(fact);
      else lane.pending.push(fact);
      return null;
    }
    const only = this.#only(lane);
    if (only === null) this.#loose.push(fact);
    return only === null ? null : this.#add(only, fact);
  }

  /** An attempt whose START isn't there: what was written before its first line is its own where nothing else explains it. */
  #openCut(lane: Lane, fact: Fact): Draft {
    const draft = this.#open(lane, fact);
    const isFirst = this.#drafts.length === 1;
    for (const earlier of lane.pending) {
      if (isFirst || earlier.is !== 'output') this.#add(draft, earlier);
      else this.#loose.push(earlier);
    }
    lane.pending = [];
    return draft;
  }

  #open(lane: Lane, fact: Fact): Draft {
    const earlier = fact.id === null ? undefined : this.#byId.get(fact.id);
    const draft: Draft = {
      lane,
      id: fact.id,
      attempt: (earlier?.attempt ?? 0) + 1,
      opened: this.#order,
      closed: Infinity,
      start: null,
      end: null,
      report: null,
      done: null,
      initStart: null,
      initReports: [],
      uncaught: [],
      answer: null,
      timedOut: null,
      exited: null,
      isRestored: false,
      before: [],
      output: [],
      lines: [],
    };
    if (earlier !== undefined) earlier.lane.open.delete(earlier);
    this.#drafts.push(draft);
    if (fact.id !== null) this.#byId.set(fact.id, draft);
    lane.open.add(draft);
    lane.last = draft;
    return draft;
  }

  #add(draft: Draft, fact: Fact): Draft {
    draft.lines.push(fact.at);
    if (fact.is === 'init-start') draft.initStart = fact;
    else if (fact.is === 'init-report') draft.initReports.push(fact);
    else if (fact.is === 'uncaught') draft.uncaught.push(fact);
    else if (fact.is === 'answer') draft.answer ??= fact;
    else if (fact.is === 'timed-out') draft.timedOut ??= fact;
    else if (fact.is === 'exited') draft.exited ??= fact;
    else if (fact.is === 'restore') draft.isRestored = true;
    else if (fact.is === 'output' && draft.start !== null) draft.output.push(fact);
    return draft;
  }

  #laneOf(stream: string | null): Lane {
    let lane = this.#lanes.get(stream);
    if (lane === undefined) {
      lane = { stream, pending: [], open: new Set(), last: null };
      this.#lanes.set(stream, lane);
    }
    return lane;
  }

  /** The last attempt with the same request id, unless it ran in another environment. */
  #known(lane: Lane, { id }: Fact): Draft | null {
    const draft = id === null ? undefined : this.#byId.get(id);
    if (draft === undefined) return null;
    const isElsewhere = draft.lane !== lane && draft.lane.stream !== null && lane.stream !== null;
    return isElsewhere ? null : draft;
  }

  #same({ event }: Fact): Draft | null {
    return this.#before?.event === event ? this.#before.draft : null;
  }

  #only(lane: Lane): Draft | null {
    const [draft] = lane.open;
    return lane.open.size === 1 && draft !== undefined ? draft : null;
  }

  /** An end without an id, just behind the REPORT of its attempt. */
  #dying(lane: Lane, fact: Fact): Draft | null {
    return fact.id === null && lane.open.size === 0 && lane.pending.length === 0 ? lane.last : null;
  }
}

function isCopy(one: Fact, other: Fact): boolean {
  return one.time !== null && one.time === other.time;
}

interface Placed {
  readonly environment: number | null;
  readonly isByStream: boolean;
  readonly previous: number | null;
}

/**
 * In which environment each attempt ran: that of its stream, or the only one that was free. Without a stream two that
 * overlap can't have shared one.
 */
function findEnvironments(drafts: readonly Draft[], isEmulated: boolean): readonly Placed[] {
  const lasts: { index: number; stream: string | null }[] = [];
  return drafts.map((draft, index): Placed => {
    const { stream } = draft.lane;
    const isNew = draft.initStart !== null || hasInit(draft);
    const begin = (): Placed => {
      lasts.push({ index, stream });
      return { environment: lasts.length - 1, isByStream: stream !== null, previous: null };
    };
    if (isNew || isEmulated) return begin();
    if (stream !== null) {
      const environment = lasts.findLastIndex((last) => last.stream === stream);
      if (environment === -1) return begin();
      return goOn(environment, true);
    }
    const free = [...lasts.entries()].filter(([, last]) => {
      const before = drafts[last.index];
      return last.stream === null && before !== undefined && isOver(before, draft);
    });
    const [one, other] = free;
    if (one === undefined) return begin();
    if (other !== undefined) return { environment: null, isByStream: false, previous: null };
    return goOn(one[0], false);

    function goOn(environment: number, isByStream: boolean): Placed {
      const last = lasts[environment] as { index: number };
      const previous = last.index;
      last.index = index;
      return { environment, isByStream, previous };
    }
  });
}

function hasInit({ report, initReports }: Draft): boolean {
  return report?.initMs != null || initReports.some(({ phase }) => phase === 'init');
}

/** Whether one attempt was over before the other began, by times where both have them, else by the order of the lines. */
function isOver(one: Draft, other: Draft): boolean {
  const to = spanOf(one).to;
  const from = spanOf(other).from;
  if (to !== null && from !== null && (one.start === null || other.start === null)) return to <= from + 1;
  return one.closed < other.opened;
}

function spanOf({ start, end, report, initReports }: Draft): { readonly from: number | null; readonly to: number | null } {
  const to = end?.time ?? report?.time ?? null;
  const duration = report?.durationMs ?? null;
  if (to !== null && duration !== null) return { from: to - duration, to };
  return { from: initReports.length > 0 ? null : (start?.time ?? null), to };
}

function finish(draft: Draft, place: Placed, previous: Traced | null, python: string | null, isEmulated: boolean): Traced {
  const { report, initReports } = draft;
  const outcome = outcomeOf(draft);
  const twice = linesTwice(draft);
  const start = isEmulated ? 'unknown' : startOf(draft, outcome, previous, twice.length > 0);
  const inside = initReports.find(({ phase }) => phase === 'invoke')?.ms ?? null;
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
  const isInside = inside !== null && duration !== null && inside <= duration;
  const isReset = isResetAfter(draft, outcome);
  return {
    ...draft,
    ...place,
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
      initMs: report?.initMs ?? (isInside ? inside : null),
      initBilled: isEmulated ? null : initBilledOf(report?.initMs ?? null, billing, isInside),
      memoryMb: report?.memoryMb ?? null,
      usedMb: report?.usedMb ?? null,
      ...spanOf(draft),
      before: beforeOf(start, previous),
      isEmulated,
      lines: draft.lines.toSorted((one, other) => one - other),
    },
  };
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

/** Errors that keep a handler from being found, so that they belong to init. */
const INIT_ERRORS =
  /^Runtime\.(?:ImportModuleError|UserCodeSyntaxError|HandlerNotFound|MalformedHandlerName|BuiltInModuleConflict)$/;

function startOf(draft: Draft, outcome: Outcome, previous: Traced | null, isTwice: boolean): Run['start'] {
  const { report, initReports, initStart, start, end, isRestored } = draft;
  if (isRestored || report?.restoreMs != null) return 'restored';
  if (report?.initMs != null) return 'cold';
  if (initReports.some(({ status }) => status !== 'success')) return 'again';
  if (previous?.isReset === true || isTwice) return 'again';
  if (initStart !== null) return 'cold';
  if (report === null) return 'unknown';
  const isInitError = INIT_ERRORS.test(errorTypeOf(draft) ?? '');
  if (isInitError) return report.status === 'error' ? 'again' : previous === null ? 'unknown' : 'warm';
  if (start !== null) return 'warm';
  return end !== null && outcome === 'success' ? 'warm' : 'unknown';
}

function outcomeOf(draft: Draft): Outcome {
  const { report, done, initReports, uncaught, answer, timedOut, exited, start, end } = draft;
  const status = report?.status ?? done?.status ?? null;
  const type = report?.errorType ?? done?.errorType ?? null;
  if (type === 'Runtime.OutOfMemory') return 'memory';
  if (status === 'timeout' || timedOut !== null || answer?.errorType === 'Sandbox.Timedout') return 'timeout';
  if (exited !== null) {
    if (exited.exit === 'killed') return 'killed';
    return exited.exit === 'status' || exited.exit === 'no-reason' ? 'exit' : 'crash';
  }
  if (type === 'Runtime.ExitError') return 'exit';
  if (type === 'Extension.Crash') return 'crash';
  const inside = initReports.find(({ phase }) => phase === 'invoke');
  if (uncaught.length > 0 || answer !== null || type !== null) return 'error';
  if (status === 'error' || status === 'failure') return 'error';
  if (inside?.status === 'error') return 'error';
  if (inside?.status === 'timeout' && report === null) return 'unknown';
  if (status === 'success') return 'success';
  return start !== null && (end !== null || report !== null) ? 'success' : 'unknown';
}

function errorTypeOf({ report, done, initReports, uncaught, answer }: Draft): string | null {
  const named = [uncaught.at(-1), answer, report, done, initReports.at(-1)];
  const types = named.flatMap((fact) => (fact?.errorType == null ? [] : [fact.errorType]));
  return types.find((type) => type !== 'Runtime.Unknown') ?? types[0] ?? null;
}

/** A process ends with a time-out, a crash and a failed init, not with an exception in a handler. */
function isResetAfter({ report, initReports }: Draft, outcome: Outcome): boolean {
  if (outcome === 'error') return report?.status === 'error' || initReports.some(({ status, phase }) => status === 'error' && phase === 'invoke');
  return outcome !== 'success' && outcome !== 'unknown';
}

/** Lines that the program wrote before START and again after it, where no Init Duration says that init was over. */
function linesTwice({ before, output, report, initStart, exited }: Draft): readonly number[] {
  if (report === null || report.initMs !== null || initStart !== null || exited === null) return [];
  for (const early of before) {
    const late = output.find(({ text }) => text.trim() !== '' && text.trim() === early.text.trim());
    if (late !== undefined) return [early.at, late.at];
  }
  return [];
}
