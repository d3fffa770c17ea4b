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
  const ownFiles = [...Object.keys(recording.task), ...compiledUnder];
  const frames = parseFrames(eventsToLog(recorded.events), {
    taskRoot: recording.taskRoot,
    image: Object.keys(recording.disk.files),
    ownFiles,
  });
  if (frames.length === 0)
    throw new Error(`The recording of ${recording.example} prints no stack in run ${run}.`);
  return frames;
}

/** What tells whose a file is. */
interface Owners {
  /** The function's folder. */
  readonly taskRoot: string;
  /** The files of the platform's disk; some may lie in the function's folder. */
  readonly image: readonly string[];
  /** The function's files, its layers' too, and paths that some were compiled under: they go by those, wherever they lie now. */
  readonly ownFiles?: readonly string[];
}

/** The frames in a text that Python printed. */
export function parseFrames(text: string, owners: Owners): readonly PrintedFrame[] {
  const frames = text.matchAll(/^ {2}File "([^"]+)", line (\d+), in (.+)\n(?: {4}(.+)\n)?/gm);
  return Array.from(frames, ([, file = '', line, name = '', source]) => ({
    file,
    line: Number(line),
    name,
    source: source ?? null,
    owner: pathToOwner(file, owners),
  }));
}

/** Good for printed paths of files that lie where they say; the trace's own `owner` knows more. */
function pathToOwner(path: string, { taskRoot, image, ownFiles = [] }: Owners): Owner {
  if (image.includes(path)) return 'runtime';
  return path.startsWith(`${taskRoot}/`) || ownFiles.includes(path) ? 'handler' : 'library';
}
