/** Every example that is no draft is shown: on a page of the site, in a published article, by an error or in an exercise. */
import { glob, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readMdx } from '../../src/components/article/read-mdx.ts';
import type { ErrorFile } from '../../src/catalogue/error-schema.ts';
import type { ExerciseFile } from '../../src/exercise/exercise-schema.ts';
import { CONTENT, readAllArticles, reportFaults } from '../article-files.ts';
import { parseArticle } from '../article-shape.ts';

const SOURCES = path.resolve(import.meta.dirname, '../..', 'src');

/** The examples that an article's components show; a pair may name two, and a lab several cases. */
export function examplesOfArticle(source: string): readonly string[] {
  return readMdx(source).elements.flatMap(({ attributes }) =>
    ['example', 'cases'].flatMap((name) => attributes.get(name)?.split(' ') ?? []),
  );
}

/** The examples that a page or component of Astro's shows: `example="…"`. */
export function examplesOfPage(source: string): readonly string[] {
  const names = source.replace(/\{\/\*.*?\*\/\}|<!--.*?-->/gs, '').matchAll(/\bexample="([\w-]+)"/g);
  return Array.from(names, ([, name = '']) => name);
}

/** The examples that an error of the catalogue shows. */
export function examplesOfError({ shown, causes }: Pick<ErrorFile, 'shown' | 'causes'>): readonly string[] {
  const own = 'quoted' in shown ? [] : [shown.example];
  return [...own, ...causes.flatMap((cause) => [cause.do, cause.mend])].filter((name) => name !== null);
}

/** The examples that nothing shows. */
export function findUnusedExamples(examples: readonly string[], shown: readonly string[]): readonly string[] {
  return examples
    .filter((example) => !shown.includes(example))
    .map((example) => `content/examples/${example} is shown nowhere`);
}

/** The examples of a content folder that neither its articles, errors and exercises nor the site's pages show. */
export async function checkExamples(content: string, sources: string): Promise<readonly string[]> {
  const folders = await readdir(path.join(content, 'examples'), { withFileTypes: true });
  const pages = await Array.fromAsync(glob('**/*.astro', { cwd: sources }));
  const articles = [...(await readAllArticles(content)).values()].filter(
    (text) => parseArticle(text).frontmatter.get('draft') !== 'true',
  );
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const drafts = await Promise.all(names.map((name) => isDraft(path.join(content, 'examples', name))));
  const errors = await Array.fromAsync(glob('errors/*.json', { cwd: content }));
  const catalogue = errors.map(
    async (file) => JSON.parse(await readFile(path.join(content, file), 'utf8')) as ErrorFile,
  );
  const exercises = (await Array.fromAsync(glob('exercises/*.json', { cwd: content }))).map(
    async (file) => (JSON.parse(await readFile(path.join(content, file), 'utf8')) as ExerciseFile).example,
  );
  const texts = pages.map((page) => readFile(path.join(sources, page), 'utf8'));
  return findUnusedExamples(
    names.filter((_, index) => drafts[index] !== true),
    [
      ...articles.flatMap(examplesOfArticle),
      ...(await Promise.all(catalogue)).flatMap(examplesOfError),
      ...(await Promise.all(exercises)),
      ...(await Promise.all(texts)).flatMap(examplesOfPage),
    ],
  );
}

/** Whether an example says so of itself; what else is wrong with its file is for those who run it to say. */
async function isDraft(folder: string): Promise<boolean> {
  try {
    const text = await readFile(path.join(folder, 'example.json'), 'utf8');
    return (JSON.parse(text) as { draft?: unknown }).draft === true;
  } catch {
    return false;
  }
}

if (import.meta.main) reportFaults(await checkExamples(CONTENT, SOURCES));
