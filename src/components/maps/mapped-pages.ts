/**
 * The pages that search engines are told of: the home pages, articles, errors, platforms, and the lists of these. Moments are
 * parts of what is listed, and pages of the runtime's files are where frames lead: those are found, and not named.
 * `npm test -- reach` finds a kind of pages that is forgotten here.
 */
import { getCollection } from 'astro:content';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';
import {
  CONTENTS_PAGE,
  DUMP_PAGE,
  ERRORS_PAGE,
  EXPLAIN_PAGE,
  GLOSSARY_PAGE,
  PLATFORMS_PAGE,
  PLAYGROUND_PAGE,
  platformPage,
} from '../../i18n/links.ts';
import { articlesIn, languagesOf } from '../article/articles-in.ts';
import { allErrors, pageOfError } from '../error/errors-in.ts';

/** A page below its languages. */
export interface MappedPage {
  readonly page: string;
  readonly languages: readonly Language[];
  /** When each version was changed last, where that is written down. */
  readonly changed: Readonly<Partial<Record<Language, Date>>>;
}

/** All of them, the home pages first. */
export async function mappedPages(): Promise<readonly MappedPage[]> {
  const inAll = (page: string): MappedPage => ({ page, languages: LANGUAGES, changed: {} });
  const articles = new Map<string, MappedPage>();
  for (const language of LANGUAGES) {
    for (const { page, entry } of await articlesIn(language)) {
      const changed = { ...articles.get(page)?.changed, [language]: entry.data.updated };
      articles.set(page, { page, languages: await languagesOf(page), changed });
    }
  }
  return [
    ...['', CONTENTS_PAGE, PLAYGROUND_PAGE].map(inAll),
    ...articles.values(),
    ...[ERRORS_PAGE, ...(await allErrors()).map(pageOfError)].map(inAll),
    ...[
      PLATFORMS_PAGE,
      ...(await getCollection('platforms')).map(({ id }) => platformPage(id)).toSorted(),
    ].map(inAll),
    ...[DUMP_PAGE, EXPLAIN_PAGE, GLOSSARY_PAGE].map(inAll),
  ];
}
