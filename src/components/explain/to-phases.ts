/** What ran when: from invocations to the pieces of a time line. What overlaps is on a track of its own. */
import type { ShownRun } from './told.ts';

/** A piece of the time line. */
export interface Phase {
  /** `failed-init`: an init that failed, before the invocation ran it again. */
  readonly type: 'init' | 'failed-init' | 'run' | 'frozen' | 'nothing' | 'unknown';
  /** Null where no line tells how long it took. */
  readonly ms: number | null;
  /** The run that it is, or comes before; an index into the runs. */
  readonly run: number;
}

interface Track {
  readonly phases: Phase[];
  end: number | null;
}

/** The tracks, each in its order. Where a run has no times, the places of its lines in the paste are what is compared. */
export function toTracks(runs: readonly ShownRun[]): readonly (readonly Phase[])[] {
  const isTimed = runs.every(({ from, to }) => from !== null && to !== null);
  // With the newest line on top, the run that began first is the lowest.
  const isUpward = (runs[0]?.place?.index ?? 0) > (runs.at(-1)?.place?.index ?? 0);
  const order = runs.map((run, index) => ({
    run,
    index,
    ...(isTimed ? timeOf(run) : placeOf(run, isUpward)),
  }));
  order.sort((one, other) => (one.begin ?? 0) - (other.begin ?? 0));
  const tracks: Track[] = [];
  for (const { run, index, begin, end } of order) {
    const known = tracks.find((track) => track.end === null || begin === null || track.end <= begin);
    const track = known ?? { phases: [], end: null };
    if (known === undefined) tracks.push(track);
    if (track.phases.length > 0) {
      const pause = isTimed && begin !== null && track.end !== null ? begin - track.end : null;
      if (pause === null || pause > 0 || run.before !== 'unknown')
        track.phases.push({ type: run.before, ms: pause, run: index });
    }
    const init = initBefore(run);
    if (init !== null) track.phases.push({ ...init, run: index });
    track.phases.push({ type: 'run', ms: run.durationMs, run: index });
    track.end = end;
  }
  return tracks.map(({ phases }) => phases);
}

interface Span {
  readonly begin: number | null;
  readonly end: number | null;
}

function timeOf(run: ShownRun): Span {
  return { begin: run.from === null ? null : run.from - (initBefore(run)?.ms ?? 0), end: run.to };
}

function placeOf({ place, last }: ShownRun, isUpward: boolean): Span {
  const first = place?.index ?? null;
  if (!isUpward || first === null || last === null) return { begin: first, end: last };
  return { begin: -Math.max(first, last), end: -Math.min(first, last) };
}

/** The init that ran before the invocation: one that ran inside of it is a part of its duration. */
function initBefore({ start, initMs, failedInitMs }: ShownRun): Pick<Phase, 'type' | 'ms'> | null {
  if (failedInitMs !== null) return { type: 'failed-init', ms: failedInitMs };
  if (initMs !== null && (start === 'cold' || start === 'restored')) return { type: 'init', ms: initMs };
  return null;
}
