/** The two ways through the articles, as `content/paths.json` has them: each article is on one of them. */
import { z } from 'astro/zod';
import { articlesIn, type Article } from '../article/articles-in.ts';
import type { Language } from '../../i18n/languages.ts';
import paths from '../../../content/paths.json' with { type: 'json' };

/** `today`: questions of somebody with a function; `story`: the post's own, in its order. */
export type PathName = 'today' | 'story';

/** One article on a path. */
export interface Stage {
  readonly article: Article;
  /** What readers have seen who ask this; between backquotes as it is printed. */
  readonly sign: string;
}

const stage = z.strictObject({
  article: z.string(),
  sign: z.strictObject({ en: z.string().min(1), ja: z.string().min(1) }),
});
const schema = z.strictObject({ today: z.array(stage), story: z.array(stage) });

/** The articles of a path in a language. Throws Error when an article is on no path, on two, or is none. */
export async function pathIn(language: Language, name: PathName): Promise<readonly Stage[]> {
  const all = schema.parse(paths);
  const articles = new Map((await articlesIn(language)).map((article) => [article.page, article]));
  const named = [...all.today, ...all.story].map(({ article }) => article);
  const wrong = [...new Set([...named, ...articles.keys()])].filter(
    (page) =>
      !articles.has(page) || named.indexOf(page) === -1 || named.indexOf(page) !== named.lastIndexOf(page),
  );
  if (wrong.length > 0)
    throw new Error(`content/paths.json names each article once; look at ${wrong.join(', ')}.`);
  return all[name].flatMap(({ article: page, sign }) => {
    const article = articles.get(page);
    return article === undefined ? [] : [{ article, sign: sign[language] }];
  });
}
