/**
 * The lists of the panes Files and Bucket as elements: the same markup as `components/lab/Holdings.astro` makes, with
 * names that can be opened and a way to download each.
 */
import { pathToName, type Folder } from './file-tree.ts';
import type { HeldBuckets, HeldFile, HeldObject } from './holdings.ts';
import { fillWords, momentToClock, sizeToText, type HeldWords } from './words.ts';

/** What the lists need beside what they show. */
export interface RowSetting {
  readonly document: Document;
  readonly language: string;
  readonly words: HeldWords;
  /** What just changed: paths of files; of objects, bucket and key as `objectToName` writes them. */
  readonly now: ReadonlySet<string>;
  /** Folders that are to be closed. */
  readonly closed: ReadonlySet<string>;
  /** The address of a file's page; null where it has none, or holds something else now. */
  readonly pageOf: (file: HeldFile) => string | null;
  readonly open: (held: HeldFile | HeldObject, from: HTMLElement) => void;
  readonly download: (held: HeldFile | HeldObject) => void;
}

/** One name for an object of whatever bucket. */
export function objectToName({ bucket, key }: Pick<HeldObject, 'bucket' | 'key'>): string {
  return `${bucket}/${key}`;
}

/** A folder with all that lies in it. */
export function folderToList(folder: Folder<HeldFile>, setting: RowSetting): HTMLUListElement {
  const list = make(setting, 'ul', 'lab-held-list');
  for (const inner of folder.folders) {
    const details = make(setting, 'details', '');
    details.dataset.path = inner.path;
    details.open = !setting.closed.has(inner.path);
    const summary = make(setting, 'summary', '', `${inner.name}/`);
    summary.translate = false;
    details.append(summary, folderToList(inner, setting));
    const item = make(setting, 'li', '');
    item.append(details);
    list.append(item);
  }
  for (const file of folder.files) list.append(fileToRow(file, setting));
  return list;
}

/** All buckets with their objects. */
export function bucketsToNodes(buckets: HeldBuckets, setting: RowSetting): HTMLElement[] {
  const { words } = setting;
  if (buckets.size === 0) return [make(setting, 'p', 'lab-held-none', words.noBuckets)];
  return [...buckets].flatMap(([bucket, objects]) => {
    const title = make(setting, 'h5', 'lab-held-bucket', bucket);
    title.translate = false;
    if (objects.size === 0) return [title, make(setting, 'p', 'lab-held-none', words.noObjects)];
    const list = make(setting, 'ul', 'lab-held-list');
    for (const object of objects.values()) list.append(objectToRow(object, setting));
    return [title, list];
  });
}

function fileToRow(file: HeldFile, setting: RowSetting): HTMLLIElement {
  const { words, now, pageOf } = setting;
  const row = toRow(file, pathToName(file.path), file.path, pageOf(file), setting);
  const isNow = now.has(file.path);
  row.classList.toggle('is-now', isNow);
  const change = isNow ? words.change.now : file.change === null ? null : words.change[file.change];
  if (change !== null) row.insertBefore(make(setting, 'span', 'lab-held-change', change), row.lastChild);
  return row;
}

function objectToRow(object: HeldObject, setting: RowSetting): HTMLLIElement {
  const row = toRow(object, object.key, object.key, null, setting);
  const isNow = setting.now.has(objectToName(object));
  row.classList.toggle('is-now', isNow);
  const time = make(setting, 'time', 'lab-held-time', momentToClock(object.about.modified));
  time.dateTime = new Date(object.about.modified).toISOString();
  row.insertBefore(time, row.lastChild);
  if (isNow)
    row.insertBefore(make(setting, 'span', 'lab-held-change', setting.words.change.now), row.lastChild);
  return row;
}

function toRow(
  held: HeldFile | HeldObject,
  name: string,
  whole: string,
  page: string | null,
  setting: RowSetting,
): HTMLLIElement {
  const { words, language, open, download } = setting;
  const row = make(setting, 'li', 'lab-held-row');
  const opener: HTMLElement = toOpener(name, page, setting);
  opener.dataset.held = 'from' in held ? held.path : objectToName(held);
  opener.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(held, opener);
  });
  const saver = make(setting, 'button', 'lab-held-save', '↓');
  saver.type = 'button';
  saver.setAttribute('aria-label', fillWords(words.download, { name: whole }));
  saver.addEventListener('click', () => {
    download(held);
  });
  row.append(opener, make(setting, 'span', 'lab-held-size', sizeToText(held.size, language)), saver);
  return row;
}

/** A file with a page of its own is a link to it, which a reader may also open elsewhere. */
function toOpener(name: string, page: string | null, setting: RowSetting): HTMLElement {
  const opener = make(setting, page === null ? 'button' : 'a', 'lab-held-name', name);
  opener.translate = false;
  if (opener instanceof HTMLButtonElement) opener.type = 'button';
  else opener.href = page ?? '';
  return opener;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  { document }: RowSetting,
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}
