/**
 * No number about the model is typed by hand: it would be wrong by next month. What a recording tells is written by
 * a component that reads it; what somebody else published stands in `<Quoted source="…">` (their words) or in
 * `<Fact source="…">` (ours). A block of code in the text is a quotation as well, for code of ours is an example's file.
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { elementsNamed, liesWithin, readMdx } from '../../src/components/article/read-mdx.ts';
import { CONTENT, readAllArticles, reportFaults } from '../article-files.ts';
import { lineOf, wordsOf } from '../article-words.ts';

/** Parts whose numbers somebody else published, by the names of their tags. */
const PUBLISHED = ['Quoted', 'Fact'];

/** Where sentences stand beside the articles: the glossary, the stops, and what labs ask. */
const SENTENCES = ['glossary.json', 'stops/*.json', 'examples/*/{stops,example}.json'];

const NUMBER = String.raw`[0-9０-９]+(?:[.,][0-9０-９]+)*`;
/** As plain words, and as letters behind a number: `12 ms`, `4KB`, `64-byte`. */
const AFTER = String.raw`lines?|bytes?|[kKMG]i?B|[kmg]b|ms|milliseconds?|s|secs?|seconds?|minutes?|steps?|frames?`;
const BEFORE = String.raw`lines?|bytes?|steps?|frames?`;
const JAPANESE = '行|バイト|キロバイト|メガバイト|ギガバイト|ミリ秒|秒|分間|ステップ|フレーム';

const PATTERNS = [
  new RegExp(String.raw`(?<![\w.])${NUMBER}(?:th|st|nd|rd)?[\s\u00a0-]?(?:${AFTER})(?![\w])`, 'gu'),
  new RegExp(String.raw`\b(?:${BEFORE})[\s\u00a0]+${NUMBER}`, 'giu'),
  new RegExp(String.raw`${NUMBER}[\s\u00a0]*(?:${JAPANESE})`, 'gu'),
  new RegExp(String.raw`(?:${JAPANESE}|行目)[\s\u00a0]*${NUMBER}`, 'gu'),
];

/** The numbers beside a unit in a text of plain words, each by where it begins. */
export function numbersIn(words: string): ReadonlyMap<number, string> {
  const found = PATTERNS.flatMap((pattern) =>
    Array.from(words.matchAll(pattern), (match) => [match.index, match[0].trim()] as const),
  );
  return new Map(found.toSorted(([a], [b]) => a - b));
}

/** What is typed by hand in an article, a line for each fault. */
export function findTypedNumbers(name: string, source: string): readonly string[] {
  const mdx = readMdx(source);
  const published = PUBLISHED.flatMap((name) => elementsNamed(mdx, name));
  const faults = Array.from(numbersIn(wordsOf(source, { without: PUBLISHED })), ([place, text]) => ({
    place,
    fault: `"${text}" is typed by hand`,
  }));
  for (const block of mdx.blocks) {
    if (published.some(({ content }) => liesWithin(block, content))) continue;
    faults.push({
      place: block.start,
      fault: 'a block of code outside <Quoted source="…">: show an example’s file',
    });
  }
  return faults
    .toSorted((a, b) => a.place - b.place)
    .map(({ place, fault }) => `${name}:${lineOf(source, place)}: ${fault}`);
}

/** What is typed by hand in any article, and in any other sentence of the content. */
export async function checkNumbers(content: string): Promise<readonly string[]> {
  const articles = Array.from(await readAllArticles(content), ([name, source]) =>
    findTypedNumbers(`articles/${name}`, source),
  );
  const names = (await Array.fromAsync(glob(SENTENCES, { cwd: content }))).toSorted();
  const others = names.map(async (name) => {
    const source = await readFile(path.join(content, name), 'utf8');
    return Array.from(
      numbersIn(source),
      ([place, text]) => `${name}:${lineOf(source, place)}: "${text}" is typed by hand`,
    );
  });
  return [...articles, ...(await Promise.all(others))].flat();
}

if (import.meta.main) reportFaults(await checkNumbers(CONTENT));
