/** Who called whom in a run, as a tree: what the page shows of all steps where nobody can step. */
import type { Replay } from '../../trace/replay.ts';
import type { Owner } from '../../trace/format.ts';

/** A call with what it led to. */
export interface CallNode {
  readonly step: number;
  readonly name: string;
  readonly owner: Owner;
  /** Where the call stands: the caller's file and line; where the function begins, for the outermost. */
  readonly source: string;
  readonly line: number;
  readonly calls: CallNode[];
  /** What it gave back; null when it was left by an error or not at all. */
  returns: string | null;
  /** The error that came through it last. */
  raises: string | null;
}

/** The outermost calls of a run. */
export function replayToTree(replay: Replay): readonly CallNode[] {
  const roots: CallNode[] = [];
  const nodes = new Map<number, CallNode>();
  for (let step = 1; step < replay.length; step += 1) {
    const event = replay.eventOf(step);
    const node = event !== null && 'frame' in event ? nodes.get(event.frame) : undefined;
    if (event?.kind === 'call') {
      const caller = event.caller === null ? undefined : nodes.get(event.caller);
      const { name, owner } = event;
      const from =
        caller === undefined ? null : (replay.placeOf(callSite(replay, step, event.caller)) ?? null);
      const { source, line } = from ?? event;
      const made: CallNode = { step, name, owner, source, line, calls: [], returns: null, raises: null };
      nodes.set(event.frame, made);
      (caller?.calls ?? roots).push(made);
    } else if (event?.kind === 'return' && node !== undefined) {
      const previous = replay.eventOf(step - 1);
      const isLeftByError = previous?.kind === 'raise' && previous.frame === event.frame;
      node.returns = isLeftByError ? null : event.value;
    } else if (event?.kind === 'raise' && node !== undefined) node.raises = event.error;
    else if (event?.kind === 'line' && node !== undefined) node.raises = null;
  }
  return roots;
}

/** The step at which the caller of a call stood: its last one before. */
function callSite(replay: Replay, step: number, caller: number | null): number {
  for (let before = step - 1; before > 0; before -= 1) {
    if (replay.placeOf(before)?.frame === caller) return before;
  }
  return step;
}
