/** What can be found, and the files that hold it. Writer: the build. Readers: the dialog, the check of relevance. */
import type { AsPlainObject } from 'minisearch';
import type { ErrorKeys } from '../catalogue/match-error.ts';

/** The kinds of documents, in the order in which the dialog shows them when nothing else decides. */
export const KINDS = ['error', 'section', 'term', 'moment', 'file', 'platform'] as const;

export type Kind = (typeof KINDS)[number];

/** One place of the site that an answer can lead to. */
export interface SearchDocument {
  readonly kind: Kind;
  /** Below its language, with the fragment of a section. */
  readonly address: string;
  readonly title: string;
  /** The page or the lab that it belongs to; empty where its title says it. */
  readonly of: string;
  /** Names by which people ask for it, beside its title: of a file those that it defines. */
  readonly names: string;
  readonly text: string;
  /** Questions that it answers in words of readers, a line each: of content/search, on no page. */
  readonly asks: string;
}

/** A document without its text: what the index has of it. */
export interface Listed {
  readonly kind: Kind;
  readonly address: string;
  readonly title: string;
  readonly of: string;
  /** The file of `IndexFile.texts` that has its text, and its place there. */
  readonly file: number;
  readonly place: number;
}

/** `{language}/search/index.json`. */
export interface IndexFile {
  readonly documents: readonly Listed[];
  /** MiniSearch's own form. */
  readonly index: AsPlainObject;
  /** By which an error is recognised in pasted lines. */
  readonly errors: readonly ErrorKeys[];
  /** Files of texts, below the same folder. Their names hold their hashes: no index is read with another build's texts. */
  readonly texts: readonly string[];
}

/** Between a document's text and its questions; no page has it. */
const BEFORE_ASKS = '\f';

/** A document's text and its questions as a file of texts has them. */
export function joinAsks(text: string, asks: string): string {
  return asks === '' ? text : `${text}${BEFORE_ASKS}${asks}`;
}

/** The text of a file of texts, and the questions behind it. */
export function splitAsks(joined: string): { readonly text: string; readonly asks: string } {
  const [text = '', asks = ''] = joined.split(BEFORE_ASKS);
  return { text, asks };
}

/** Where below the base a language's search has its files; the index is `index.json` there. */
export function searchFolder(language: string): string {
  return `${language}/search/`;
}

/** The index's file in that folder. */
export const INDEX = 'index.json';
