/**
 * The two ways through the articles, as `content/paths.json` has them. `npm test -- articles` looks that each article is on
 * one of them.
 */
import { articlesIn, type Article } from '../article/articles-in.ts';
import type { Language } from '../../i18n/languages.ts';
import paths from '../../../content/paths.json' with { type: 'json' };

/** `today`: questions about a function of one's own; `story`: the post's, in its order. */
export type PathName = keyof typeof paths;

/** One article on a path. */
export interface Stage {
  readonly article: Article;
  /** What readers have seen who ask this; between backquotes as it is printed. */
  readonly sign: string;
}

/** The articles of a path in a language; a draft is on none. */
export async function pathIn(language: Language, name: PathName): Promise<readonly Stage[]> {
  const articles = new Map((await articlesIn(language)).map((article) => [article.page, article]));
  return paths[name].flatMap(({ article: page, sign }) => {
    const article = articles.get(page);
    return article === undefined ? [] : [{ article, sign: sign[language] }];
  });
}
