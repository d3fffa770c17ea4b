/** The files of one language's search: made by the build, and by tests. */
import MiniSearch, { type AsPlainObject } from 'minisearch';
import { joinAsks, type SearchDocument } from './documents.ts';
import { INDEX_OPTIONS, type IndexedFields } from './index-options.ts';

/** A document, and where in the files of texts its text is. */
interface Placed {
  readonly document: SearchDocument;
  readonly file: number;
  readonly place: number;
}

/** What the build writes: the texts, each file's an array of them, and the index but for the names of those files. */
export interface SearchFiles {
  readonly documents: readonly Placed[];
  readonly index: AsPlainObject;
  readonly texts: readonly (readonly string[])[];
}

/** Characters from which on a file of texts is full. */
const FULL = 24_000;

/** Makes the files of documents. What says the same in the same words is there once: the first of them. */
export function makeSearchFiles(all: readonly SearchDocument[]): SearchFiles {
  const distinct = new Map(all.toReversed().map((document) => [sameness(document), document]));
  const kept = new Set(distinct.values());
  const texts: string[][] = [];
  let length = FULL;
  const documents = all
    .filter((document) => kept.has(document))
    .map((document): Placed => {
      if (length + document.text.length > FULL) {
        texts.push([]);
        length = 0;
      }
      const file = texts.length - 1;
      const own = texts[file] as string[];
      length += document.text.length;
      return { document, file, place: own.push(textOf(document)) - 1 };
    });
  const index = new MiniSearch<IndexedFields>(INDEX_OPTIONS);
  index.addAll(
    documents.map(({ document }, id) => ({
      id,
      title: document.title,
      names: document.names,
      of: document.of,
      text: document.text,
      asks: document.asks,
    })),
  );
  return { documents, index: index.toJSON(), texts };
}

/** All that a document says, for a look whether it says what was asked. Names come last: they are no sentence to show. */
function textOf({ text, names, asks }: SearchDocument): string {
  return joinAsks(names === '' ? text : `${text}\n${names}`.trim(), asks);
}

/** What two documents have in common that a reader would take for one; sections are never the same. */
function sameness({ kind, address, title, names, text }: SearchDocument): string {
  if (kind === 'moment') return JSON.stringify([kind, title, text]);
  if (kind === 'file') return JSON.stringify([kind, title.split('/').at(-1), names, text]);
  return address;
}
