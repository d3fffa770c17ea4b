/** What ran when: from invocations to the pieces of a time line, a lane for each environment that the times tell apart. */
import type { ShownRun } from './told.ts';

/** A piece of the time line. */
export interface Phase {
  readonly type: 'init' | 'run' | 'frozen' | 'nothing' | 'unknown';
  /** Null where no line tells how long it took. */
  readonly ms: number | null;
  /** The run that it is, or comes before; an index into the runs. */
  readonly run: number;
}

/** Runs that overlap can't have shared an environment: each lane has those of one, as far as times tell. */
export function toLanes(runs: readonly ShownRun[]): readonly (readonly Phase[])[] {
  const order = runs.map((run, index) => ({ run, index }));
  if (runs.every(({ from }) => from !== null))
    order.sort((one, other) => (one.run.from ?? 0) - (other.run.from ?? 0));
  const lanes: { readonly phases: Phase[]; end: number | null }[] = [];
  for (const { run, index } of order) {
    const init = initBefore(run);
    const begin = run.from === null ? null : run.from - (init ?? 0);
    // A cold start is a new environment, but where the one before may have ended first it's drawn behind it.
    const lane = lanes.find(({ end }) => end === null || begin === null || end <= begin) ?? addLane(lanes);
    if (lane.phases.length > 0) {
      const gap = begin === null || lane.end === null ? null : begin - lane.end;
      if (gap === null || gap > 0 || run.before !== 'unknown')
        lane.phases.push({ type: run.before, ms: gap, run: index });
    }
    if (init !== null) lane.phases.push({ type: 'init', ms: init, run: index });
    lane.phases.push({ type: 'run', ms: run.durationMs, run: index });
    lane.end = run.to;
  }
  return lanes.map(({ phases }) => phases);
}

/** The init that ran before the invocation: one that ran inside of it is a part of its duration. */
function initBefore({ start, initMs }: ShownRun): number | null {
  return start === 'cold' || start === 'restored' ? initMs : null;
}

function addLane<Lane extends { readonly phases: Phase[]; end: number | null }>(lanes: Lane[]): Lane {
  const lane = { phases: [], end: null } as unknown as Lane;
  lanes.push(lane);
  return lane;
}
