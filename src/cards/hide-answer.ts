/**
 * Hides in a picture what its lab asks the reader to guess: the picture of a moment is seen by those who have not guessed yet.
 * The frames above the call in question become one, so that nobody can count them.
 */
import type { PredictionQuestion } from '../trace/prediction.ts';
import type { Replay } from '../trace/replay.ts';
import { anchorToStep } from '../trace/stops.ts';
import type { StopView, ViewFrame } from '../trace/stop-view.ts';
import { HIDDEN, type CardStack } from './card.ts';

type Named = Pick<ViewFrame, 'name' | 'source'>;

/** What a question asks for: the frames above a call, and the step of the line that calls. */
export interface AskedFrames {
  readonly kind: PredictionQuestion['kind'];
  readonly above: readonly Named[];
  readonly calledAt: number;
}

/** The frames that a question asks for; null where its call does not happen. */
export function askedFrames(replay: Replay, { kind, call }: PredictionQuestion): AskedFrames | null {
  const step = anchorToStep(replay, { call });
  if (step === null) return null;
  return { kind, above: replay.at(step).stack.slice(0, -1), calledAt: Math.max(1, step - 1) };
}

/** The frames of a moment without the answer to its lab's question. */
export function hideAnswer(
  { step, frames, text, note }: Pick<StopView, 'step' | 'frames' | 'text' | 'note'>,
  asked: AskedFrames | null,
): CardStack {
  const count = asked === null ? 0 : countHidden(step, frames, asked);
  if (count === 0) return { frames, text, note };
  const isRunningHidden = count === frames.length;
  return { frames: [HIDDEN, ...frames.slice(count)], text: isRunningHidden ? null : text, note };
}

/** How many of the outermost frames would tell. */
function countHidden(
  step: number,
  frames: readonly ViewFrame[],
  { kind, above, calledAt }: AskedFrames,
): number {
  const firstOther = frames.findIndex((frame, index) => !isSame(frame, above[index]));
  const shared = firstOther === -1 ? frames.length : firstOther;
  // How deep: none of them can be counted; the one that runs shows its lines.
  if (kind === 'depth') return Math.min(shared, frames.length - 1);
  // Who: before the call any of them could be the one.
  return step >= calledAt && shared === above.length ? shared : 0;
}

function isSame(one: Named, other: Named | undefined): boolean {
  return one.name === other?.name && one.source === other.source;
}
