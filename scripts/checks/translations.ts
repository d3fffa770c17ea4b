/**
 * Every language has the same: each English article has its translation, with the same labs, claims, exercises and
 * sources and headings of the same levels, in an order of its own, made after the English text as it stands; the
 * interface's strings have the same keys.
 *
 *     node scripts/checks/translations.ts             says what is wrong
 *     npm run accept-translation [-- ARTICLE…]       says that the translations follow the English text of now
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { findFaults } from '../../src/i18n/strings.ts';
import { CONTENT, readArticles, reportFaults, type Articles } from '../article-files.ts';
import { hashOf, parseArticle, shapeOf, withFollows } from '../article-shape.ts';

const [ORIGINAL, ...TRANSLATIONS] = LANGUAGES;

/** What is wrong with a language's articles as a translation of the English ones, a line for each fault. */
export function findArticleFaults(
  language: string,
  originals: Articles,
  translations: Articles,
): readonly string[] {
  const faults: string[] = [];
  for (const [name, source] of originals) {
    const translation = translations.get(name);
    const isDraft = parseArticle(source).frontmatter.get('draft') === 'true';
    if (translation !== undefined) faults.push(...compare(`${language}/${name}`, source, translation));
    else if (!isDraft) faults.push(`${language}/${name} is missing: the article has no translation`);
  }
  for (const name of translations.keys()) {
    if (!originals.has(name))
      faults.push(`${language}/${name} translates nothing: ${ORIGINAL}/${name} is not there`);
  }
  return faults;
}

function compare(name: string, source: string, translation: string): readonly string[] {
  const original = parseArticle(source);
  const translated = parseArticle(translation);
  const wanted = shapeOf(original);
  const found = shapeOf(translated);
  const faults: string[] = [];
  const kinds = ['headings', 'labs', 'parts'] as const;
  faults.push(
    ...kinds.flatMap((kind) => [
      ...[...found[kind]]
        .filter((one) => !wanted[kind].has(one))
        .map((one) => `${name} alone has the ${one}`),
      ...[...wanted[kind]].filter((one) => !found[kind].has(one)).map((one) => `${name} lacks the ${one}`),
    ]),
  );
  const follows = translated.frontmatter.get('follows');
  if (follows === undefined) faults.push(`${name} does not say which English text it follows`);
  else if (follows !== hashOf(original)) faults.push(`${name} follows an older English text (${follows})`);
  return faults;
}

/** Writes into each translation that it follows the English text of now; gives the names of those that changed. */
async function accept(root: string, names: readonly string[]): Promise<readonly string[]> {
  const originals = await readArticles(root, ORIGINAL);
  const changed: string[] = [];
  for (const language of TRANSLATIONS) {
    for (const [name, translation] of await readArticles(root, language)) {
      const source = originals.get(name);
      if (source === undefined || (names.length > 0 && !names.includes(name.replace(/\.mdx$/, '')))) continue;
      const text = withFollows(translation, hashOf(parseArticle(source)));
      if (text === translation) continue;
      await writeFile(path.join(root, 'articles', language, name), text);
      changed.push(`${language}/${name}`);
    }
  }
  return changed;
}

async function readStrings(root: string, language: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(root, 'ui', `${language}.json`), 'utf8')) as unknown;
}

/** Everything that is wrong in a content folder, a line for each fault. */
export async function checkTranslations(root: string): Promise<readonly string[]> {
  const originals = await readArticles(root, ORIGINAL);
  if (originals.size === 0) return ['There is no English article.'];
  const schema = await readStrings(root, ORIGINAL);
  const faults: string[] = [];
  for (const language of TRANSLATIONS) {
    faults.push(...findArticleFaults(language, originals, await readArticles(root, language)));
    const strings = findFaults(schema, await readStrings(root, language));
    faults.push(...strings.map((fault) => `ui/${language}.json: ${fault}`));
  }
  return faults;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { accept: { type: 'boolean', default: false } },
  });
  if (values.accept) {
    const changed = await accept(CONTENT, positionals);
    console.log(changed.length === 0 ? 'Nothing to accept.' : `Accepted: ${changed.join(', ')}`);
    return;
  }
  reportFaults(await checkTranslations(CONTENT));
}

if (import.meta.main) await main();
