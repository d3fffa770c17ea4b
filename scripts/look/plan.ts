/** Which pictures `npm run look` takes, and which of them the next time. */
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';

/** The widths of a window in CSS pixels, each with how much smaller its pictures are than the window. */
export const WIDTHS = [
  { width: 390, scale: 0.5 },
  { width: 768, scale: 0.4 },
  { width: 1440, scale: 0.35 },
  { width: 1920, scale: 0.3 },
] as const;

/** One of the widths. */
export type Width = (typeof WIDTHS)[number];

/** The themes of the site. */
export const THEMES = ['light', 'dark'] as const;

/** One way to look at an article. */
export interface Combination {
  readonly width: Width;
  readonly theme: (typeof THEMES)[number];
  readonly language: Language;
}

/** The ways beside the width: each theme in each language. */
const MANNERS = THEMES.flatMap((theme) => LANGUAGES.map((language) => ({ theme, language })));

/**
 * Four of the sixteen combinations for an article: each width once, each theme and language together once. Four turns
 * after one another show all sixteen; neighbouring articles differ in the same turn.
 */
export function chooseCombinations(article: number, turn: number): readonly Combination[] {
  return WIDTHS.flatMap((width, index) => {
    const manner = MANNERS[(index + article + turn) % MANNERS.length];
    return manner === undefined ? [] : [{ width, ...manner }];
  });
}
