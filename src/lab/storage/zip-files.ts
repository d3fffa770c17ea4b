/**
 * Files in one archive, made in pieces so that the page stays free: after each piece the page's other work
 * comes first. Loaded when somebody asks for an archive.
 */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { namesToSafePaths } from '../../trace/safe-paths.ts';

export interface ZippedFile {
  /** Any text: what would lead out of the archive's folder is written so that it does not. */
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
  /** Milliseconds since 1970; the moment of the call where nobody knows. */
  readonly modified?: number;
}

/** Bytes that are packed at once: some milliseconds' work. */
const PIECE = 128 * 1024;
/** Bytes up to which packing is not worth its header. */
const SMALL = 64;

/** The archive's pieces, for a `Blob`. `progress` is told how many of the files are in it; `signal` ends it. */
export async function zipFiles(
  files: readonly ZippedFile[],
  progress: (done: number, of: number) => void,
  signal: AbortSignal,
  breathe: () => Promise<void> = nextTask,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const archive = new Zip((error, data) => {
    if (error !== null) throw error;
    // A copy: what fflate hands over may be a view of a buffer that it goes on with.
    pieces.push(new Uint8Array(data));
  });
  const paths = namesToSafePaths(files.map(({ name }) => name));
  for (const [at, { bytes, modified }] of files.entries()) {
    const data = await bytes();
    const entry = new (data.length > SMALL ? ZipDeflate : ZipPassThrough)(paths[at] ?? '');
    entry.mtime = toZipTime(modified);
    archive.add(entry);
    for (let begin = 0; begin === 0 || begin < data.length; begin += PIECE) {
      signal.throwIfAborted();
      entry.push(data.subarray(begin, begin + PIECE), begin + PIECE >= data.length);
      await breathe();
    }
    progress(at + 1, files.length);
  }
  archive.end();
  return pieces;
}

/** An archive knows the years from 1980 to 2099. */
function toZipTime(modified: number = Date.now()): number {
  return Math.min(Math.max(modified, Date.UTC(1980, 0, 2)), Date.UTC(2099, 11, 30));
}

/** Milliseconds that the page may be kept busy; to wait at every piece would cost more than the packing. */
const BUSY = 10;
let waited = 0;

function nextTask(): Promise<void> {
  if (performance.now() - waited < BUSY) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(() => {
      waited = performance.now();
      resolve();
    });
  });
}
