/**
 * What a page is, in the words of schema.org. A `<script>` of this type is data: a browser runs none of it, and no policy
 * speaks of it.
 */
import type { Language } from '../i18n/languages.ts';

/** A page that says what it is. */
export type Described =
  | { readonly kind: 'home' }
  | {
      readonly kind: 'article';
      readonly title: string;
      readonly description: string;
      /** When it was changed last, where that is written down. */
      readonly changed: Date | null;
      /** The lists that it is in, the outer one first: each its title and its page below the language. */
      readonly within: readonly { readonly title: string; readonly page: string }[];
    };

/** Where it is, and on which site. */
export interface DescribedPlace {
  readonly language: Language;
  /** Below the language. */
  readonly page: string;
  readonly site: { readonly name: string; readonly description: string };
  /** The absolute address of a page below the language. */
  readonly addressOf: (page: string) => string;
}

/** The page's JSON-LD. */
export function toStructuredData(described: Described, place: DescribedPlace): object {
  const { language, page, site, addressOf } = place;
  const whole = { '@type': 'WebSite', name: site.name, url: addressOf('') };
  if (described.kind === 'home') {
    return {
      '@context': 'https://schema.org',
      ...whole,
      description: site.description,
      inLanguage: language,
    };
  }
  const { title, description, changed, within } = described;
  const address = addressOf(page);
  const author = { '@type': 'Organization', name: site.name, url: addressOf('') };
  const steps = [...within, { title, page }];
  return {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'TechArticle',
        headline: title,
        description,
        inLanguage: language,
        url: address,
        mainEntityOfPage: address,
        ...(changed !== null && { dateModified: changed.toISOString().slice(0, 10) }),
        author,
        publisher: author,
        isPartOf: whole,
        license: 'https://creativecommons.org/licenses/by/4.0/',
      },
      {
        '@type': 'BreadcrumbList',
        itemListElement: steps.map((step, index) => ({
          '@type': 'ListItem',
          position: index + 1,
          name: step.title,
          item: addressOf(step.page),
        })),
      },
    ],
  };
}
