/**
 * Where are the bytes of a file or an object? The function's come with the page, those of events with the recording or
 * with the reader's run, the platform's are fetched when somebody asks for them.
 */
import type { BroughtToLab } from '../brought-labs.ts';
import type { PythonFiles } from '../../sandbox/python-files.ts';
import { contentToFile, type FileContent } from '../../trace/file-content.ts';
import type { BlobContent } from '../../trace/recording.ts';
import { ownValue } from '../../trace/own-value.ts';
import type { DiskFile, BucketObject } from './storage.ts';
import type { LabPage } from '../page-data.ts';

/** The bytes are nowhere: there were more than a trace carries. */
export class BytesNotKept extends Error {
  override name = 'BytesNotKept';
}

let shared: Promise<PythonFiles> | null = null;

export class StorageBytes {
  readonly #platform: string;
  readonly #page: LabPage;
  readonly #blobs = new Map<string, BlobContent | Uint8Array>();

  readonly #bytesOf: BroughtToLab['bytesOf'] | null;

  /** `bytesOf` reads a disk in the place of the platform's own. */
  constructor(platform: string, page: LabPage, bytesOf: BroughtToLab['bytesOf'] | null) {
    this.#platform = platform;
    this.#page = page;
    this.#bytesOf = bytesOf;
  }

  /** Keeps bytes under the name that an event has for them; the function's files are `task` and their path. */
  keep(name: string, bytes: BlobContent | Uint8Array): void {
    this.#blobs.set(name, bytes);
  }

  /** Forgets the bytes that runs of the reader's have brought, but for these. */
  forgetBut(names: ReadonlySet<string | null>): void {
    for (const name of this.#blobs.keys())
      if (!/^(?:task|0\/)/.test(name) && !names.has(name)) this.#blobs.delete(name);
  }

  /** The bytes themselves. Rejects with `BytesNotKept`, or when the platform's files cannot be fetched. */
  async of(stored: DiskFile | BucketObject): Promise<Uint8Array<ArrayBuffer>> {
    if ('from' in stored && stored.from === 'image') return this.#fromImage(stored.path);
    const name = 'from' in stored && stored.from === 'task' ? `task${stored.path}` : stored.blob;
    const blob = name === null ? undefined : this.#blobs.get(name);
    if (blob instanceof Uint8Array) return new Uint8Array(blob);
    if (blob !== undefined && 'image' in blob) return this.#fromImage(blob.image);
    return toBytes(blob);
  }

  async #fromImage(path: string): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#bytesOf !== null) {
      const bytes = this.#bytesOf(path);
      if (bytes === null) throw new BytesNotKept();
      return bytes;
    }
    shared ??= import('../sandbox.ts').then(
      // A platform's files are there without WebAssembly, too.
      ({ PythonFiles, browserNetwork }) =>
        new PythonFiles(this.#page.assets, new URL(this.#page.base, document.baseURI), {
          ...browserNetwork(),
          runsWebAssembly: true,
        }),
    );
    try {
      const { files } = await (await shared).image(this.#platform);
      return toBytes(ownValue(files, path));
    } catch (error) {
      shared = null;
      throw error;
    }
  }
}

function toBytes(content: FileContent | undefined): Uint8Array<ArrayBuffer> {
  if (content === undefined) throw new BytesNotKept();
  const file = contentToFile(content);
  return typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file);
}
