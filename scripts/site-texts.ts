/**
 * Every text of the site in a language, by the file that has it: the articles, and the strings of JSON files (the
 * interface, the glossary, errors, exercises, stops, behaviours, titles, what labs ask, the names of sources).
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../src/i18n/languages.ts';
import { readArticles } from './article-files.ts';

/** The folder that the checks look at when they are not given another. */
export const ROOT = path.resolve(import.meta.dirname, '..');

/** One file's text in one language. */
export interface SiteText {
  /** The file, from the project's root. */
  readonly file: string;
  readonly language: Language;
  /** An article's MDX; null where the text is strings. */
  readonly article: string | null;
  /** The strings of a JSON file, each by its place: `lab.run`, `0.texts.ja.title`. */
  readonly strings: ReadonlyMap<string, string>;
}

/** The JSON files whose strings are in several languages, each under a key that is the language's code. */
const BILINGUAL = [
  'content/{glossary,paths,sources}.json',
  'content/{errors,exercises}/*.json',
  'content/examples/*/{example,stops}.json',
  'src/platforms/*/{behaviours,platform,stops}.json',
];

/** Reads every text of a language. Throws Error for an article that is no MDX. */
export async function readSiteTexts(root: string, language: Language): Promise<readonly SiteText[]> {
  const articles = await readArticles(path.join(root, 'content'), language);
  const ui = `content/ui/${language}.json`;
  const names = (await Array.fromAsync(glob(BILINGUAL, { cwd: root })))
    .map((file) => file.replaceAll(path.sep, '/'))
    .toSorted();
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(root, file), 'utf8'));
  const bilingual = names.map(async (file) => ({
    file,
    language,
    article: null,
    strings: stringsOf(await read(file), language),
  }));
  return [
    ...Array.from(articles, ([name, article]) => ({
      file: `content/articles/${language}/${name}`,
      language,
      article,
      strings: new Map<string, string>(),
    })),
    { file: ui, language, article: null, strings: new Map(allStrings(await read(ui), [])) },
    ...(await Promise.all(bilingual)).filter(({ strings }) => strings.size > 0),
  ];
}

/** The strings of a JSON value that lie under a key of a language, but for addresses. */
export function stringsOf(value: unknown, language: Language): ReadonlyMap<string, string> {
  const found = allStrings(value, []).filter(
    ([place, text]) => place.split('.').includes(language) && !/^https?:/.test(text),
  );
  return new Map(found);
}

function allStrings(value: unknown, place: readonly string[]): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[place.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => allStrings(inner, [...place, key]));
}
