/** How the index is made and read: both sides need the same. */
import type { Options } from 'minisearch';
import { tokenize } from './tokenize.ts';

/** What of a document is searched. */
export interface IndexedFields {
  readonly id: number;
  readonly title: string;
  readonly names: string;
  readonly of: string;
  readonly text: string;
  readonly asks: string;
}

/** Terms are folded by the tokenizer: nothing else changes them. */
export const INDEX_OPTIONS: Options<IndexedFields> = {
  fields: ['title', 'names', 'of', 'text', 'asks'],
  tokenize,
  processTerm: (term) => term,
};
