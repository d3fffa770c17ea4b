/** The queries of the relevance test: their shape, and that each address is one of the site's. Read from content, not from a build. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'astro/zod';
import { CONTENT, readArticles } from '../../../scripts/article-files.ts';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.ts';
import { errorPage, GLOSSARY_PAGE, momentPage, platformPage } from '../../../src/i18n/links.ts';
import { readChecked } from '../../../src/integrations/checked-json.ts';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { readStops } from '../../../src/integrations/stops.ts';
import glossary from '../../../content/glossary.json' with { type: 'json' };
import ui from '../../../content/ui/en.json' with { type: 'json' };

const QUERIES = path.resolve(import.meta.dirname, '../../fixtures/search');
const PLATFORMS = path.resolve(import.meta.dirname, '../../../src/platforms');

/** How many queries of each kind a language has. */
const COUNTS = { log: 10, question: 10, identifier: 10, variant: 5, nothing: 5 };

const queriesSchema = z.array(
  z.strictObject({
    query: z.string().min(1),
    kind: z.enum(['log', 'question', 'identifier', 'variant', 'nothing']),
    expect: z.array(z.string()),
    also: z.array(z.string()),
  }),
);

const queriesIn = (language: Language, set = 'queries') =>
  readChecked(path.join(QUERIES, `${set}.${language}.json`), queriesSchema);

/** The sets in words that the pages do not use. */
const FURTHER = ['second', 'third'];

/** The id that a heading's text gets. */
function headingToId(text: string): string {
  const kept = text.trim().toLowerCase();
  return kept.replaceAll(/[^\p{L}\p{M}\p{N}_ -]/gu, '').replaceAll(' ', '-');
}

/** The articles of a language and their sections. */
async function articleAddresses(language: Language): Promise<readonly string[]> {
  const articles = await readArticles(CONTENT, language);
  return Array.from(articles, ([file, text]) => {
    const article = path.basename(file, '.mdx');
    const prose = text.replaceAll(/^```.*?^```/gms, '');
    const ids = Array.from(prose.matchAll(/^## (.+)$/gm), ([, heading = '']) => headingToId(heading));
    return [article, ...ids.map((id) => `${article}#${id}`)];
  }).flat();
}

/** The moments of every example on every platform, and those of pairs: more than there are pages, as not every run has each. */
async function momentAddresses(platforms: readonly string[]): Promise<readonly string[]> {
  const examples = await readdir(path.join(CONTENT, 'examples'));
  const all = examples.flatMap((example) =>
    platforms.map(async (platform) => {
      const { stops } = await readStops(example, platform);
      return stops.map(({ name }) => momentPage(`${example}--${platform}`, name));
    }),
  );
  const ofPairs = Object.keys(ui.pair.marks).map((mark) => momentPage('any--pair', mark));
  return [...(await Promise.all(all)).flat(), ...ofPairs];
}

/** The addresses that both languages have. */
async function sharedAddresses(): Promise<readonly string[]> {
  const entries = await readdir(PLATFORMS, { withFileTypes: true });
  const platforms = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  const files = platforms.map(async (platform) =>
    Object.keys((await readPlatform(platform)).files).map((file) => `source/${platform}${file}`),
  );
  const errors = await readdir(path.join(CONTENT, 'errors'));
  return [
    ...Object.keys(glossary).map((term) => `${GLOSSARY_PAGE}#${term}`),
    ...errors.map((file) => errorPage(path.basename(file, '.json'))),
    ...platforms.map(platformPage),
    ...(await Promise.all(files)).flat(),
    ...(await momentAddresses(platforms)),
  ];
}

/** Whether an address, or one that its `*` may stand for, is among those of the site. */
function isThere(address: string, addresses: ReadonlySet<string>): boolean {
  if (!address.includes('*')) return addresses.has(address);
  const pattern = new RegExp(`^${address.split('*').map(RegExp.escape).join('[^/]*')}$`, 'u');
  return [...addresses].some((one) => pattern.test(one));
}

/** What articles, errors and the glossary say in a language, each article, error and list of words as one text. */
async function textsIn(language: Language): Promise<readonly string[]> {
  const errors = await readdir(path.join(CONTENT, 'errors'));
  const files = [
    ...errors.map((file) => path.join(CONTENT, 'errors', file)),
    path.join(CONTENT, 'glossary.json'),
  ];
  const others = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return [...(await readArticles(CONTENT, language)).values(), ...others].map((text) => text.toLowerCase());
}

const shared = await sharedAddresses();

for (const language of LANGUAGES) {
  describe(`the queries in ${language}`, () => {
    it('are as many of each kind as the relevance test wants, and none is there twice', async () => {
      const queries = await queriesIn(language);
      const kinds = Map.groupBy(queries, ({ kind }) => kind);
      assert.deepEqual(Object.fromEntries(Array.from(kinds, ([kind, of]) => [kind, of.length])), COUNTS);
      assert.equal(new Set(queries.map(({ query }) => query)).size, queries.length);
    });

    it('expect something, unless nothing answers them, and name no address twice', async () => {
      for (const { query, kind, expect, also } of await queriesIn(language)) {
        assert.equal(expect.length > 0, kind !== 'nothing', query);
        if (kind === 'nothing') assert.deepEqual(also, [], query);
        const all = [...expect, ...also];
        assert.equal(new Set(all).size, all.length, query);
        assert.ok(
          expect.every((address) => !address.includes('*')),
          query,
        );
      }
    });

    it('name addresses that the site has', async () => {
      const addresses = new Set([...shared, ...(await articleAddresses(language))]);
      const sets = ['queries', ...FURTHER].map((set) => queriesIn(language, set));
      const queries = (await Promise.all(sets)).flat();
      const missing = queries.flatMap(({ query, expect, also }) =>
        [...expect, ...also].filter((one) => !isThere(one, addresses)).map((one) => `${query}: ${one}`),
      );
      assert.deepEqual(missing, []);
    });

    it('have no answer where they say so: no text has all of their words', async () => {
      const texts = await textsIn(language);
      for (const { query, kind } of await queriesIn(language)) {
        if (kind !== 'nothing') continue;
        const words =
          query.toLowerCase().match(/[\p{Script=Latin}\d]+|[\p{Script=Han}\p{Script=Katakana}ー]+/gu) ?? [];
        assert.ok(words.length > 0, query);
        assert.ok(!texts.some((text) => words.every((word) => text.includes(word))), query);
      }
    });
  });
}
