/**
 * What an article says of behaviour is tested: each `<Claim id="…">` is named by a test file or a conformance case,
 * in a comment or a docstring that reads `Claims: one-id, another-id`.
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { elementsNamed, readMdx } from '../../src/components/article/read-mdx.ts';
import { CONTENT, readAllArticles, reportFaults, type Articles } from '../article-files.ts';

const TESTS = path.resolve(import.meta.dirname, '../..', 'tests');

/** The claims of an article, in order. */
export function claimsIn(source: string): readonly string[] {
  return elementsNamed(readMdx(source), 'Claim').map(({ attributes }) => attributes.get('id') ?? '');
}

/** The claims that a test file says it tests. A list may go on in the next line when the line ends in a comma. */
export function claimsTestedIn(text: string): readonly string[] {
  const lists = text.matchAll(/\bClaims:[ \t]*((?:[a-z][a-z0-9-]*(?:,\s*(?:(?:\*|\/\/|#)[ \t]*)?)?)+)/g);
  return Array.from(lists, ([, list = '']) => list.match(/[a-z][a-z0-9-]*/g) ?? []).flat();
}

/** Claims without a test, claims made twice in a language, and tests of claims that nobody makes. */
export function findClaimFaults(
  articles: Articles,
  tests: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const faults: string[] = [];
  const tested = new Set([...tests.values()].flat());
  const made = new Map<string, string>();
  for (const [name, source] of articles) {
    const language = name.split('/')[0] ?? '';
    for (const id of claimsIn(source)) {
      const before = made.get(`${language} ${id}`);
      if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))
        faults.push(`articles/${name}: "${id}" is no id of a claim`);
      else if (before !== undefined) faults.push(`articles/${name}: ${id} is claimed in ${before} already`);
      else if (!tested.has(id)) faults.push(`articles/${name}: no test says "Claims: ${id}"`);
      made.set(`${language} ${id}`, name);
    }
  }
  const ids = new Set(Array.from(made.keys(), (key) => key.split(' ')[1]));
  for (const [test, claims] of tests) {
    for (const id of claims) if (!ids.has(id)) faults.push(`${test} tests "${id}", and no article claims it`);
  }
  return faults;
}

async function readTests(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = (await Array.fromAsync(glob('**/*.{ts,py,json}', { cwd: folder }))).toSorted();
  const entries = files
    // The test of this check names claims that nobody makes.
    .filter((file) => path.basename(file) !== 'claims.test.ts')
    .map(async (file) => {
      return [`tests/${file}`, claimsTestedIn(await readFile(path.join(folder, file), 'utf8'))] as const;
    });
  return new Map(await Promise.all(entries));
}

if (import.meta.main) reportFaults(findClaimFaults(await readAllArticles(CONTENT), await readTests(TESTS)));
