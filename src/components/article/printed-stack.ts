import type { Owner } from '../../trace/format.ts';
import { eventsToLog } from '../../trace/format.ts';
import type { Recording } from '../../trace/recording.ts';
import { recordedRun } from './recorded-run.ts';

/** A frame as Python printed it: `File "…", line N, in NAME`, and the source line where there was one. */
export interface PrintedFrame {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly source: string | null;
  readonly owner: Owner;
}

/**
 * The frames that a recorded run, counted from 1, printed, outermost first. Throws when it printed none, so that no
 * article shows an empty stack.
 */
export function printedStack(recording: Recording, run: number): readonly PrintedFrame[] {
  const recorded = recordedRun(recording, run);
  const compiledUnder = Object.values(recording.compiledFrom).map(({ path }) => path);
  const frames = parseFrames(eventsToLog(recorded.events), recording.taskRoot, compiledUnder);
  if (frames.length === 0)
    throw new Error(`The recording of ${recording.example} prints no stack in run ${run}.`);
  return frames;
}

/**
 * The frames in a text that Python printed. A compiled file goes by the path that it was compiled under, wherever it
 * lies now: `compiledUnder` names those that lie in the task.
 */
export function parseFrames(
  text: string,
  taskRoot: string,
  compiledUnder: readonly string[] = [],
): readonly PrintedFrame[] {
  const frames = text.matchAll(/^ {2}File "([^"]+)", line (\d+), in (.+)\n(?: {4}(.+)\n)?/gm);
  return Array.from(frames, ([, file = '', line, name = '', source]) => ({
    file,
    line: Number(line),
    name,
    source: source ?? null,
    owner: compiledUnder.includes(file) ? 'handler' : pathToOwner(file, taskRoot),
  }));
}

/** Good for printed paths of files that lie where they say; the trace's own `owner` knows more. */
function pathToOwner(path: string, taskRoot: string): Owner {
  if (path.startsWith(`${taskRoot}/`)) return 'handler';
  return path.startsWith('/var/runtime/') ? 'runtime' : 'library';
}
