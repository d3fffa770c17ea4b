/** What the search's dialog says. By names, so that nothing else of the strings comes with the dialog. */
import { ownValue } from '../../trace/own-value.ts';
import { search as en } from '../../../content/ui/en.json';
import { search as ja } from '../../../content/ui/ja.json';

export type SearchWords = typeof en;

const WORDS: Readonly<Partial<Record<string, SearchWords>>> = { en, ja };

/** The words of a page's language. */
export function searchWords(language: string): SearchWords {
  return ownValue(WORDS, language) ?? en;
}
