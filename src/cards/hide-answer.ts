/**
 * Hides in a picture what its lab asks the reader to guess: the picture of a moment is seen by those who have not guessed yet.
 * The frames above the call in question become one, so that nobody can count or name them.
 */
import type { PredictionQuestion } from '../trace/prediction.ts';
import type { Replay } from '../trace/replay.ts';
import { anchorToStep } from '../trace/stops.ts';
import type { StopView, ViewFrame } from '../trace/stop-view.ts';
import { HIDDEN, type CardStack } from './card.ts';

type Named = Pick<ViewFrame, 'name' | 'source'>;

/** What a question asks for: the frames above a call. */
export interface AskedFrames {
  readonly kind: PredictionQuestion['kind'];
  readonly above: readonly Named[];
}

/** The frames that a question asks for; null where its call does not happen. */
export function askedFrames(
  replay: Replay,
  { kind, call }: Pick<PredictionQuestion, 'kind' | 'call'>,
): AskedFrames | null {
  const step = anchorToStep(replay, { call });
  return step === null ? null : { kind, above: replay.at(step).stack.slice(0, -1) };
}

/** The frames of a moment without the answer to its lab's question. */
export function hideAnswer(
  { frames, text, note }: Pick<StopView, 'frames' | 'text' | 'note'>,
  asked: AskedFrames | null,
): CardStack {
  const count = asked === null ? 0 : countHidden(frames, asked);
  if (count === 0) return { frames, text, note };
  const isRunningHidden = count === frames.length;
  return { frames: [HIDDEN, ...frames.slice(count)], text: isRunningHidden ? null : text, note };
}

/** How many of the outermost frames would tell. */
function countHidden(frames: readonly ViewFrame[], { kind, above }: AskedFrames): number {
  if (frames.length === 0) return 0;
  const other = frames.findIndex((frame, index) => !isSame(frame, above[index]));
  const shared = other === -1 ? frames.length : other;
  // How deep: none of them can be counted, but the one that runs may show its lines.
  if (kind === 'depth') return Math.min(shared, frames.length - 1);
  // Who: the innermost of them is the one.
  return shared === above.length ? shared : 0;
}

function isSame(one: Named, other: Named | undefined): boolean {
  return one.name === other?.name && one.source === other.source;
}
