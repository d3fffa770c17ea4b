/** What the page keeps of an environment's disk: the files that are left when the platform resets it. */
import type { TraceEvent } from '../trace/format.ts';
import type { Files } from './protocol.ts';

type FileEvent = Extract<TraceEvent, { kind: 'file' }>;
type Blobs = Readonly<Record<string, Uint8Array>>;

/** Some files, changed by the events of one run after another. A file that no event brought is lost. */
export class KeptFiles {
  readonly #files: Map<string, string | Uint8Array>;
  #weight = 0;

  constructor(files: Files = {}) {
    this.#files = new Map(Object.entries(files));
    for (const content of this.#files.values()) this.#weight += content.length;
  }

  /** Bytes of the page's memory that they take, roughly. */
  get weight(): number {
    return this.#weight;
  }

  /** Lets some events happen. */
  note(events: readonly TraceEvent[], blobs: Blobs): void {
    for (const event of events) {
      if (event.kind !== 'file') continue;
      this.#weight -= this.#files.get(event.path)?.length ?? 0;
      const bytes = bytesOf(event, blobs);
      if (bytes === null) this.#files.delete(event.path);
      else this.#files.set(event.path, bytes);
      this.#weight += bytes?.length ?? 0;
    }
  }

  /** Those that lie in one of the folders. */
  in(folders: readonly string[]): Files {
    const isWithin = ([path]: readonly [string, unknown]): boolean => isIn(folders, path);
    // Not by assignment: reader code may name a file anything.
    return Object.fromEntries([...this.#files].filter(isWithin));
  }
}

/** The bytes that an event has brought; null where it brought none. */
export function bytesOf({ blob }: FileEvent, blobs: Blobs): Uint8Array | null {
  return (blob !== null && Object.hasOwn(blobs, blob) ? blobs[blob] : undefined) ?? null;
}

/** Whether a file lies in one of the folders. */
export function isIn(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}
