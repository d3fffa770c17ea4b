/** Where the reader's own handler begins in a run: that is where the stack of a run that nobody steps through is shown. */
import type { Replay } from '../../trace/replay.ts';
import type { LabStop } from '../page-data.ts';

/** The stop that the author calls `handler`; else the first call of a function of the handler's; else the end. */
export function handlerStep(
  replay: Replay,
  stops: readonly LabStop[],
  stepOf: (stop: string) => number | undefined,
): number {
  const named = stops.find(({ name }) => name === 'handler');
  const step = named === undefined ? undefined : stepOf(named.name);
  if (step !== undefined) return step;
  for (let at = 1; at < replay.length; at += 1) {
    const place = replay.placeOf(at);
    if (replay.kindOf(at) === 'call' && place?.owner === 'handler' && place.name !== '<module>') return at;
  }
  return replay.length;
}
