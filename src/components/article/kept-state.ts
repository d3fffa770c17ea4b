/** Whose state survives? Read from a counter's recording: what it answered, and how often it was begun anew. */
import type { FileContent } from '../../trace/file-content.ts';
import type { Recording } from '../../trace/recording.ts';
import { pathToName } from '../../lab/path-to-name.ts';
import { eventsToLog } from '../../trace/format.ts';

/** What a platform kept of a counter between the runs of its recording. */
export interface KeptState {
  /** The name of the function's file that prints the line, and so counts. */
  readonly file: string;
  /** What the caller got, run by run. */
  readonly answers: readonly string[];
  /** How many processes answered. */
  readonly processes: number;
  /** How often the top of that file ran. */
  readonly tops: number;
}

/**
 * Reads a counter's recording, whose file prints `line` at its top. Throws when no file or more than one prints it,
 * when it is in no log, or when a run has no answer: a table must not say nothing.
 */
export function keptState(recording: Recording, line: string): KeptState {
  const { example, platform, runs } = recording;
  const files = Object.entries(recording.task).filter(([, content]) => prints(content, line));
  const [[file] = ['']] = files;
  if (files.length !== 1)
    throw new RangeError(
      `${String(files.length)} files of ${example} on ${platform} print "${line}", not one.`,
    );
  const answers = runs.map(({ outcome }) => {
    if ('payload' in outcome) return outcome.payload;
    throw new RangeError(`A run of ${example} on ${platform} has no answer.`);
  });
  const lines = runs.flatMap(({ events }) => eventsToLog(events).split('\n'));
  const tops = lines.filter((logged) => logged === line).length;
  if (tops === 0) throw new RangeError(`No log of ${example} on ${platform} has the line "${line}".`);
  return {
    file: pathToName(file),
    answers,
    processes: runs.filter(({ beginning }) => beginning.cold).length,
    tops,
  };
}

function prints(content: FileContent, line: string): boolean {
  return 'text' in content && content.text.includes(`print('${line}'`);
}
