/**
 * The state of a run between two of its events, and how an event changes it. It is changed in place while a
 * run is folded; its frames never are, so that a copy of the list of frames is a copy of all.
 */
import { cutToLine, type Locals, type Phase, type TraceEvent } from './format.ts';
import type { Change, FileEvent, Frame, ObjectEvent, RaisedError } from './moment.ts';

/** All that later moments can depend on. */
export interface State {
  stack: Frame[];
  /** Where the frames of these numbers are on the stack; null where that has to be found out again. */
  places: Map<number, number> | null;
  /** Made when a moment is asked for: a call may have thousands of locals. */
  changes: () => Readonly<Record<string, Change>>;
  /** What the last frame gave back, if that was the last that happened in Python. */
  value: string | null;
  error: RaisedError | null;
  phase: Phase | null;
  output: string;
  /** Shared by all copies: a state has the first `objectCount` of them. */
  readonly objects: ObjectEvent[];
  objectCount: number;
  readonly files: FileEvent[];
  fileCount: number;
  cut: number | null;
}

/**
 * The locals of a frame at a moment: those of before, and what a line has changed. They are put together when somebody asks
 * for them, for there may be thousands, and most moments are never shown.
 */
class Version {
  #all: Locals | null;
  readonly #before: Version | null;
  readonly #changed: Locals;
  readonly #gone: readonly string[];

  constructor(all: Locals | null, before: Version | null, changed: Locals, gone: readonly string[]) {
    this.#all = all;
    this.#before = before;
    this.#changed = changed;
    this.#gone = gone;
  }

  get all(): Locals {
    if (this.#all !== null) return this.#all;
    const changes = [this.#change()];
    // Not by asking the one before: a loop makes thousands of versions.
    let version = this.#before;
    for (; version !== null && version.#all === null; version = version.#before)
      changes.push(version.#change());
    let all: Record<string, string> = { ...(version === null ? {} : version.#all) };
    for (const { changed, gone } of changes.reverse()) {
      // To assign a local called `__proto__` would keep nothing.
      if (Object.hasOwn(changed, '__proto__')) all = { ...all, ...changed };
      else Object.assign(all, changed);
      if (gone.length === 0) continue;
      const left = new Set(gone);
      all = Object.fromEntries(Object.entries(all).filter(([name]) => !left.has(name)));
    }
    this.#all = all;
    return this.#all;
  }

  #change(): { readonly changed: Locals; readonly gone: readonly string[] } {
    return { changed: this.#changed, gone: this.#gone };
  }
}

const versions = new WeakMap<Frame, Version>();

function versionOf(frame: Frame): Version {
  return versions.get(frame) ?? new Version(frame.locals, null, {}, []);
}

/** A frame whose locals are those of a version. */
function makeFrame(
  { number, name, source, owner }: Pick<Frame, 'number' | 'name' | 'source' | 'owner'>,
  line: number,
  version: Version,
): Frame {
  const frame: Frame = {
    number,
    name,
    source,
    owner,
    line,
    get locals() {
      return version.all;
    },
  };
  versions.set(frame, version);
  return frame;
}

/** The state before the first event. */
export function beginState(stack: readonly Frame[]): State {
  return {
    stack: [...stack],
    places: null,
    changes: nothing,
    value: null,
    error: null,
    phase: null,
    output: '',
    objects: [],
    objectCount: 0,
    files: [],
    fileCount: 0,
    cut: null,
  };
}

/** A state that can be folded on without changing this one. */
export function copyState(state: State): State {
  return { ...state, stack: [...state.stack], places: null };
}

/** Lets an event happen. True when it is a step: something that happens in a frame that is known. */
export function fold(state: State, event: TraceEvent): boolean {
  switch (event.kind) {
    case 'call': {
      const { frame: number, name, source, owner, line, locals } = event;
      // A caller that is not known was entered before the recording began: what is known lies below it.
      if (event.caller === null) shorten(state, 0);
      else cutAbove(state, event.caller);
      placesOf(state).set(number, state.stack.push({ number, name, source, owner, line, locals }) - 1);
      state.changes = () => toChanges(locals, () => false);
      state.value = null;
      return true;
    }
    case 'line':
      return step(state, event.frame, event.line, event.changed, event.gone);
    case 'return':
      if (!step(state, event.frame, null)) return false;
      state.value = event.value;
      return true;
    case 'raise': {
      if (!step(state, event.frame, event.line)) return false;
      const { name = '', source = '' } = state.stack.at(-1) ?? {};
      state.error = { text: event.error, name, source, line: event.line };
      return true;
    }
    case 'phase':
      state.phase = event.phase;
      return false;
    case 'message':
    case 'absence':
    case 'note':
      return false;
    case 'output':
      state.output += event.text;
      return false;
    case 'bucket':
    case 'object':
      addOnce(state.objects, state.objectCount, event);
      state.objectCount += 1;
      return false;
    case 'file':
      addOnce(state.files, state.fileCount, event);
      state.fileCount += 1;
      return false;
    case 'cut':
      if (event.what === 'events') state.cut = event.limit;
      else state.output += cutToLine(event.limit);
      return false;
    default:
      return event satisfies never;
  }
}

/** Most steps change nothing. */
const NOTHING: Readonly<Record<string, Change>> = {};
const nothing = (): Readonly<Record<string, Change>> => NOTHING;

function toChanges(locals: Locals, isKnown: (name: string) => boolean): Readonly<Record<string, Change>> {
  return Object.fromEntries(Object.keys(locals).map((name) => [name, isKnown(name) ? 'changed' : 'new']));
}

/** Something happens in a frame: those above it are over. `line` is null where the event names none. */
function step(
  state: State,
  number: number,
  line: number | null,
  changed?: Locals,
  gone: readonly string[] = [],
): boolean {
  const top = cutAbove(state, number);
  if (top === undefined) return false;
  state.changes =
    changed === undefined && gone.length === 0
      ? nothing
      : () => ({ ...toChanges(changed ?? {}, (name) => Object.hasOwn(top.locals, name)), ...toGone(gone) });
  state.value = null;
  if (line === null) return true;
  const before = versionOf(top);
  const isSame = changed === undefined && gone.length === 0;
  state.stack[state.stack.length - 1] = makeFrame(
    top,
    line,
    isSame ? before : new Version(null, before, changed ?? {}, gone),
  );
  return true;
}

function toGone(names: readonly string[]): Readonly<Record<string, Change>> {
  return Object.fromEntries(names.map((name) => [name, 'gone']));
}

/**
 * Takes away the frames above one. Frames leave the stack here and not when they return: the moment of a return
 * still shows them. A frame that ended unseen, after the recording was cut, leaves the same way.
 */
function cutAbove(state: State, number: number): Frame | undefined {
  const place = placesOf(state).get(number);
  if (place === undefined) return undefined;
  shorten(state, place + 1);
  return state.stack[place];
}

/** By their numbers: a stack may be tens of thousands of frames deep, and an event may name one that is not on it. */
function placesOf(state: State): Map<number, number> {
  return (state.places ??= new Map(state.stack.map(({ number }, place) => [number, place])));
}

function shorten(state: State, length: number): void {
  const { stack } = state;
  const places = placesOf(state);
  while (stack.length > length) {
    const frame = stack.pop();
    // A number that is on the stack twice is a lie, and the later one counts.
    if (frame !== undefined && places.get(frame.number) === stack.length) places.delete(frame.number);
  }
}

/** While a keyframe is folded on, what happens has happened before: the list has it already. */
function addOnce<T>(list: T[], count: number, event: T): void {
  if (list.length === count) list.push(event);
}
