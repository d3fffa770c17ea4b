/**
 * The search of the built site answers the queries of tests/fixtures/search: see scripts/search-relevance.ts for what the
 * figures mean. Its index is in proportion to the text that it covers. `--all` prints what each query shows;
 * `--remake` makes the index of the built pages anew, so that a change of questions or of the search needs no build.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { LANGUAGES, type Language } from '../../src/i18n/languages.ts';
import { INDEX, searchFolder, type IndexFile } from '../../src/search/documents.ts';
import { writeSearch } from '../../src/integrations/search.ts';
import { DIST } from '../build.ts';
import {
  addressesFor,
  judge,
  readSearch,
  relevanceOf,
  type Judged,
  type Query,
} from '../search-relevance.ts';

/**
 * The sets of queries, and the least that each language reaches in them. Questions in a reader's own words are what recall
 * lacks: the first set is near the words of the pages, the others are not. README.md beside the sets says how each was made.
 */
const SETS = [
  { name: 'queries', precision: 0.97, recall: 0.92, invented: 0 },
  { name: 'second', precision: 0.83, recall: 0.8, invented: 0 },
  { name: 'third', precision: 0.68, recall: 0.62, invented: 0 },
  { name: 'fourth', precision: 0.83, recall: 0.85, invented: 0 },
  { name: 'fifth', precision: 0.7, recall: 0.6, invented: 0 },
];
const QUERIES = path.resolve(import.meta.dirname, '../../tests/fixtures/search');
/** The most that an index may take beside the text that it covers, both packed by gzip. */
const MOST = 2.2;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { all: { type: 'boolean', default: false }, remake: { type: 'boolean', default: false } },
  });
  for (const language of LANGUAGES) {
    if (values.remake) await writeSearch(DIST, language);
    const search = await readSearch(DIST, language);
    for (const least of SETS) {
      const judged: Judged[] = [];
      for (const query of await readQueries(least.name, language))
        judged.push(judge(query, await addressesFor(search, query.query)));
      const { precision, recall, invented } = relevanceOf(judged);
      const isRight = precision >= least.precision && recall >= least.recall && invented <= least.invented;
      console.log(
        `${language}, ${least.name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, invented ${String(invented)}`,
      );
      for (const one of judged) {
        if (values.all || (!isRight && (one.missing.length > 0 || one.wrong.length > 0)))
          console.error(toLines(one));
      }
      if (!isRight) process.exitCode = 1;
    }
    const { index, text } = await sizesOf(language);
    const share = index / text;
    console.log(
      `${language}: index ${(index / 1000).toFixed(1)} kB, ${share.toFixed(2)} × its text (${(text / 1000).toFixed(1)} kB)`,
    );
    if (share > MOST) process.exitCode = 1;
  }
}

async function readQueries(set: string, language: Language): Promise<readonly Query[]> {
  return JSON.parse(
    await readFile(path.join(QUERIES, `${set}.${language}.json`), 'utf8'),
  ) as readonly Query[];
}

/** Bytes of the index and of the texts, packed as a host packs them. */
async function sizesOf(language: Language): Promise<{ readonly index: number; readonly text: number }> {
  const folder = path.join(DIST, searchFolder(language));
  const json = await readFile(path.join(folder, INDEX));
  const { texts } = JSON.parse(json.toString()) as IndexFile;
  const files = await Promise.all(texts.map((name) => readFile(path.join(folder, name))));
  return { index: gzipSync(json).length, text: gzipSync(Buffer.concat(files)).length };
}

function toLines({ query, shown, missing, wrong }: Judged): string {
  const lines = shown.map((address) => `    ${wrong.includes(address) ? '✗' : ' '} ${address}`);
  return [
    `  ${query.kind}: ${query.query}`,
    ...lines,
    ...missing.map((address) => `    missing: ${address}`),
  ].join('\n');
}

await main();
