/** Which picture do those see who share the address of a page? */
import cards from 'virtual:cards';
import type { Language } from '../i18n/languages.ts';
import { cardPath } from '../i18n/links.ts';

/** A picture of 1200 × 630. */
export interface PageCard {
  /** Below the base. */
  readonly path: string;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
}

/** A page's own picture where one was drawn, or else the site's, whose words are `siteAlt`. */
export function cardOfPage(language: Language, page: string, siteAlt: string): PageCard {
  const path = cardPath(language, page);
  const alt = cards[path.replace(/^cards\//, '')];
  return alt === undefined ? { path: `card-${language}.png`, alt: siteAlt } : { path, alt };
}
