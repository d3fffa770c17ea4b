/** An environment whose invocations several processes take in turn: which has the next, and what it has not seen. */
import type { Buckets } from '../platforms/shared/objects.ts';
import type { TraceEvent } from '../trace/format.ts';
import { filesIn, keepFiles } from './kept-files.ts';
import type { Changes, EarlierProcesses, Files } from './protocol.ts';

/** One process's place among the others. */
interface Place<Process> {
  /** Null where there is none yet, or none any more. */
  process: Process | null;
  /** What the others have changed since its last invocation. */
  unseen: Changes['files'];
  /** The buckets as its last invocation has left them. */
  buckets: Buckets;
}

/** The next invocation's process. */
export interface Turn<Process> {
  /** Null when one has to be started, with `before`. */
  readonly process: Process | null;
  /** What the process has to be told with its invocation. */
  readonly changes: Changes;
  /** What a process that is started now takes over. */
  readonly before: EarlierProcesses;
}

export class Turns<Process> {
  readonly #folders: readonly string[];
  /** Those that wait; the one that has the next invocation stands first. */
  readonly #waiting: Place<Process>[];
  #started = 1;
  #files: Files = {};

  /** `processes` is their number, of which one has been started; all of them see the files of `folders`. */
  constructor(processes: number, folders: readonly string[], buckets: Buckets) {
    this.#folders = folders;
    this.#waiting = Array.from({ length: processes - 1 }, () => ({ process: null, unseen: {}, buckets }));
  }

  /** `last` had the invocation before this one, null when it is over; `buckets` is what they hold now. */
  next(last: Process | null, buckets: Buckets): Turn<Process> {
    this.#waiting.push({ process: last, unseen: {}, buckets });
    const place = this.#waiting.shift();
    const process = place?.process ?? null;
    const isSame = place?.buckets === buckets;
    const before = { count: this.#started, files: filesIn(this.#files, this.#folders) };
    if (process === null) this.#started += 1;
    return { process, before, changes: { files: place?.unseen ?? {}, objects: isSame ? null : buckets } };
  }

  /** The process whose turn it is has recorded these. */
  note(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    this.#files = keepFiles(this.#files, events, blobs);
    const changes = events.flatMap((event): [string, Uint8Array | null][] => {
      if (event.kind !== 'file' || !this.#folders.some((folder) => event.path.startsWith(`${folder}/`)))
        return [];
      if (event.size === null) return [[event.path, null]];
      // A file that is too large for a recording is not handed over.
      const bytes = event.blob !== null && Object.hasOwn(blobs, event.blob) ? blobs[event.blob] : undefined;
      return bytes === undefined ? [] : [[event.path, bytes]];
    });
    if (changes.length === 0) return;
    for (const place of this.#waiting)
      place.unseen = Object.fromEntries([...Object.entries(place.unseen), ...changes]);
  }

  /** It is over; another one takes its place when that has its turn. */
  drop(process: Process): void {
    for (const place of this.#waiting) if (place.process === process) place.process = null;
  }

  /** Those that wait for their turn. */
  waiting(): Process[] {
    return this.#waiting.flatMap(({ process }) => (process === null ? [] : [process]));
  }
}
