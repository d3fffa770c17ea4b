import type { Owner, RecordedRun } from '../../trace/format.ts';
import type { Frame } from '../../trace/moment.ts';
import { Replay } from '../../trace/replay.ts';

/** Which of a run's steps are counted: all that is given has to fit. */
export interface StepChoice {
  /** Those before the invocation came in, or those from then on. */
  readonly part?: 'start' | 'invocation' | undefined;
  /** Those in frames of one owner. */
  readonly owner?: Owner | undefined;
}

/**
 * How many steps of an environment's run fit, as the lab counts them: the end is a step as well, and belongs to no frame.
 * Runs count from 1. A warm run begins with what the run before it still had to do after its answer; that came before
 * the invocation, and so belongs to the part `start`.
 */
export function countSteps(
  runs: readonly RecordedRun[],
  run: number,
  { part, owner }: StepChoice = {},
): number {
  let before: readonly Frame[] = [];
  let replay: Replay | null = null;
  for (const recorded of runs.slice(0, run)) {
    replay = new Replay({ ...recorded, before: recorded.beginning.cold ? [] : before });
    before = replay.left;
  }
  if (replay === null || run > runs.length) {
    throw new RangeError(`There are ${String(runs.length)} runs, and none numbered ${String(run)}.`);
  }
  let count = 0;
  for (let step = 1; step <= replay.length; step += 1) {
    const { kind, phase } = replay.at(step);
    const isStart = phase === 'init' || phase === 'wait' || phase === null;
    if (part !== undefined && isStart !== (part === 'start')) continue;
    if (owner !== undefined && (kind === 'end' || replay.placeOf(step)?.owner !== owner)) continue;
    count += 1;
  }
  return count;
}
