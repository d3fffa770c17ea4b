/**
 * How well the search of a built site answers the queries of tests/fixtures/search. What is shown is what the dialog shows of
 * a query that was typed to its end.
 *
 * - **Recall** of a query: the share of the addresses that it has to be answered with that are shown.
 * - **Precision** of a query: the share of what is shown that is a right answer of it.
 * - Both are the mean over the queries that have an answer; one that shows nothing has no precision.
 * - **Invented**: what is shown for a query that nothing on the site answers.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../src/i18n/languages.ts';
import { answer } from '../src/search/answer.ts';
import { INDEX, searchFolder, type IndexFile } from '../src/search/documents.ts';
import { readIndex, type Index } from '../src/search/rank.ts';

/** A query of the fixtures, and its answers: `*` in an address stands for anything but a slash. */
export interface Query {
  readonly query: string;
  readonly kind: string;
  readonly expect: readonly string[];
  readonly also: readonly string[];
}

/** What came of a query. */
export interface Judged {
  readonly query: Query;
  readonly shown: readonly string[];
  /** Addresses that should have come. */
  readonly missing: readonly string[];
  /** Addresses that should not. */
  readonly wrong: readonly string[];
}

/** The figures of a language's queries. */
export interface Relevance {
  readonly precision: number;
  readonly recall: number;
  readonly invented: number;
}

/** A built site's search in a language. */
export interface BuiltSearch {
  readonly index: Index;
  readonly load: (file: number) => Promise<readonly string[]>;
}

/** Reads a language's search from the folder of a built site. */
export async function readSearch(site: string, language: Language): Promise<BuiltSearch> {
  const folder = path.join(site, searchFolder(language));
  const file = JSON.parse(await readFile(path.join(folder, INDEX), 'utf8')) as IndexFile;
  const load = async (number: number): Promise<readonly string[]> =>
    JSON.parse(await readFile(path.join(folder, file.texts[number] ?? ''), 'utf8')) as readonly string[];
  return { index: readIndex(file), load };
}

/** The addresses that a query shows, best first. */
export async function addressesFor({ index, load }: BuiltSearch, query: string): Promise<readonly string[]> {
  const { hits } = await answer(index, query, false, load);
  return hits.map(({ document }) => document.address);
}

/** Compares what a query shows with its answers. */
export function judge(query: Query, shown: readonly string[]): Judged {
  const isOf = (patterns: readonly string[], address: string): boolean =>
    patterns.some((pattern) => matches(pattern, address));
  return {
    query,
    shown,
    missing: query.expect.filter((pattern) => !shown.some((address) => matches(pattern, address))),
    wrong: shown.filter((address) => !isOf([...query.expect, ...query.also], address)),
  };
}

/** The figures of judged queries. */
export function relevanceOf(judged: readonly Judged[]): Relevance {
  const answered = judged.filter(({ query }) => query.expect.length > 0);
  const mean = (shares: readonly number[]): number =>
    shares.reduce((sum, share) => sum + share, 0) / (shares.length || 1);
  return {
    precision: mean(
      answered
        .filter(({ shown }) => shown.length > 0)
        .map(({ shown, wrong }) => 1 - wrong.length / shown.length),
    ),
    recall: mean(answered.map(({ query, missing }) => 1 - missing.length / query.expect.length)),
    invented: judged.filter(({ query }) => query.expect.length === 0).flatMap(({ shown }) => shown).length,
  };
}

function matches(pattern: string, address: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^/]*')}$`, 'u').test(address);
}
