/** Which lines belong together? They are joined by request id, never by their order alone: requests may be interleaved. */
import type { ErrorFact, Fact, FactOf, InitReportFact, ReportFact } from './facts.ts';

/** An attempt while its lines are collected. */
export interface Draft {
  readonly lane: Lane;
  id: string | null;
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
  restores: FactOf<'restore'>[];
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
  /** Whether one of them tells of an init. */
  isInit: boolean;
  readonly open: Set<Draft>;
  last: Draft | null;
}

/** Attempts, and the facts that belong to none. */
export interface Collected {
  /** In the order in which they began. */
  readonly drafts: readonly Draft[];
  readonly loose: readonly Fact[];
}

/** Puts facts together to attempts. */
export function collectDrafts(facts: readonly Fact[]): Collected {
  return new Collector().collect(inTime(facts));
}

/** Oldest first: a query's rows often come with the newest on top. */
function inTime(facts: readonly Fact[]): readonly Fact[] {
  let up = 0;
  let down = 0;
  let last: Fact | null = null;
  for (const fact of facts) {
    if (fact.time === null) continue;
    if (last !== null && last.time !== null && last.event !== fact.event) {
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

/** Characters of a shortened id: the first part of a UUID. */
const SHORT = 8;

/** Attempts that a cut id may be of. */
const RECENT = 20;

/** An invocation begins at once after the init that it waits for. */
const SOON = 60_000;

class Collector {
  readonly #lanes = new Map<string | null, Lane>();
  readonly #byId = new Map<string, Draft>();
  /** By the first part of their ids. */
  readonly #byStart = new Map<string, Draft>();
  readonly #drafts: Draft[] = [];
  readonly #loose: Fact[] = [];
  #order = 0;
  /** Where the last end of each id is, counted as `#order`. */
  readonly #lastEnds = new Map<string, number>();
  /** The draft that the line before belongs to, for what follows in the same event. */
  #before: { readonly event: number; readonly draft: Draft | null } | null = null;

  collect(facts: readonly Fact[]): Collected {
    facts.forEach(({ is, id }, index) => {
      if (id !== null && (is === 'end' || is === 'report')) this.#lastEnds.set(id, index + 1);
    });
    for (const fact of facts) {
      this.#order++;
      const draft = this.#take(fact);
      this.#before = { event: fact.event, draft };
    }
    for (const lane of this.#lanes.values()) this.#drop(lane.pending);
    return { drafts: this.#drafts.toSorted((one, other) => one.opened - other.opened), loose: this.#loose };
  }

  #take(fact: Fact): Draft | null {
    const lane = this.#laneOf(fact.stream);
    switch (fact.is) {
      case 'init-start':
        // Another init begins: what came before it led to no invocation.
        this.#drop(lane.pending);
        lane.pending = [fact];
        lane.isInit = true;
        return null;
      case 'init-report': {
        const [open] = lane.open;
        if (fact.phase === 'init' || lane.pending.length > 0 || lane.open.size !== 1 || open === undefined) {
          lane.pending.push(fact);
          lane.isInit = true;
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
      case 'part':
        return this.#other(lane, fact);
    }
  }

  /** Lines of no attempt; one by one, as a call takes only so many arguments. */
  #drop(facts: readonly Fact[]): void {
    for (const fact of facts) this.#loose.push(fact);
  }

  #start(lane: Lane, fact: FactOf<'start'>): Draft {
    const known = this.#known(lane, fact);
    if (known !== null && known.start === null && known.end === null && known.report === null) {
      known.start = fact;
      return this.#add(known, fact);
    }
    if (known?.start !== undefined && known.start !== null && isCopy(known.start, fact)) {
      known.lines.push(fact.at);
      return known;
    }
    const isBehind =
      known !== null &&
      known.start === null &&
      isAtOnce(known.end ?? known.report, fact) &&
      (this.#lastEnds.get(known.id ?? '') ?? 0) < this.#order;
    // Its end is there already, and no time says that another attempt began: the newest line may be on top.
    const draft = isBehind ? known : this.#open(lane, fact);
    if (isBehind) lane.open.add(known);
    draft.start = fact;
    if (lane.open.size === 1 || lane.isInit) {
      for (const earlier of lane.pending) {
        if (earlier.is === 'output') draft.before.push(earlier);
        this.#addSoon(draft, earlier, fact);
      }
    } else this.#drop(lane.pending);
    lane.pending = [];
    lane.isInit = false;
    return this.#add(draft, fact);
  }

  #close(lane: Lane, fact: FactOf<'end'> | ReportFact | FactOf<'done'>): Draft {
    let draft = this.#known(lane, fact) ?? (fact.id === null ? (this.#same(fact) ?? this.#only(lane)) : null);
    if (draft !== null && fact.is === 'end' && draft.end !== null)
      draft = isCopy(draft.end, fact) ? draft : null;
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
      const draft = this.#known(lane, fact) ?? this.#nameless(lane, fact.id);
      return this.#add(draft ?? this.#openCut(lane, fact), fact);
    }
    const same = this.#same(fact);
    if (same !== null) return this.#add(same, fact);
    if (lane.isInit || lane.open.size === 0) {
      // An init's lines, or output of a run whose beginning is cut off: the next START or END decides.
      if (lane.isInit && lane.stream === null && lane.open.size > 0) this.#loose.push(fact);
      else lane.pending.push(fact);
      return null;
    }
    const only = this.#only(lane);
    if (only === null) this.#loose.push(fact);
    return only === null ? null : this.#add(only, fact);
  }

  /** The attempt that has begun without an id, where it's the only one: this is its id. */
  #nameless(lane: Lane, id: string): Draft | null {
    const only = this.#only(lane);
    if (only?.start?.id !== null || only.id !== null) return null;
    only.id = id;
    this.#byId.set(id, only);
    return only;
  }

  /** An attempt whose START isn't there: what was written before its first line is its own where nothing else explains it. */
  #openCut(lane: Lane, fact: Fact): Draft {
    const draft = this.#open(lane, fact);
    const isFirst = this.#drafts.length === 1;
    for (const earlier of lane.pending) {
      if (isFirst || earlier.is !== 'output') this.#addSoon(draft, earlier, fact);
      else this.#loose.push(earlier);
    }
    lane.pending = [];
    lane.isInit = false;
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
      restores: [],
      before: [],
      output: [],
      lines: [],
    };
    if (earlier !== undefined) earlier.lane.open.delete(earlier);
    this.#drafts.push(draft);
    if (fact.id !== null) {
      this.#byId.set(fact.id, draft);
      if (fact.id.length >= SHORT) this.#byStart.set(fact.id.slice(0, SHORT), draft);
    }
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
    else if (fact.is === 'restore') draft.restores.push(fact);
    else if (fact.is === 'output' && draft.start !== null) draft.output.push(fact);
    return draft;
  }

  /** What was long before belongs to another attempt, but for an init that was made in advance. */
  #addSoon(draft: Draft, earlier: Fact, fact: Fact): void {
    const isLong = earlier.time !== null && fact.time !== null && fact.time - earlier.time > SOON;
    if (isLong && earlier.is !== 'init-start' && earlier.is !== 'init-report') this.#loose.push(earlier);
    else this.#add(draft, earlier);
  }

  #laneOf(stream: string | null): Lane {
    let lane = this.#lanes.get(stream);
    if (lane === undefined) {
      lane = { stream, pending: [], isInit: false, open: new Set(), last: null };
      this.#lanes.set(stream, lane);
    }
    return lane;
  }

  /** The last attempt with the same request id, unless it ran in another environment. */
  #known(lane: Lane, { id }: Fact): Draft | null {
    if (id === null) return null;
    const draft = this.#byId.get(id) ?? this.#shortened(id);
    if (draft === undefined) return null;
    const isElsewhere = draft.lane !== lane && draft.lane.stream !== null && lane.stream !== null;
    return isElsewhere ? null : draft;
  }

  /** Tables show the first part of an id only, and an end that is cut off may be in an id. */
  #shortened(id: string): Draft | undefined {
    const draft =
      id.length < SHORT
        ? this.#drafts
            .slice(-RECENT)
            .find((one) => /^[0-9a-f]{2}/i.test(id) && one.id?.startsWith(id) === true)
        : this.#byStart.get(id.slice(0, SHORT));
    const known = draft?.id ?? null;
    if (draft === undefined || known === null || !(known.startsWith(id) || id.startsWith(known)))
      return undefined;
    if (id.length > known.length) draft.id = id;
    this.#byId.set(id, draft);
    return draft;
  }

  #same({ event }: Fact): Draft | null {
    return this.#before?.event === event ? this.#before.draft : null;
  }

  #only(lane: Lane): Draft | null {
    const [draft] = lane.open;
    return lane.open.size === 1 && draft !== undefined ? draft : null;
  }

  /** An end without an id, or with the end of one, just behind the REPORT of its attempt. */
  #dying(lane: Lane, fact: Fact): Draft | null {
    const isOfLast = fact.id === null || lane.last?.id?.endsWith(fact.id) === true;
    return isOfLast && lane.open.size === 0 && lane.pending.length === 0 ? lane.last : null;
  }
}

/** Whether no time parts an end and a beginning. */
function isAtOnce(end: Fact | null, start: Fact): boolean {
  return end !== null && (end.time === null || start.time === null || start.time <= end.time);
}

function isCopy(one: Fact, other: Fact): boolean {
  return one.time !== null && one.time === other.time;
}
