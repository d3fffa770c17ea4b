import type { RecordedRun } from '../../trace/format.ts';
import type { Recording } from '../../trace/recording.ts';

/** One run of a recording, counted from 1 as an article counts them. Throws when there are not so many. */
export function recordedRun(recording: Pick<Recording, 'example' | 'runs'>, run: number): RecordedRun {
  const recorded = recording.runs[run - 1];
  if (recorded !== undefined) return recorded;
  const { example, runs } = recording;
  throw new RangeError(`The recording of ${example} has ${runs.length} runs, none numbered ${run}.`);
}
