/**
 * What every article has: a lab, an exercise with one right choice and an answer that a test holds, one that looks at the run, and at its end
 * a table of what is known and how, and the sources. And what its parts need to lead anywhere: known terms,
 * linked once and where the word is first used; known sources, listed.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  elementsNamed,
  liesWithin,
  readMdx,
  type Mdx,
  type MdxElement,
  type Span,
} from '../../src/components/article/read-mdx.ts';
import { CONTENT, readAllArticles, reportFaults } from '../article-files.ts';
import { parseArticle } from '../article-shape.ts';
import { lineOf, wordsOf } from '../article-words.ts';

/** The words by which the end of an article is known. */
const ENDING = {
  en: {
    headings: ['What is known, and how', 'Sources'],
    known: ['**Observed.**', '**Inferred.**', '**Not known.**'],
    ways: ['documented', 'seen in logs', 'measured', 'run here', 'inferred', 'not known'],
  },
  ja: {
    headings: ['わかっていることと、その根拠', '出典'],
    known: ['**観察:**', '**推測:**', '**不明:**'],
    ways: ['文書', 'ログ', '測定', '実行', '推測', '不明'],
  },
} as const;

/** The ids that an article may use. */
export interface Known {
  readonly terms: readonly string[];
  readonly sources: readonly string[];
}

/** What an article lacks, and what in it leads nowhere: a line for each fault. */
export function findArticleFaults(name: string, source: string, known: Known): readonly string[] {
  const language = name.startsWith('ja/') ? 'ja' : 'en';
  const mdx = readMdx(source);
  const isDraft = parseArticle(source).frontmatter.get('draft') === 'true';
  return [
    ...(elementsNamed(mdx, 'Lab').length > 0 ? [] : ['has no lab']),
    // A draft may lack its end, and nothing else.
    ...(isDraft
      ? []
      : [
          ...endingFaults(source, mdx, language),
          ...exerciseFaults(mdx),
          ...gradedFaults(mdx),
          ...listFaults(mdx),
        ]),
    ...sourceFaults(mdx, known.sources),
    ...termFaults(source, mdx, known.terms),
    ...loneFaults(source, mdx),
    ...boldFaults(source),
  ].map((fault) => `articles/${name} ${fault}`);
}

function endingFaults(source: string, mdx: Mdx, language: keyof typeof ENDING): readonly string[] {
  const { headings, known, ways } = ENDING[language];
  const sections = mdx.headings.filter(({ depth }) => depth === 2).slice(-2);
  if (sections.map(({ text }) => text).join('\n') !== headings.join('\n')) {
    return [`does not end with the sections "${headings.join('" and "')}"`];
  }
  const evidence = elementsNamed(mdx, 'Evidence').find(({ start }) => start > (sections[0]?.end ?? 0));
  if (evidence !== undefined) return evidenceFaults(source.slice(evidence.start, evidence.end), ways);
  const closing = source.slice(sections[0]?.end);
  return known
    .filter((words) => !closing.includes(`\n${words}`))
    .map((words) => `has no paragraph "${words}" in its last section but one`);
}

/** Each row of the table of evidence says in its second cell how its first is known. */
function evidenceFaults(table: string, ways: readonly string[]): readonly string[] {
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  if (rows.length === 0) return ['has an <Evidence> without a table'];
  return rows
    .map((row) => row.split('|')[2]?.trim() ?? '')
    .filter((way) => !ways.some((known) => way.toLowerCase().startsWith(known)))
    .map((way) => `has evidence that is "${way}", which is none of: ${ways.join(', ')}`);
}

function exerciseFaults(mdx: Mdx): readonly string[] {
  const exercises = elementsNamed(mdx, 'Exercise');
  if (exercises.length === 0) return ['has no exercise'];
  const within = (outer: Span, name: string): readonly MdxElement[] =>
    elementsNamed(mdx, name).filter((inner) => liesWithin(inner, outer));
  return exercises.flatMap((exercise) => {
    const id = exercise.attributes.get('id') ?? '';
    const right = within(exercise, 'Choice').filter(({ attributes }) => attributes.has('right'));
    const faults = id === '' ? ['has an exercise without an id'] : [];
    if (right.length !== 1) faults.push(`has ${right.length} right choices in the exercise "${id}"`);
    if (!within(exercise, 'Answer').some((answer) => within(answer, 'Claim').length > 0)) {
      faults.push(`has no <Claim> in the <Answer> of the exercise "${id}"`);
    }
    return faults;
  });
}

/** `tests/unit/exercises` holds the exercise itself to its attempts. */
function gradedFaults(mdx: Mdx): readonly string[] {
  const { length } = elementsNamed(mdx, 'Graded');
  return length === 1 ? [] : [`has ${length} exercises that look at the run (<Graded>), and not one`];
}

