/** A picture with the page that it is of. */
import type { Card } from '../../src/cards/card.ts';
import type { Language } from '../../src/i18n/languages.ts';

export interface SiteCard {
  readonly language: Language;
  /** The page below its language; empty for the home page. */
  readonly page: string;
  readonly card: Card;
}
