/**
 * The lists of the views Files and Bucket as markup: the build writes those of the recording, `<lab-storage>` makes nodes
 * of those of a moment, whose names can be opened and which can be downloaded one by one. `data-stored` names the row.
 */
import { cutText, firstOf } from '../cut-text.ts';
import { tag, type Markup, type Tag } from '../markup.ts';
import { nameToMarkup } from '../marks.ts';
import { pathToName } from '../path-to-name.ts';
import { fill, fillPlural, momentToClock, momentToDate, sizeToText, type LabWords } from '../words.ts';
import type { Folder } from './file-tree.ts';
import type { BucketContents, BucketObject, DiskFile } from './storage.ts';

/** What the lists need beside what they show. */
export interface RowSetting {
  readonly language: string;
  readonly words: Pick<LabWords, 'storage' | 'cut'>;
  /** The address of a file's page; null where it has none, or holds something else now. */
  readonly pageOf: (file: DiskFile) => string | null;
  /** What only a script can do something with; null in the page as it comes. */
  readonly live: LiveSetting | null;
}

/** What is known of the moment that is shown. */
export interface LiveSetting {
  /** What just changed: paths of files; of objects, bucket and key as `objectToName` writes them. */
  readonly now: ReadonlySet<string>;
  /** Folders that are to be closed. */
  readonly closed: ReadonlySet<string>;
}

/** How much is listed of the buckets. */
const BUCKET_BOUNDS = { buckets: 100, rows: 200, allRows: 600 } as const;

/** Characters of a name that are shown. */
const MAX_NAME = 300;

/** One name for an object of whatever bucket. */
export function objectToName({ bucket, key }: Pick<BucketObject, 'bucket' | 'key'>): string {
  return `${bucket}/${key}`;
}

/** A folder with what is shown of it, which is no deeper than its bounds allow. */
export function folderToMarkup(folder: Folder<DiskFile>, setting: RowSetting): Tag {
  return tag(
    'ul',
    { class: 'lab-storage-list' },
    ...folder.folders.map((inner) =>
      tag(
        'li',
        {},
        tag(
          'details',
          { open: setting.live?.closed.has(inner.path) === true ? null : '', 'data-path': inner.path },
          tag('summary', { translate: 'no' }, ...nameToMarkup(cutMiddle(inner.name)), '/'),
          folderToMarkup(inner, setting),
        ),
      ),
    ),
    ...folder.files.map((file) => fileToRow(file, setting)),
    ...moreToMarkup('li', folder.leftOut, setting),
  );
}

/** All buckets with their objects, as far as they are listed. */
export function bucketsToMarkup(
  buckets: BucketContents,
  setting: RowSetting,
  bounds: { readonly buckets: number; readonly rows: number; readonly allRows: number } = BUCKET_BOUNDS,
): readonly Tag[] {
  const { storage: words } = setting.words;
  if (buckets.size === 0) return [none(words.noBuckets)];
  const tags: Tag[] = [];
  let left = bounds.allRows;
  let count = 0;
  for (const [bucket, objects] of buckets) {
    count += 1;
    if (count > bounds.buckets) break;
    tags.push(
      tag('h5', { class: 'lab-storage-bucket', translate: 'no' }, ...nameToMarkup(cutText(bucket, MAX_NAME))),
    );
    if (objects.size === 0) {
      tags.push(none(words.noObjects));
      continue;
    }
    const shown = firstOf(objects.values(), Math.min(bounds.rows, left), byKey);
    left -= shown.length;
    tags.push(
      tag(
        'ul',
        { class: 'lab-storage-list' },
        ...shown.map((object) => objectToRow(object, setting)),
        ...moreToMarkup('li', objects.size - shown.length, setting),
      ),
    );
  }
  return [...tags, ...moreToMarkup('p', buckets.size - bounds.buckets, setting)];
}

/** The order in which S3 lists keys. */
export function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function none(text: string): Tag {
  return tag('p', { class: 'lab-storage-none' }, text);
}

/** How many are not listed; nothing where all are. */
function moreToMarkup(name: 'li' | 'p', count: number, { words, language }: RowSetting): readonly Tag[] {
  return count <= 0
    ? []
    : [tag(name, { class: 'lab-storage-none' }, fillPlural(words.cut.things, count, language))];
}

/** A chain of folders tells most by its beginning and its end. */
function cutMiddle(name: string): string {
  if (name.length <= MAX_NAME) return name;
  return `${cutText(name, MAX_NAME / 2)}${name.slice(-MAX_NAME / 2)}`;
}

function fileToRow(file: DiskFile, setting: RowSetting): Tag {
  const { change } = setting.words.storage;
  const isNow = setting.live?.now.has(file.path) === true;
  const text = isNow ? change.now : file.change === null ? null : change[file.change];
  return toRow(file.path, pathToName(file.path), file.path, setting.pageOf(file), isNow, setting, [
    sizeToMarkup(file.size, setting),
    ...(text === null ? [] : [changeToMarkup(text)]),
  ]);
}

function objectToRow(object: BucketObject, setting: RowSetting): Tag {
  const name = objectToName(object);
  const isNow = setting.live?.now.has(name) === true;
  const { modified } = object.about;
  return toRow(name, object.key, object.key, null, isNow, setting, [
    sizeToMarkup(object.size, setting),
    tag('time', { class: 'lab-storage-time', datetime: momentToDate(modified) }, momentToClock(modified)),
    ...(isNow ? [changeToMarkup(setting.words.storage.change.now)] : []),
  ]);
}

function sizeToMarkup(size: number, { language }: RowSetting): Tag {
  return tag('span', { class: 'lab-storage-size' }, sizeToText(size, language));
}

function changeToMarkup(text: string): Tag {
  return tag('span', { class: 'lab-storage-change' }, text);
}

function toRow(
  stored: string,
  name: string,
  whole: string,
  page: string | null,
  isNow: boolean,
  { words, live }: RowSetting,
  cells: readonly Markup[],
): Tag {
  // A file with a page of its own is a link to it, which a reader may also open elsewhere.
  const opener = tag(
    page === null ? (live === null ? 'span' : 'button') : 'a',
    {
      class: 'lab-storage-name',
      type: page === null && live !== null ? 'button' : null,
      href: page,
      translate: 'no',
      'data-stored': live === null ? null : stored,
    },
    ...nameToMarkup(cutText(name, MAX_NAME)),
  );
  const label = fill(words.storage.download, { name: cutText(whole, MAX_NAME) });
  return tag(
    'li',
    { class: isNow ? 'lab-storage-row is-now' : 'lab-storage-row' },
    opener,
    ...cells,
    ...(live === null
      ? []
      : [tag('button', { type: 'button', class: 'lab-storage-save', 'aria-label': label }, '↓')]),
  );
}
