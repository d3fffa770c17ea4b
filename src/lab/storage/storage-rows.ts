/**
 * The lists of the panes Files and Bucket as elements: the same markup as `components/lab/Storage.astro` makes, with
 * names that can be opened and a way to download each.
 */
import type { Folder } from './file-tree.ts';
import { makeElement } from '../make-element.ts';
import { pathToName } from '../path-to-name.ts';
import type { BucketContents, DiskFile, BucketObject } from './storage.ts';
import { fill, momentToClock, sizeToText, type StorageWords } from '../words.ts';

/** What the lists need beside what they show. */
export interface RowSetting {
  readonly document: Document;
  readonly language: string;
  readonly words: StorageWords;
  /** What just changed: paths of files; of objects, bucket and key as `objectToName` writes them. */
  readonly now: ReadonlySet<string>;
  /** Folders that are to be closed. */
  readonly closed: ReadonlySet<string>;
  /** The address of a file's page; null where it has none, or holds something else now. */
  readonly pageOf: (file: DiskFile) => string | null;
  readonly open: (stored: DiskFile | BucketObject, from: HTMLElement) => void;
  readonly download: (stored: DiskFile | BucketObject) => void;
}

/** One name for an object of whatever bucket. */
export function objectToName({ bucket, key }: Pick<BucketObject, 'bucket' | 'key'>): string {
  return `${bucket}/${key}`;
}

/** A folder with all that lies in it. */
export function folderToList(folder: Folder<DiskFile>, setting: RowSetting): HTMLUListElement {
  const list = makeElement(setting.document, 'ul', 'lab-storage-list');
  for (const inner of folder.folders) {
    const details = makeElement(setting.document, 'details', '');
    details.dataset.path = inner.path;
    details.open = !setting.closed.has(inner.path);
    const summary = makeElement(setting.document, 'summary', '', `${inner.name}/`);
    summary.translate = false;
    details.append(summary, folderToList(inner, setting));
    const item = makeElement(setting.document, 'li', '');
    item.append(details);
    list.append(item);
  }
  for (const file of folder.files) list.append(fileToRow(file, setting));
  return list;
}

/** All buckets with their objects. */
export function bucketsToNodes(buckets: BucketContents, setting: RowSetting): HTMLElement[] {
  const { words } = setting;
  if (buckets.size === 0) return [makeElement(setting.document, 'p', 'lab-storage-none', words.noBuckets)];
  return [...buckets].flatMap(([bucket, objects]) => {
    const title = makeElement(setting.document, 'h5', 'lab-storage-bucket', bucket);
    title.translate = false;
    if (objects.size === 0)
      return [title, makeElement(setting.document, 'p', 'lab-storage-none', words.noObjects)];
    const list = makeElement(setting.document, 'ul', 'lab-storage-list');
    for (const object of objects.values()) list.append(objectToRow(object, setting));
    return [title, list];
  });
}

function fileToRow(file: DiskFile, setting: RowSetting): HTMLLIElement {
  const { words, now, pageOf } = setting;
  const row = toRow(file, pathToName(file.path), file.path, pageOf(file), setting);
  const isNow = now.has(file.path);
  row.classList.toggle('is-now', isNow);
  const change = isNow ? words.change.now : file.change === null ? null : words.change[file.change];
  if (change !== null)
    row.insertBefore(makeElement(setting.document, 'span', 'lab-storage-change', change), row.lastChild);
  return row;
}

function objectToRow(object: BucketObject, setting: RowSetting): HTMLLIElement {
  const row = toRow(object, object.key, object.key, null, setting);
  const isNow = setting.now.has(objectToName(object));
  row.classList.toggle('is-now', isNow);
  const time = makeElement(
    setting.document,
    'time',
    'lab-storage-time',
    momentToClock(object.about.modified),
  );
  time.dateTime = new Date(object.about.modified).toISOString();
  row.insertBefore(time, row.lastChild);
  if (isNow)
    row.insertBefore(
      makeElement(setting.document, 'span', 'lab-storage-change', setting.words.change.now),
      row.lastChild,
    );
  return row;
}

function toRow(
  stored: DiskFile | BucketObject,
  name: string,
  whole: string,
  page: string | null,
  setting: RowSetting,
): HTMLLIElement {
  const { words, language, open, download } = setting;
  const row = makeElement(setting.document, 'li', 'lab-storage-row');
  const opener: HTMLElement = toOpener(name, page, setting);
  opener.dataset.stored = 'from' in stored ? stored.path : objectToName(stored);
  opener.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(stored, opener);
  });
  const saver = makeElement(setting.document, 'button', 'lab-storage-save', '↓');
  saver.type = 'button';
  saver.setAttribute('aria-label', fill(words.download, { name: whole }));
  saver.addEventListener('click', () => {
    download(stored);
  });
  row.append(
    opener,
    makeElement(setting.document, 'span', 'lab-storage-size', sizeToText(stored.size, language)),
    saver,
  );
  return row;
}

/** A file with a page of its own is a link to it, which a reader may also open elsewhere. */
function toOpener(name: string, page: string | null, setting: RowSetting): HTMLElement {
  const opener = makeElement(setting.document, page === null ? 'button' : 'a', 'lab-storage-name', name);
  opener.translate = false;
  if (opener instanceof HTMLButtonElement) opener.type = 'button';
  else opener.href = page ?? '';
  return opener;
}
