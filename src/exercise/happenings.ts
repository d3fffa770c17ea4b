/** Which events of a run are what a statement means? */
import type { Owner, Phase, TraceEvent } from '../trace/format.ts';
import { isFrame } from '../trace/stops.ts';
import type { Happening, Words } from './exercise-schema.ts';

/** A frame, as it was entered. */
export interface EnteredFrame {
  readonly name: string;
  readonly source: string;
  readonly owner: Owner;
  readonly caller: number | null;
}

type Frames = ReadonlyMap<number, EnteredFrame>;

/** The indexes of the events that are it, in their order. `frames` are those that the run may name, by their numbers. */
export function eventsThatAre(
  happening: Happening,
  events: readonly TraceEvent[],
  frames: Frames,
): readonly number[] {
  const within = 'during' in happening ? happening.during : undefined;
  const found = 'line' in happening ? linesThatAre(happening, events) : eventsOf(happening, events, frames);
  if (within === undefined) return found;
  const phases = phasesOf(events);
  return found.filter((index) => phases[index] === within);
}

/** Whether a text is the one that is meant. */
export function isText({ is, has, starts }: Words, text: string): boolean {
  return (
    (is === undefined || text === is) &&
    (has === undefined || text.includes(has)) &&
    (starts === undefined || text.startsWith(starts))
  );
}

function eventsOf(happening: Happening, events: readonly TraceEvent[], frames: Frames): readonly number[] {
  return events.flatMap((event, index) => (isEvent(happening, event, frames) ? [index] : []));
}

function isEvent(happening: Happening, event: TraceEvent, frames: Frames): boolean {
  if ('call' in happening) {
    if (event.kind !== 'call' || !isFrame(happening.call, event)) return false;
    const { from, within } = happening;
    const callers = callersOf(event, frames);
    return (
      (from === undefined || isFrame(from, callers[0] ?? null)) &&
      (within === undefined || callers.some((caller) => isFrame(within, caller)))
    );
  }
  if ('return' in happening) {
    if (event.kind !== 'return' || !isFrame(happening.return, frames.get(event.frame) ?? null)) return false;
    return happening.value === undefined || isText(happening.value, event.value);
  }
  if ('raise' in happening) {
    if (event.kind !== 'raise' || !isFrame(happening.raise, frames.get(event.frame) ?? null)) return false;
    return happening.error === undefined || isText(happening.error, event.error);
  }
  if ('message' in happening) {
    if (event.kind !== 'message' || !isText(happening.message, event.what)) return false;
    return happening.body === undefined || isText(happening.body, event.body);
  }
  if ('phase' in happening) return event.kind === 'phase' && event.phase === happening.phase;
  if ('file' in happening)
    return event.kind === 'file' && event.size !== null && isText(happening.file, event.path);
  if ('object' in happening)
    return event.kind === 'object' && event.size !== null && isText(happening.object, event.key);
  return false;
}

/** The events in which such lines begin: a line may come in pieces, and an event may hold several. */
function linesThatAre(
  { line, stream }: Extract<Happening, { line: unknown }>,
  events: readonly TraceEvent[],
): readonly number[] {
  const found: number[] = [];
  /** What has come of each stream's last line, and the event in which that began. */
  const open = new Map<string, { text: string; index: number }>();
  for (const [index, event] of events.entries()) {
    if (event.kind !== 'output') continue;
    if (stream === undefined ? event.stream === 'platform' : event.stream !== stream) continue;
    const [first = '', ...others] = event.text.split('\n');
    const begun = open.get(event.stream) ?? { text: '', index };
    const lines = [
      { text: begun.text + first, index: begun.text === '' ? index : begun.index },
      ...others.map((text) => ({ text, index })),
    ];
    const rest = lines.pop();
    for (const whole of lines) if (isText(line, whole.text)) found.push(whole.index);
    open.set(event.stream, rest ?? { text: '', index });
  }
  // A last line needs no end.
  for (const { text, index } of open.values()) if (text !== '' && isText(line, text)) found.push(index);
  return found.sort((one, other) => one - other);
}

function phasesOf(events: readonly TraceEvent[]): readonly (Phase | null)[] {
  let phase: Phase | null = null;
  return events.map((event) => {
    if (event.kind === 'phase') ({ phase } = event);
    return phase;
  });
}

/** The frames below one, the nearest first. */
function callersOf({ caller }: Pick<EnteredFrame, 'caller'>, frames: Frames): readonly EnteredFrame[] {
  const callers: EnteredFrame[] = [];
  for (let at = caller; at !== null;) {
    const frame = frames.get(at);
    if (frame === undefined) break;
    callers.push(frame);
    at = frame.caller;
  }
  return callers;
}
