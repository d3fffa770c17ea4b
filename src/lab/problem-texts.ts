/** What a lab says of its problems. By name, so that nothing else of the strings comes with what runs it. */
import { problem as en } from '../../content/ui/en.json';
import { problem as ja } from '../../content/ui/ja.json';
import type { ProblemKey } from './words.ts';

/** The texts of a page's language. */
export function problemTexts(language: string): Readonly<Record<ProblemKey, string>> {
  return language === 'ja' ? ja : en;
}
