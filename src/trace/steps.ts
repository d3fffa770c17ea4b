/**
 * Where does a reader go from a step? Every answer is a step of the run; from the last one there is no way
 * on, and from the first none back: then the answer is the step itself.
 */
import type { Replay } from './replay.ts';

/** The next step, wherever it is: into what the line calls. */
export function stepInto(replay: Replay, from: number): number {
  return Math.min(from + 1, replay.length);
}

/** The next step that is no deeper: what the line calls has run by then. */
export function stepOver(replay: Replay, from: number): number {
  return nextNoDeeper(replay, from, replay.depthOf(from));
}

/** The next step in the caller: the frame has been left by then. */
export function stepOut(replay: Replay, from: number): number {
  return nextNoDeeper(replay, from, replay.depthOf(from) - 1);
}

/** The next time that a line is about to run; after the last time, the first. Null when it never runs. */
export function stepToLine(replay: Replay, from: number, source: string, line: number): number | null {
  const stands = (step: number): boolean => {
    const place = replay.placeOf(step);
    return place?.source === source && place.line === line && replay.kindOf(step) === 'line';
  };
  for (let step = from + 1; step < replay.length; step += 1) if (stands(step)) return step;
  for (let step = 1; step <= from; step += 1) if (stands(step)) return step;
  return null;
}

/** The nearest of some steps, in rising order, that comes after one; the run's end after the last of them. */
export function stepAfter(replay: Replay, from: number, among: readonly number[]): number {
  return among.find((step) => step > from) ?? replay.length;
}

/** The nearest of some steps, in rising order, that comes before one; the run's beginning before the first of them. */
export function stepBefore(from: number, among: readonly number[]): number {
  return among.findLast((step) => step < from) ?? 1;
}

function nextNoDeeper(replay: Replay, from: number, depth: number): number {
  for (let step = from + 1; step < replay.length; step += 1) if (replay.depthOf(step) <= depth) return step;
  return replay.length;
}
