/** An environment whose invocations several processes take in turn: which has the next, and what it has not seen. */
import type { Buckets } from '../platforms/shared/objects.ts';
import type { TraceEvent } from '../trace/format.ts';
import { bytesOf, isIn, KeptFiles } from './kept-files.ts';
import type { Changes, EarlierProcesses } from './protocol.ts';

/** One process's place among the others. */
interface Place<Process> {
  /** Null where there is none yet, or none any more. */
  process: Process | null;
  /** What the others have changed since its last invocation. */
  unseen: Map<string, Uint8Array | null>;
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
  readonly #files = new KeptFiles();

  /** `processes` is their number, of which one has been started; all of them see the files of `folders`. */
  constructor(processes: number, folders: readonly string[], buckets: Buckets) {
    this.#folders = folders;
    this.#waiting = Array.from({ length: processes - 1 }, () => ({
      process: null,
      unseen: new Map(),
      buckets,
    }));
  }

  /** `last` had the invocation before this one, null when it is over; `buckets` is what they hold now. */
  next(last: Process | null, buckets: Buckets): Turn<Process> {
    this.#waiting.push({ process: last, unseen: new Map(), buckets });
    const place = this.#waiting.shift();
    const process = place?.process ?? null;
    const isSame = place?.buckets === buckets;
    const before = { count: this.#started, files: this.#files.in(this.#folders) };
    if (process === null) this.#started += 1;
    const files = Object.fromEntries(place?.unseen ?? []);
    return { process, before, changes: { files, objects: isSame ? null : buckets } };
  }

  /** The process whose turn it is has recorded these. */
  note(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    this.#files.note(events, blobs);
    for (const event of events) {
      if (event.kind !== 'file' || !isIn(this.#folders, event.path)) continue;
      const bytes = bytesOf(event, blobs);
      // A file that is too large for a recording is not handed over.
      if (event.size !== null && bytes === null) continue;
      for (const { unseen } of this.#waiting) unseen.set(event.path, event.size === null ? null : bytes);
    }
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
