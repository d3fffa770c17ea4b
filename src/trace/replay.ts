/**
 * What does the reader see at step n of a run? A replay folds a run's events once, keeps keyframes, and answers any step by
 * folding on from the one before it: back is as good as forward.
 */
import type { Owner, RecordedRun, TraceEvent } from './format.ts';
import type { Frame, Moment, StepKind } from './moment.ts';
import { beginState, copyState, fold, type State } from './state.ts';

/** Events between two keyframes, at least: a jump folds no more where the stack is as deep as stacks are. */
const EVERY = 64;

/** A keyframe copies the stack: so many frames of it for each event since the one before it. */
const COPIED_PER_EVENT = 8;

/** One value for all files of which nothing ran, so that a pane sees at once that nothing is new. */
const NONE: ReadonlySet<number> = new Set();

/** A run to replay. A warm run begins on the stack that the run before it left. */
export interface ReplayedRun extends Pick<RecordedRun, 'events'> {
  readonly before?: readonly Frame[];
}

/** Where a step stands. */
export interface Place {
  readonly source: string;
  readonly line: number;
  readonly name: string;
  readonly owner: Owner;
  readonly frame: number;
}

/** The steps of one run; they count from 1. */
export class Replay {
  /** How many steps there are, the end among them: never less than one. */
  readonly length: number;
  readonly #events: readonly TraceEvent[];
  /** The state before some of the events, in their order. */
  readonly #keyframes: { readonly index: number; readonly state: State }[] = [];
  /** For each step but the last: the index of its event, its place, and how many frames were on the stack. */
  readonly #indexes: number[] = [];
  readonly #places: Place[] = [];
  readonly #depths: number[] = [];
  readonly #ran = new Map<string, Set<number>>();
  readonly #final: State;

  constructor({ events, before = [] }: ReplayedRun) {
    this.#events = events;
    const state = beginState(before);
    let next = 0;
    for (const [index, event] of events.entries()) {
      if (index >= next) {
        this.#keyframes.push({ index, state: copyState(state) });
        next = index + Math.max(EVERY, Math.ceil(state.stack.length / COPIED_PER_EVENT));
      }
      if (fold(state, event)) this.#addStep(index, event, state);
    }
    this.#final = state;
    this.length = this.#indexes.length + 1;
  }

  /** What there is to see at a step. Throws when there is no such step. */
  at(step: number): Moment {
    const kind = this.kindOf(step);
    const state = kind === 'end' ? copyState(this.#final) : this.#stateAfter(this.#eventOf(step));
    const isOver = kind === 'end' && state.value !== null;
    return {
      step,
      of: this.length,
      kind,
      events: kind === 'end' ? this.#events.length : this.#eventOf(step) + 1,
      // The last frame of all is gone when it has returned; before that, the next step takes it away.
      stack: isOver ? state.stack.slice(0, -1) : state.stack,
      changes: kind === 'end' ? {} : state.changes(),
      value: kind === 'return' ? state.value : null,
      calls: this.#callAfter(step),
      error: state.error,
      phase: state.phase,
      output: state.output,
      objects: this.#final.objects.slice(0, state.objectCount),
      files: this.#final.files.slice(0, state.fileCount),
      cut: state.cut,
    };
  }

  /** What happens at a step. Throws when there is no such step. */
  kindOf(step: number): StepKind {
    if (step === this.length) return 'end';
    const event = this.#events[this.#eventOf(step)];
    if (event?.kind === 'call' || event?.kind === 'return' || event?.kind === 'raise') return event.kind;
    return 'line';
  }

  /** Where a step stands; null for the end. */
  placeOf(step: number): Place | null {
    return this.#places[step - 1] ?? null;
  }

  /** How many frames are on the stack at a step; 0 for the end, which is outside all of them. */
  depthOf(step: number): number {
    return this.#depths[step - 1] ?? 0;
  }

  /** The event that a step is; null for the end. */
  eventOf(step: number): TraceEvent | null {
    const index = this.#indexes[step - 1];
    return index === undefined ? null : (this.#events[index] ?? null);
  }

  /** All events of the run. */
  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  /** The first step at which the event of this index has happened. */
  stepOfEvent(index: number): number {
    return countBelow(this.#indexes, (at) => at < index) + 1;
  }

  /** The lines of a file that ran. */
  linesRan(source: string): ReadonlySet<number> {
    return this.#ran.get(source) ?? NONE;
  }

  /** The frames that are alive at the end: a warm run of the same environment begins on them. */
  get left(): readonly Frame[] {
    return this.at(this.length).stack;
  }

  #addStep(index: number, event: TraceEvent, { stack }: State): void {
    const frame = stack.at(-1);
    if (frame === undefined) return;
    const { source, line, name, owner, number } = frame;
    this.#indexes.push(index);
    this.#places.push({ source, line, name, owner, frame: number });
    this.#depths.push(stack.length);
    if (event.kind !== 'line') return;
    const lines = this.#ran.get(source);
    if (lines === undefined) this.#ran.set(source, new Set([line]));
    else lines.add(line);
  }

  #eventOf(step: number): number {
    const index = this.#indexes[step - 1];
    if (index === undefined) throw new RangeError(`The run has ${this.length} steps, none numbered ${step}.`);
    return index;
  }

  #stateAfter(index: number): State {
    const keyframe = this.#keyframes[countBelow(this.#keyframes, (one) => one.index <= index) - 1];
    const state = copyState(keyframe?.state ?? beginState([]));
    for (const event of this.#events.slice(keyframe?.index ?? 0, index + 1)) fold(state, event);
    return state;
  }

  /** A line that calls has the call for its next step, one frame further in. */
  #callAfter(step: number): string | null {
    const next = this.eventOf(step + 1);
    const here = this.eventOf(step);
    if (here?.kind !== 'line' || next?.kind !== 'call' || next.caller !== here.frame) return null;
    return next.name;
  }
}

/** How many things of a list are below some place in its order. */
function countBelow<T>(list: readonly T[], isBelow: (one: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = list[middle];
    if (one !== undefined && isBelow(one)) low = middle + 1;
    else high = middle;
  }
  return low;
}
