/**
 * The archive of Python's standard library. A boot image holds what most runs need of it, so the archive itself may
 * come later; until then a file of its size lies in its place, and a read of it waits (`src/harness/library.py`).
 */
import type { Python } from './interpreter.ts';

/** What is used of Emscripten's file system. */
interface FileSystem {
  readdir(path: string): string[];
  lookupPath(path: string): { readonly node: FileNode };
}

/** A file of it, which stays the same when it gets another name, or none. */
interface FileNode {
  contents: Uint8Array;
  usedBytes: number;
}

/** Where Pyodide lays the archive, under a name with Python's version in it. */
const FOLDER = '/lib';

export class StandardLibrary {
  readonly #size: number;
  readonly #arrived = Promise.withResolvers<null>();
  #bytes: Uint8Array<ArrayBuffer> | null = null;
  /** The archive as a file of Python's disk. */
  #file: FileNode | null = null;
  /** Called when somebody has to wait for it. */
  awaited: () => void = () => undefined;
  /** Whether Python boots without it. */
  isLate = false;

  /** `size` is that of the archive in bytes. */
  constructor(size: number) {
    this.#size = size;
  }

  get isThere(): boolean {
    return this.#bytes !== null;
  }

  /** What Pyodide is given as the archive while it boots. */
  async bytesToBoot(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.isLate) return this.#bytes ?? new Uint8Array(this.#size);
    await this.wait();
    return this.#bytes ?? new Uint8Array(this.#size);
  }

  /** The bytes have come. */
  arrive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#lay();
    this.#arrived.resolve(null);
  }

  /** Python has booted, and this is its disk. */
  lieIn(pyodide: Python): void {
    const FS = pyodide.FS as FileSystem;
    const name = FS.readdir(FOLDER).find((file) => file.endsWith('.zip'));
    if (name !== undefined) this.#file = FS.lookupPath(`${FOLDER}/${name}`).node;
    this.#lay();
  }

  /** Settles when the archive lies on Python's disk. */
  async wait(): Promise<void> {
    if (this.isThere) return;
    this.awaited();
    await this.#arrived.promise;
  }

  #lay(): void {
    if (this.#file === null || this.#bytes === null || !this.isLate) return;
    this.#file.contents = this.#bytes;
    this.#file.usedBytes = this.#bytes.length;
  }
}
