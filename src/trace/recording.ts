/**
 * A recording: an example run at build time on one platform, with everything a lab shows of it and
 * needs to run it again.
 *
 * Writer: the build (`src/integrations/recordings.ts`), one JSON file an example and platform. Readers:
 * the pages' components, and through them the lab in the browser.
 */
import type { FileContent } from './file-content.ts';
import type { RecordedRun } from './format.ts';
import type { PredictionQuestion } from './prediction.ts';
import type { Stop } from './stops.ts';

/** How the function is set up: what its owner could choose in the platform's console. */
export interface FunctionSetup {
  readonly handler: string;
  /** True defers the import of the handler's module to the first invocation. */
  readonly suppressInit: boolean;
  /** How the runtime waits for invocations: one of its platform's `modes`; left out, the usual one. */
  readonly mode?: string;
  /** How the process is started: one of its platform's `starts`; left out, the usual way. */
  readonly start?: string;
  /** What runs beside the process, where the platform has such a thing: it is told before its environment is removed. */
  readonly extension?: Extension;
  /**
   * `ahead`: in a run on the page a sleep takes no time and moves the clock on; left out, clocks are the machine's. Recorded
   * runs have a simulated clock in any case.
   */
  readonly clock?: 'ahead';
  /** The function's time-out in milliseconds. */
  readonly timeout: number;
  /** All variables of the process, the platform's own included. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The bytes that an event names; what equals a file of the platform's disk is not kept twice. */
export type BlobContent = FileContent | { readonly image: string };

/** What a compiled file was made from, and the path that it was compiled under. */
export interface CompiledSource {
  readonly path: string;
  readonly text: string;
}

/** An extension within the runtime's process, or a process of its own. */
export type Extension = 'internal' | 'external';

export interface Recording {
  /** Name of the folder in `content/examples`. */
  readonly example: string;
  /** What the example is called where a lab offers several, by language; null for one that stands alone. */
  readonly title: Readonly<Record<string, string>> | null;
  /** Name of the folder in `src/platforms`. */
  readonly platform: string;
  /** The folder that the task's files lie in, for example `/var/task`. */
  readonly taskRoot: string;
  readonly setup: FunctionSetup;
  /** The function's files by their absolute path on the platform's disk, in the order of their names. */
  readonly task: Readonly<Record<string, FileContent>>;
  /** The sources of compiled files among them, by the compiled file's path: they lie on no disk. */
  readonly compiledFrom: Readonly<Record<string, CompiledSource>>;
  /** The author's stops on this platform. */
  readonly stops: readonly Stop[];
  /** What its lab asks before the first run; null for nothing. */
  readonly prediction: PredictionQuestion | null;
  /** One run for each of the example's events, all in one environment as long as it lives. */
  readonly runs: readonly RecordedRun[];
  /** For each run the bytes of objects and files, by the names that its events give them. */
  readonly blobs: readonly Readonly<Record<string, BlobContent>>[];
  /** What lies on the platform's disk before the function's files do: sizes by path, and folders that may be empty. */
  readonly disk: { readonly files: Readonly<Record<string, number>>; readonly folders: readonly string[] };
  /** What becomes of an environment when its process ends, or whether it has several. */
  readonly environment: 'single' | 'reset' | 'shared';
}

/** The one name of an example on a platform: file name of its recording, id of its lab on a page. */
export function recordingId(example: string, platform: string): string {
  return `${example}--${platform}`;
}
