/** Every picture of the site: which pages have one, and what it shows. */
import { errorCards } from './error-cards.ts';
import { momentCards } from './moment-cards.ts';
import { pageCards } from './page-cards.ts';
import type { SiteCard } from './site-card.ts';
import type { SiteData } from './site-data.ts';

/** All pictures, in both languages. */
export function siteCards(data: SiteData): readonly SiteCard[] {
  return [...pageCards(data), ...errorCards(data), ...momentCards(data)];
}
