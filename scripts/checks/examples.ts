/** Every example that is no draft is shown: on a page of the site, or in an article that is published. */
import { glob, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CONTENT, readAllArticles, reportFaults } from '../article-files.ts';
import { withoutComments } from '../article-markup.ts';
import { parseArticle } from '../article-shape.ts';

const SOURCES = path.resolve(import.meta.dirname, '../..', 'src');

/** The examples that a text shows: `example="…"` of a component, `example: '…'` where several share it. */
export function examplesNamedIn(text: string): readonly string[] {
  const names = withoutComments(text).matchAll(/\bexample(?:=|:\s*)(["'])([\w-]+)\1/g);
  return Array.from(names, ([, , name = '']) => name);
}

/** The examples that nothing shows. */
export function findUnusedExamples(examples: readonly string[], texts: Iterable<string>): readonly string[] {
  const shown = new Set(Array.from(texts, examplesNamedIn).flat());
  return examples
    .filter((example) => !shown.has(example))
    .map((example) => `content/examples/${example} is shown nowhere`);
}

/** The examples of a content folder that neither its articles nor the site's pages show. */
export async function checkExamples(content: string, sources: string): Promise<readonly string[]> {
  const folders = await readdir(path.join(content, 'examples'), { withFileTypes: true });
  const pages = await Array.fromAsync(glob('**/*.astro', { cwd: sources }));
  const articles = [...(await readAllArticles(content)).values()].filter(
    (text) => parseArticle(text).frontmatter.get('draft') !== 'true',
  );
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const drafts = await Promise.all(names.map((name) => isDraft(path.join(content, 'examples', name))));
  return findUnusedExamples(
    names.filter((_, index) => drafts[index] !== true),
    [...articles, ...(await Promise.all(pages.map((page) => readFile(path.join(sources, page), 'utf8'))))],
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
