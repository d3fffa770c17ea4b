/**
 * How long does an answer take once the index is there? The queries of tests/fixtures/search on the built site's index, under
 * Node, with the texts read from the disk as they are needed. The slowest is as a rule the first, which reads most of them.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { INDEX, searchFolder, type IndexFile } from '../../src/search/documents.ts';
import { readIndex } from '../../src/search/rank.ts';
import { DIST } from '../build.ts';
import { addressesFor, readSearch, type Query } from '../search-relevance.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { median } from './median.ts';

const QUERIES = path.resolve(import.meta.dirname, '../../tests/fixtures/search');
/** Milliseconds that the median answer may take. */
const MOST = 50;

/** Measures both languages. */
export async function bench({ rounds = 3 }: BenchOptions): Promise<BenchResult> {
  const figures: { language: string; read: number; answer: number; slowest: number }[] = [];
  for (const language of LANGUAGES) {
    const queries = JSON.parse(
      await readFile(path.join(QUERIES, `queries.${language}.json`), 'utf8'),
    ) as Query[];
    const json = await readFile(path.join(DIST, searchFolder(language), INDEX), 'utf8');
    const reading: number[] = [];
    const answering: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const begin = performance.now();
      readIndex(JSON.parse(json) as IndexFile);
      reading.push(performance.now() - begin);
      const search = await readSearch(DIST, language);
      for (const { query } of queries) {
        const asked = performance.now();
        await addressesFor(search, query);
        answering.push(performance.now() - asked);
      }
    }
    const figure = {
      language,
      read: median(reading),
      answer: median(answering),
      slowest: Math.max(...answering),
    };
    figures.push(figure);
    console.log(
      `${language}: index read in ${figure.read.toFixed(0)} ms; an answer ${figure.answer.toFixed(1)} ms (median), ` +
        `${figure.slowest.toFixed(0)} ms (slowest)`,
    );
  }
  return { figures, passed: figures.every(({ answer }) => answer <= MOST) };
}
