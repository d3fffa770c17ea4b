/** A pane of a lab shows one moment of a run, or the run as a whole. */
import type { Moment } from '../../trace/moment.ts';
import type { Replay } from '../../trace/replay.ts';

/** A moment, and the run that it is one of. */
export interface Shown {
  readonly moment: Moment;
  readonly replay: Replay;
}

/** What a lab hands each moment to. */
export interface MomentPane {
  /** Shows a moment, whatever was shown before; null when nobody steps, and the whole run is to be seen. Safe to call again. */
  show(shown: Shown | null): void;
}

/** Chooses a step of a run, from the one that is shown (null when nobody steps); null for none. */
export type ChooseStep = (replay: Replay, from: number | null) => number | null;
