/**
 * Everything that a pane holds, as one archive for the reader: with progress, with a way to stop, and with an honest
 * word on what is not in it.
 */
import type { StorageBytes } from './storage-bytes.ts';
import type { DiskFile, BucketObject } from './storage.ts';
import { saveBytes } from './save-bytes.ts';
import type { LabPage } from '../page-data.ts';
import { fillPlural, fill } from '../words.ts';
import type { ZippedFile } from './zip-files.ts';

/** What a download needs of the pane that it is for. */
export interface StorageDownload {
  /** The archive's own name. */
  readonly name: string;
  /** Whether the name of each object begins with its bucket's: where there is one bucket, that says nothing. */
  readonly namesBuckets: boolean;
  readonly bytes: StorageBytes;
  readonly page: LabPage;
  /** Says why bytes could not be had, or the given sentence where the browser has no room for them. */
  readonly sayFault: (error: unknown, full: string) => Promise<void>;
  readonly document: Document;
  /** Ends it without a word. */
  readonly signal: AbortSignal;
  /** How much is packed, from 0 to 1; null when nothing is being packed any more. */
  readonly progress: (share: number | null) => void;
  readonly say: (text: string) => void;
}

/** Packs them and hands the archive to the browser. Never rejects: what goes wrong is said. */
export async function downloadStored(
  stored: readonly (DiskFile | BucketObject)[],
  download: StorageDownload,
): Promise<void> {
  const { page, signal, progress, say } = download;
  const { language } = page;
  const words = page.words.storage;
  const there = stored.filter(isCarried);
  const lacking = stored.length - there.length;
  const lack = lacking === 0 ? null : fillPlural(words.leftOut, lacking, language);
  if (there.length === 0) {
    say(lack ?? words.nothing);
    return;
  }
  progress(0);
  let tenths = 0;
  try {
    const { zipFiles } = await import('./zip-files.ts');
    const pieces = await zipFiles(
      there.map((one) => toZipped(one, download)),
      (done, of) => {
        // For the ear in tenths; the bar moves with each file.
        const now = Math.floor((10 * done) / of);
        if (now > tenths) say(fill(words.packing, { done, count: of }));
        tenths = now;
        progress(done / of);
      },
      signal,
    );
    saveBytes(download.name, pieces, download.document);
    const packed = fillPlural(words.packed, there.length, language);
    say(lack === null ? packed : fill(words.packedBut, { packed, lacking: lack }));
  } catch (error) {
    if (!signal.aborted) await download.sayFault(error, words.notPacked);
  } finally {
    progress(null);
  }
}

/** False for what was more than a trace carries: its bytes are nowhere. */
function isCarried(one: DiskFile | BucketObject): boolean {
  return ('from' in one && one.from !== 'blob') || one.blob !== null;
}

function toZipped(
  stored: DiskFile | BucketObject,
  { namesBuckets, bytes: from }: Pick<StorageDownload, 'namesBuckets' | 'bytes'>,
): ZippedFile {
  const bytes = (): Promise<Uint8Array> => from.of(stored);
  // A path's first slash is where the archive begins.
  if ('from' in stored) return { name: stored.path.slice(1), bytes };
  return {
    name: namesBuckets ? `${stored.bucket}/${stored.key}` : stored.key,
    bytes,
    modified: stored.about.modified,
  };
}