/** MDX makes no paragraph of a line that is one component: its words would stand there without one. */
function loneFaults(source: string, mdx: Mdx): readonly string[] {
  return ['Claim', 'Fact', 'Term'].flatMap((name) =>
    elementsNamed(mdx, name)
      .filter(({ start, end }) => {
        const before = source.slice(source.lastIndexOf('\n', start) + 1, start);
        const after = source.slice(end).split('\n')[0] ?? '';
        return before.trim() === '' && after.trim() === '';
      })
      .map(({ start }) => `has a <${name}> alone on line ${lineOf(source, start)}: leave some words outside`),
  );
}

/** Markdown does not close what is bold behind a full-width mark where a letter follows at once: the asterisks would be seen. */
function boldFaults(source: string): readonly string[] {
  return source.split('\n').flatMap((line, index) => {
    const parts = line.split('**');
    const isOpen = parts.some(
      (part, at) =>
        at % 2 === 1 &&
        at < parts.length - 1 &&
        /[。：、）」]$/.test(part) &&
        /^[^\s。、）」]/.test(parts[at + 1] ?? ''),
    );
    return isOpen
      ? [`has bold words that do not end on line ${String(index + 1)}: end them before the mark`]
      : [];
  });
}

function listFaults(mdx: Mdx): readonly string[] {
  return elementsNamed(mdx, 'Source').length > 0 ? [] : ['lists no <Source>'];
}

function sourceFaults(mdx: Mdx, known: readonly string[]): readonly string[] {
  const listed = elementsNamed(mdx, 'Source').map(({ attributes }) => attributes.get('id') ?? '');
  const used = mdx.elements
    .filter(({ name }) => name === 'Quoted' || name === 'Fact')
    .map(({ attributes }) => attributes.get('source') ?? '');
  return [
    ...listed
      .filter((id, place) => listed.indexOf(id) !== place)
      .map((id) => `lists the source "${id}" twice`),
    ...[...new Set([...listed, ...used])]
      .filter((id) => !known.includes(id))
      .map((id) => `names the source "${id}", which content/sources.json lacks`),
    ...[...new Set(used)]
      .filter((id) => !listed.includes(id))
      .map((id) => `does not list the source "${id}", which it uses`),
  ];
}

function termFaults(source: string, mdx: Mdx, known: readonly string[]): readonly string[] {
  const terms = elementsNamed(mdx, 'Term');
  // A heading holds no links, and code in a sentence is no word: the first use is in the text.
  let words = wordsOf(source);
  for (const { start, end } of [...mdx.headings, ...mdx.inlineCode]) {
    words = words.slice(0, start) + ' '.repeat(end - start) + words.slice(end);
  }
  const body = mdx.frontmatter?.end ?? 0;
  const ids = terms.map(({ attributes }) => attributes.get('id') ?? '');
  return terms.flatMap((term, place) => {
    const id = ids[place] ?? '';
    const { start, end } = term.content ?? term;
    const text = source.slice(start, end);
    const line = lineOf(source, start);
    if (!known.includes(id))
      return [`names the term "${id}", which content/glossary.json lacks (line ${line})`];
    if (ids.indexOf(id) !== place) return [`links the term "${id}" twice (line ${line})`];
    const before = words.slice(body, start).search(new RegExp(wholeWord(text), 'iu'));
    return before === -1
      ? []
      : [`uses "${text}" on line ${lineOf(source, body + before)}, before it is linked on line ${line}`];
  });
}

/** A word as it stands alone; Japanese puts no spaces between words. */
function wholeWord(text: string): string {
  const escaped = text.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return /^[\w\s-]+$/.test(text) ? String.raw`\b${escaped}\b` : escaped;
}

/** Which articles are not on one path of `content/paths.json`, or which names there are no article: a line for each. */
export function findPathFaults(
  paths: Readonly<Record<string, readonly { readonly article: string }[]>>,
  names: readonly string[],
): readonly string[] {
  const named = Object.values(paths).flatMap((stages) => stages.map(({ article }) => article));
  return [
    ...names
      .filter((name) => named.filter((other) => other === name).length !== 1)
      .map((name) => `paths.json names ${name} ${named.includes(name) ? 'twice' : 'nowhere'}`),
    ...named
      .filter((name) => !names.includes(name))
      .map((name) => `paths.json names ${name}, which is no article`),
  ];
}

async function readIds(file: string): Promise<readonly string[]> {
  return Object.keys(JSON.parse(await readFile(path.join(CONTENT, file), 'utf8')) as object);
}

async function main(): Promise<void> {
  const known = { terms: await readIds('glossary.json'), sources: await readIds('sources.json') };
  const articles = await readAllArticles(CONTENT);
  const finished = [...articles].filter(
    ([name, source]) => name.startsWith('en/') && parseArticle(source).frontmatter.get('draft') !== 'true',
  );
  const names = finished.map(([name]) => path.basename(name, '.mdx'));
  const paths: unknown = JSON.parse(await readFile(path.join(CONTENT, 'paths.json'), 'utf8'));
  reportFaults([
    ...Array.from(articles, ([name, source]) => findArticleFaults(name, source, known)).flat(),
    ...findPathFaults(paths as Parameters<typeof findPathFaults>[0], names),
  ]);
}

if (import.meta.main) await main();
