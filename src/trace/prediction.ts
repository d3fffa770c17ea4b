/**
 * What a lab asks before the first run, in one line: how many frames there are above a call, or which function it was that
 * called. The choices and the right one come out of the recorded run, so neither can be wrong about it.
 *
 * Writers: the authors (`prediction` in `content/examples/<id>/example.json`). Readers: the pages and `<lab-prediction>`.
 */
import type { Replay } from './replay.ts';
import { anchorToStep, type FramePattern } from './stops.ts';

/** A question as authors write it. */
export interface PredictionQuestion {
  readonly kind: 'depth' | 'caller';
  /** The call whose depth, or whose caller, is asked for: the first that fits. */
  readonly call: FramePattern;
  /** The question in each language. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The choices of a depth: none, one, a few (two to nine), or twenty (ten and more). */
export const DEPTHS = ['none', 'one', 'few', 'twenty'] as const;

/** A question with what there is to choose from, and what happened. */
export interface Prediction {
  readonly kind: PredictionQuestion['kind'];
  /** Of a depth `DEPTHS`; of a caller the names of functions, in the order of the alphabet, which tells nothing. */
  readonly options: readonly string[];
  /** The index of the right one. */
  readonly right: number;
  /** What happened: the number of frames above the call, or the caller's name. */
  readonly answer: string;
}

/** Callers to choose from: enough to doubt, few enough for one line. */
const CALLERS = 4;

/** The question put to a run; null when its call does not happen there, or leaves nothing to choose. */
export function runToPrediction(
  replay: Replay,
  { kind, call }: Pick<PredictionQuestion, 'kind' | 'call'>,
): Prediction | null {
  const step = anchorToStep(replay, { call });
  if (step === null) return null;
  const above = replay.at(step).stack.slice(0, -1);
  if (kind === 'depth')
    return { kind, options: DEPTHS, right: depthToIndex(above.length), answer: String(above.length) };
  const caller = above.at(-1)?.name;
  if (caller === undefined) return null;
  const options = callersToChoose(
    replay,
    step,
    above.map(({ name }) => name),
  );
  if (options.length < 2) return null;
  return { kind, options, right: options.indexOf(caller), answer: caller };
}

function depthToIndex(count: number): number {
  if (count < 2) return count;
  return count < 10 ? 2 : 3;
}

/** The names of the functions below the call, and of those of the runtime that had returned last before it. */
function callersToChoose(replay: Replay, step: number, below: readonly string[]): readonly string[] {
  const chosen: string[] = [];
  const add = (name: string): void => {
    if (chosen.length < CALLERS && !chosen.includes(name)) chosen.push(name);
  };
  for (const name of below.toReversed()) add(name);
  for (let at = step - 1; at > 0 && chosen.length < CALLERS; at -= 1) {
    const place = replay.placeOf(at);
    // The body of a module or a class is no function that could call one later.
    if (replay.kindOf(at) === 'return' && place?.owner === 'runtime' && /^[a-z_]+$/.test(place.name))
      add(place.name);
  }
  return chosen.sort();
}
