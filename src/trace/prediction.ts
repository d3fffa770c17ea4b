/**
 * What a lab asks before the first run: to order the frames of a stack, or to pick the caller of a function. Frames,
 * options and answer come out of the recorded run, so none of them can be wrong about it.
 *
 * Writers: the authors (`prediction` in `content/examples/<id>/example.json`). Readers: the pages and `<lab-prediction>`.
 */
import type { Owner } from './format.ts';
import type { Frame } from './moment.ts';
import type { Replay } from './replay.ts';
import { anchorToStep, type FramePattern } from './stops.ts';

/** A question as authors write it. */
export interface PredictionQuestion {
  readonly kind: 'order' | 'caller';
  /** The call whose stack, or whose caller, is asked for: the first that fits. */
  readonly call: FramePattern;
  /** The question in each language. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A function as a reader tells it from others. */
export interface PredictionFrame {
  readonly name: string;
  readonly source: string;
  readonly owner: Owner;
}

/** A question with what there is to choose from, and what happened. */
export interface Prediction {
  readonly kind: PredictionQuestion['kind'];
  /** In the order of the alphabet, which tells nothing. */
  readonly options: readonly PredictionFrame[];
  /** The stack, outermost first; of a caller, the caller alone. */
  readonly answer: readonly PredictionFrame[];
}

/** Callers to choose from: enough to doubt, few enough to weigh. */
const CALLERS = 5;

/** The question put to a run; null when its call does not happen there, or leaves nothing to choose. */
export function runToPrediction(
  replay: Replay,
  { kind, call }: Pick<PredictionQuestion, 'kind' | 'call'>,
): Prediction | null {
  const step = anchorToStep(replay, { call });
  if (step === null) return null;
  const stack = replay.at(step).stack.map(toPredicted);
  const answer = kind === 'order' ? stack : stack.slice(-2, -1);
  const options = kind === 'order' ? stack : callersToChoose(replay, step, stack.slice(0, -1));
  if (answer.length === 0 || options.length < 2) return null;
  return { kind, options: toNeutralOrder(options, answer), answer };
}

/** How many of the frames stand where they stood in the run. */
export function countInPlace(order: readonly PredictionFrame[], answer: readonly PredictionFrame[]): number {
  return order.filter((frame, index) => {
    const right = answer[index];
    return right !== undefined && isSame(frame, right);
  }).length;
}

/** The functions below the call, and those of the runtime that had returned last before it. */
function callersToChoose(
  replay: Replay,
  step: number,
  below: readonly PredictionFrame[],
): readonly PredictionFrame[] {
  const chosen: PredictionFrame[] = [];
  const add = (frame: PredictionFrame): void => {
    if (chosen.length < CALLERS && !chosen.some((other) => isSame(other, frame))) chosen.push(frame);
  };
  for (const frame of below.toReversed()) add(frame);
  for (let at = step - 1; at > 0 && chosen.length < CALLERS; at -= 1) {
    const place = replay.placeOf(at);
    // The body of a module or a class is no function that could call one later.
    if (replay.kindOf(at) === 'return' && place?.owner === 'runtime' && /^[a-z_]+$/.test(place.name))
      add(place);
  }
  return chosen.map(toPredicted);
}

/** By the alphabet; backwards where the alphabet is the answer. */
function toNeutralOrder(
  frames: readonly PredictionFrame[],
  answer: readonly PredictionFrame[],
): readonly PredictionFrame[] {
  const sorted = frames.toSorted((a, b) => compare(a.name, b.name) || compare(a.source, b.source));
  return countInPlace(sorted, answer) === frames.length ? sorted.reverse() : sorted;
}

function toPredicted({ name, source, owner }: Pick<Frame, 'name' | 'source' | 'owner'>): PredictionFrame {
  return { name, source, owner };
}

function isSame(a: PredictionFrame, b: PredictionFrame): boolean {
  return a.name === b.name && a.source === b.source;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
