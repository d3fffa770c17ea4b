/** Does a fact hold in the record of some runs, and where is it to be seen? */
import type { TraceEvent } from '../trace/format.ts';
import type { Frame } from '../trace/moment.ts';
import { Replay } from '../trace/replay.ts';
import { ownValue } from '../trace/own-value.ts';
import type { Fact, Happening } from './exercise-schema.ts';
import { eventsThatAre, isText, type EnteredFrame } from './happenings.ts';
import type { AttemptedRun, Look } from './attempted-run.ts';
import { isSameJson, parseJson } from './parse-json.ts';

/** Where something happened: the index of a run, and that of its event. */
interface Place {
  readonly run: number;
  readonly event: number;
}

/** Whether a fact holds, and where to look: at what makes it true, or at what is there in its place. */
interface Found {
  readonly holds: boolean;
  readonly at: Place | null;
}

type FactOf<Key extends string> = Extract<Fact, Readonly<Record<Key, unknown>>>;

/** The runs, one after the other in one environment. */
export class RunRecord {
  readonly #runs: readonly AttemptedRun[];
  readonly #replays: readonly Replay[];
  /** For each run the frames that it may name: its own, and those of the warm runs before it. */
  readonly #frames: readonly ReadonlyMap<number, EnteredFrame>[];

  constructor(runs: readonly AttemptedRun[]) {
    this.#runs = runs;
    let left: readonly Frame[] = [];
    this.#replays = runs.map(({ beginning, events }) => {
      const replay = new Replay({ events, before: beginning.cold ? [] : left });
      left = replay.left;
      return replay;
    });
    let frames: ReadonlyMap<number, EnteredFrame> = new Map();
    this.#frames = runs.map(({ beginning, events }) => {
      const own = events.flatMap((event) => (event.kind === 'call' ? [[event.frame, event] as const] : []));
      frames = new Map([...(beginning.cold ? [] : frames), ...own]);
      return frames;
    });
  }

  /**
   * The number of the first run that was answered while the record still stands in the function's own code, below which the
   * runtime waits: the tracing was switched off. Null where there is none.
   */
  get brokenRun(): number | null {
    const index = this.#replays.findIndex(({ left }, run) => {
      const status = this.#runs[run]?.ending.status;
      const below = left.findIndex(({ owner }) => owner === 'runtime');
      const isInside = below !== -1 && left.slice(below).some(({ owner }) => owner === 'handler');
      return isInside && (status === 'returned' || status === 'raised');
    });
    return index === -1 ? null : index + 1;
  }

  /** The step at which a place is to be seen. */
  stepOf({ run, event }: Place): Look | null {
    const replay = this.#replays[run];
    if (replay === undefined) return null;
    return { run: run + 1, step: Math.min(replay.stepOfEvent(event), replay.length) };
  }

  /** Where something happens: in one run, counted from 1, or in all of them. */
  placesOf(happening: Happening, only?: number): readonly Place[] {
    return this.#runs.flatMap(({ events }, run) => {
      const frames = this.#frames[run];
      if (frames === undefined || (only !== undefined && only !== run + 1)) return [];
      return eventsThatAre(happening, events, frames).map((event) => ({ run, event }));
    });
  }

  find(fact: Fact): Found {
    if ('every' in fact) {
      const found = fact.every.map((part) => this.find(part));
      return found.find(({ holds }) => !holds) ?? { holds: true, at: found[0]?.at ?? null };
    }
    if ('some' in fact) {
      const found = fact.some.map((part) => this.find(part));
      return found.find(({ holds }) => holds) ?? { holds: false, at: found[0]?.at ?? null };
    }
    if ('not' in fact) {
      const { holds, at } = this.find(fact.not);
      return { holds: !holds, at };
    }
    if ('before' in fact) return this.#findOrder(fact);
    if ('happens' in fact) return this.#findCount(fact);
    if ('warm' in fact) return this.#findWarm(fact.warm);
    if ('leaves' in fact) return this.#findLeft(fact);
    return this.#findAnswer(fact);
  }

  #findCount({ happens, times = { least: 1 }, run }: Extract<FactOf<'happens'>, { times?: unknown }>): Found {
    const { least = 0, most = Infinity } = typeof times === 'number' ? { least: times, most: times } : times;
    const places = this.placesOf(happens, run);
    if (places.length > most) return { holds: false, at: places[most] ?? null };
    const holds = places.length >= least;
    return { holds, at: (holds ? places[0] : places.at(-1)) ?? (holds ? null : this.#endOf(run)) };
  }

  #findOrder({ happens, before, run }: FactOf<'before'>): Found {
    const [first] = this.placesOf(happens, run);
    const [later] = this.placesOf(before, run);
    if (first === undefined || later === undefined)
      return { holds: false, at: first ?? later ?? this.#endOf(run) };
    const holds = first.run < later.run || (first.run === later.run && first.event < later.event);
    return { holds, at: holds ? first : later };
  }

  #findWarm(run: number): Found {
    const isWarm = run > 1 && this.#runs[run - 1]?.beginning.cold === false;
    return { holds: isWarm, at: { run: run - 1, event: 0 } };
  }

  #findAnswer(fact: FactOf<'answers'> | FactOf<'answerHas'> | FactOf<'fails'> | FactOf<'ends'>): Found {
    const numbers = fact.run === undefined ? this.#runs.map((_, index) => index + 1) : [fact.run];
    const wrong = numbers.find((number) => {
      const run = this.#runs[number - 1];
      return run === undefined || !answers(fact, run);
    });
    return { holds: wrong === undefined, at: this.#endOf(wrong ?? fact.run) };
  }

  /** What lies there at the end of a run is what the runs of its environment have written last. */
  #findLeft({ leaves, text, run = this.#runs.length }: FactOf<'leaves'>): Found {
    let there = false;
    let content: Uint8Array | undefined;
    for (const { beginning, events, blobs } of this.#runs.slice(0, run)) {
      // Another environment has another disk; buckets outlive environments.
      if (beginning.cold && beginning.reset !== true && 'file' in leaves) there = false;
      for (const event of events) {
        if (!isChangeOf(leaves, event)) continue;
        there = event.size !== null;
        content = event.blob === null ? undefined : ownValue(blobs, event.blob);
      }
    }
    const holds =
      there &&
      (text === undefined || (content !== undefined && isText(text, new TextDecoder().decode(content))));
    return { holds, at: this.#endOf(run) };
  }

  /** The last moment of a run, or of the last one. */
  #endOf(run = this.#runs.length): Place | null {
    const events = this.#runs[run - 1]?.events;
    return events === undefined ? null : { run: run - 1, event: events.length };
  }
}

function isChangeOf(
  leaves: FactOf<'leaves'>['leaves'],
  event: TraceEvent,
): event is Extract<TraceEvent, { kind: 'file' | 'object' }> {
  if ('file' in leaves) return event.kind === 'file' && event.path === leaves.file;
  return event.kind === 'object' && event.key === leaves.object;
}

function answers(
  fact: FactOf<'answers'> | FactOf<'answerHas'> | FactOf<'fails'> | FactOf<'ends'>,
  { ending }: AttemptedRun,
): boolean {
  if ('ends' in fact) return ending.status === fact.ends;
  if (!('payload' in ending)) return false;
  const { payload } = ending;
  if ('answerHas' in fact) return payload.includes(fact.answerHas);
  const answer = parseJson(payload);
  if ('answers' in fact) return answer !== undefined && isSameJson(answer, fact.answers);
  return (
    typeof answer === 'object' && answer !== null && 'errorType' in answer && answer.errorType === fact.fails
  );
}
