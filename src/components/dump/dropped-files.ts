/** From what a reader has dropped or chosen to what is opened: one archive, or the files of a folder. */
import { DUMP_LIMITS, DumpFault } from '../../dump/dump-fault.ts';
import type { DroppedFile, DumpSource } from './told.ts';

/** A dump that is still to be opened, and what its owner calls it. */
export interface Dropped {
  readonly name: string;
  readonly source: DumpSource;
}

/**
 * What a drop holds; null where it holds no file. What it lists has to be taken out of it in the event's own task. Rejects with
 * `DumpFault` where a folder has more files than are opened.
 */
export function dropped(transfer: DataTransfer): Promise<Dropped> | null {
  const files = [...transfer.files];
  const entries = Array.from(transfer.items, (item) =>
    item.kind === 'file' ? item.webkitGetAsEntry() : null,
  );
  const known = entries.filter((entry) => entry !== null);
  if (!known.some(({ isDirectory }) => isDirectory)) return files.length === 0 ? null : chosen(files);
  return readEntries(known);
}

/** The names of archives, whichever this page opens. */
const ARCHIVE = /\.(?:zip|jar|whl|tar|t?gz|tar\.\w+|7z|rar)$/i;

/** Files that were chosen, a folder's among them: one alone is an archive. Rejects with `DumpFault` where there are several. */
export function chosen(files: readonly File[]): Promise<Dropped> {
  const [first] = files;
  if (first === undefined) throw new RangeError('Nothing was chosen.');
  const path = first.webkitRelativePath;
  if (files.length === 1 && path === '')
    return Promise.resolve({ name: first.name, source: { archive: first } });
  if (path === '' && files.every(({ name }) => ARCHIVE.test(name)))
    return Promise.reject(new DumpFault('several', files.length));
  const folder = files.map((file) => ({ name: file.webkitRelativePath || file.name, file }));
  const top = path.split('/')[0] ?? '';
  return Promise.resolve({
    name: top === '' ? `${first.name} …` : top,
    source: { folder: withoutTop(folder) },
  });
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<Dropped> {
  const folder: DroppedFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (entry.isDirectory) waiting.push(...(await listOf(entry as FileSystemDirectoryEntry)));
    else {
      const name = entry.fullPath.replace(/^\//, '');
      folder.push({ name, file: await fileOf(entry as FileSystemFileEntry) });
    }
    if (folder.length + waiting.length > DUMP_LIMITS.files) throw new DumpFault('many', DUMP_LIMITS.files);
  }
  if (folder.length === 0) throw new DumpFault('empty');
  const [first] = entries;
  folder.sort((one, other) => (one.name < other.name ? -1 : 1));
  return { name: first?.name ?? '', source: { folder: entries.length === 1 ? withoutTop(folder) : folder } };
}

/** The folder that was dropped is no part of its files' paths: `runtime/awslambda/…` or `var/runtime/…` begin inside of it. */
function withoutTop(folder: readonly DroppedFile[]): readonly DroppedFile[] {
  const top = `${folder[0]?.name.split('/')[0] ?? ''}/`;
  // A runtime's own folder says by its name what it is.
  if (/^(?:awslambda(?:ric)?|runtime|var|opt|site-packages)\/$/.test(top)) return folder;
  if (!folder.every(({ name }) => name.startsWith(top))) return folder;
  return folder.map(({ name, file }) => ({ name: name.slice(top.length), file }));
}

/** A reader gives a folder's entries some at a time, and none at the end. */
async function listOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
    if (all.length > DUMP_LIMITS.files) throw new DumpFault('many', DUMP_LIMITS.files);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}
