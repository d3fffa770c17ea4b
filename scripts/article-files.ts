/** The articles as files: `content/articles/<language>/<name>.mdx`. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readMdx } from '../src/components/article/read-mdx.ts';
import { LANGUAGES } from '../src/i18n/languages.ts';

/** The texts of one language's articles by their file names. */
export type Articles = ReadonlyMap<string, string>;

/** The folder that the checks look at when they are not given another. */
export const CONTENT = path.resolve(import.meta.dirname, '..', 'content');

/** Reads the articles of one language. Throws Error with file, line and column for one that is no MDX. */
export async function readArticles(content: string, language: string): Promise<Articles> {
  const folder = path.join(content, 'articles', language);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mdx')).toSorted();
  const texts = names.map(async (name) => {
    const text = await readFile(path.join(folder, name), 'utf8');
    try {
      readMdx(text);
    } catch (error) {
      throw new Error(`articles/${language}/${name}:${(error as Error).message}`, { cause: error });
    }
    return [name, text] as const;
  });
  return new Map(await Promise.all(texts));
}

/** Reads the articles of all languages, by their paths below the articles' folder: `en/who-called-me.mdx`. */
export async function readAllArticles(content: string): Promise<Articles> {
  const all = await Promise.all(
    LANGUAGES.map(async (language) =>
      Array.from(
        await readArticles(content, language),
        ([name, text]) => [`${language}/${name}`, text] as const,
      ),
    ),
  );
  return new Map(all.flat());
}

/** Prints what a check found, a line for each fault, and lets the process end as failed when there is any. */
export function reportFaults(faults: readonly string[]): void {
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
