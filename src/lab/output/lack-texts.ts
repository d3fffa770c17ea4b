/** What a lab says of what a browser has not. By name, so that nothing else of the strings comes with a run. */
import { lack as en } from '../../../content/ui/en.json';
import { lack as ja } from '../../../content/ui/ja.json';
import type { LackTexts } from '../words.ts';

/** The texts of a page's language. */
export function lackTexts(language: string): LackTexts {
  return language === 'ja' ? ja : en;
}
