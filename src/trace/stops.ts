/**
 * An author's stops: the few moments of a run that matter, each with a name, a title and a sentence. They are
 * anchored by what happens and never by a number, so that they stand where they should in a run of the reader's too.
 *
 * Writers: the authors (`src/platforms/<platform>/stops.json`, `content/examples/<id>/stops.json`; `integrations/stops.ts` reads them).
 * Readers: the pages and the lab.
 */
import type { Owner, Phase, TraceEvent } from './format.ts';
import type { Replay } from './replay.ts';

/** Which frames are meant: all that is given has to fit. */
export interface FramePattern {
  readonly function?: string | undefined;
  /** A path, or the end of one. */
  readonly file?: string | undefined;
  readonly owner?: Owner | undefined;
}

/** What a stop is anchored to, and which time that it happens: the first, unless `time` says another. */
export interface Anchor {
  /** A frame is entered, is left, or an error comes through it. */
  readonly call?: FramePattern | undefined;
  readonly return?: FramePattern | undefined;
  readonly raise?: FramePattern | undefined;
  /** The line that is about to enter a frame. */
  readonly calls?: FramePattern | undefined;
  /** The first step after a phase has begun, or a message has crossed. */
  readonly phase?: Phase | undefined;
  readonly message?: string | undefined;
  /** The end of the run. */
  readonly end?: true | undefined;
  readonly time?: number | undefined;
}

/** A stop's words in one language. */
export interface StopWords {
  readonly title: string;
  /** One sentence, or two short ones: what happens here, and why it matters. */
  readonly says: string;
}

/** A stop as authors write it. */
export interface Stop {
  /** A part of addresses: small letters, digits and hyphens. */
  readonly name: string;
  readonly at: Anchor;
  readonly texts: Readonly<Record<string, StopWords>>;
}

/** A stop with the step that it stands at in some run. */
export interface PlacedStop<S> {
  readonly stop: S;
  readonly step: number;
}

/** The stops that a run has, in the order of their steps. */
export function placeStops<S extends Pick<Stop, 'at'>>(
  replay: Replay,
  stops: readonly S[],
): readonly PlacedStop<S>[] {
  const placed = stops.flatMap((stop) => {
    const step = anchorToStep(replay, stop.at);
    return step === null ? [] : [{ stop, step }];
  });
  placed.sort((a, b) => a.step - b.step);
  // Two at one step would be one place with two names: the one that the author wrote first stays.
  return placed.filter(({ step }, index) => step !== placed[index - 1]?.step);
}

/** The step that an anchor names in a run; null when what it names does not happen there. */
export function anchorToStep(replay: Replay, anchor: Anchor): number | null {
  if (anchor.end === true) return replay.length;
  let left = anchor.time ?? 1;
  for (const [index, event] of replay.events.entries()) {
    if (!fits(replay, anchor, event, index)) continue;
    left -= 1;
    if (left > 0) continue;
    const step = replay.stepOfEvent(index);
    return anchor.calls === undefined ? step : Math.max(1, step - 1);
  }
  return null;
}

function fits(replay: Replay, anchor: Anchor, event: TraceEvent, index: number): boolean {
  if (event.kind === 'call') return isFrame(anchor.call ?? anchor.calls, event);
  if (event.kind === 'phase') return anchor.phase === event.phase;
  if (event.kind === 'message') return anchor.message !== undefined && event.what.includes(anchor.message);
  if (event.kind !== 'return' && event.kind !== 'raise') return false;
  const pattern = anchor[event.kind];
  return pattern !== undefined && isFrame(pattern, replay.placeOf(replay.stepOfEvent(index)));
}

/** Whether a frame is one that is meant; one that is not there never is. */
export function isFrame(
  pattern: FramePattern | undefined,
  frame: { readonly source: string; readonly name: string; readonly owner: Owner } | null,
): boolean {
  if (pattern === undefined || frame === null) return false;
  const { function: name = frame.name, file = frame.source, owner = frame.owner } = pattern;
  return (
    frame.name === name &&
    frame.owner === owner &&
    (frame.source === file || frame.source.endsWith(`/${file}`))
  );
}
