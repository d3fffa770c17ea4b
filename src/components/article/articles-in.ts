import { getCollection, type CollectionEntry } from 'astro:content';
import { LANGUAGES, type Language } from '../../i18n/languages.ts';

export interface Article {
  /** The name of its file, and the last part of its address. */
  readonly page: string;
  readonly language: Language;
  readonly entry: CollectionEntry<'articles'>;
}

/** The articles of a language in their order. Drafts are among them only while writing. */
export async function articlesIn(language: Language): Promise<readonly Article[]> {
  const entries = await getCollection(
    'articles',
    ({ id, data }) => id.startsWith(`${language}/`) && (import.meta.env.DEV || !data.draft),
  );
  return entries
    .sort((a, b) => a.data.order - b.data.order)
    .map((entry) => ({ page: entry.id.slice(language.length + 1), language, entry }));
}

/** The languages that an article can be read in. */
export async function languagesOf(page: string): Promise<readonly Language[]> {
  const languages: Language[] = [];
  for (const language of LANGUAGES) {
    const articles = await articlesIn(language);
    if (articles.some((article) => article.page === page)) languages.push(language);
  }
  return languages;
}
