/**
 * Which documents answer a query, best first. MiniSearch finds for each unit of the query the documents that may have it;
 * what has enough of what was asked is a candidate, and `confirm` keeps those whose text really has it.
 */
import MiniSearch, { type SearchResult } from 'minisearch';
import type { ErrorKeys } from '../catalogue/match-error.ts';
import { rangesOf, readText, type Range, type ReadText } from './contains.ts';
import type { IndexFile, Listed } from './documents.ts';
import { INDEX_OPTIONS, type IndexedFields } from './index-options.ts';
import { nearest } from './nearest.ts';
import { unitsOf, type Unit } from './units.ts';

/** An index that was read. */
export interface Index {
  readonly documents: readonly Listed[];
  readonly errors: readonly ErrorKeys[];
  readonly mini: MiniSearch<IndexedFields>;
}

/** A document that may answer, before its text was looked at. */
export interface Candidate {
  readonly document: Listed;
  readonly score: number;
}

/** What is to be looked for: the units, those with a typing fault mended. */
export interface Question {
  readonly units: readonly Unit[];
  /** What each unit says of a document that has it: rare ones say more. */
  readonly weights: readonly number[];
  readonly candidates: readonly Candidate[];
  /** The query with its typing faults mended; null where it had none. */
  readonly mended: string | null;
}

/** A document that answers. */
export interface Hit {
  readonly document: Listed;
  readonly score: number;
  readonly text: ReadText;
  /** Where its text has what was asked, in order. */
  readonly marks: readonly Range[];
}

/** A title says what its document is about; a name is what its file is looked for by. */
const BOOST = { title: 3, names: 2 };
/** Of this many units at most, an answer has every one. */
const ALL_OF = 3;
/** The share of what was asked that an answer of a longer query has at least. */
const ENOUGH = 0.6;
/** The share of the best answer's score that others have at least. */
const NEAR = 0.5;
/** Answers that are shown, and candidates whose text is looked at. */
const SHOWN = 8;
const LOOKED_AT = 30;
/** A query of one unit names a thing: everything that has it is an answer. */
const SHOWN_OF_ONE = 12;

/** Reads an index's file. */
export function readIndex({ documents, index, errors }: IndexFile): Index {
  return { documents, errors, mini: MiniSearch.loadJS<IndexedFields>(index, INDEX_OPTIONS) };
}

/** What a query asks for, and the documents that may have it. */
export function ask({ documents, mini }: Index, query: string, isTyping: boolean): Question {
  const wanted = unitsOf(query, isTyping);
  const asked = wanted.map((unit) => {
    const found = find(mini, unit);
    if (found.size > 0 || unit.kind === 'run') return { unit, found };
    const mended = nearest(mini, unit);
    return mended === null ? { unit, found } : { unit: mended, found: find(mini, mended) };
  });
  const mended = asked.some(({ unit }, at) => unit.text !== wanted[at]?.text) ? asked.map(({ unit }) => unit.text).join(' ') : null;
  const weights = asked.map(({ found }) => Math.log(1 + documents.length / (found.size + 0.5)));
  const units = asked.map(({ unit }) => unit);
  // A name that nothing here has: whatever else the query says, it is about something else.
  if (asked.some(({ unit, found }) => unit.kind === 'name' && found.size === 0)) return { units, weights, candidates: [], mended };
  const scores = new Map<number, { score: number; there: boolean[] }>();
  for (const [index, { found }] of asked.entries()) {
    for (const [id, score] of found) {
      const known = scores.get(id) ?? { score: 0, there: asked.map(() => false) };
      known.there[index] = true;
      scores.set(id, { ...known, score: known.score + score });
    }
  }
  const candidates = Array.from(scores, ([id, { score, there }]): Candidate | null => {
    const document = documents[id];
    const share = shareOf(there, weights);
    return document !== undefined && isEnough(there, share) ? { document, score: score * share * share } : null;
  }).filter((candidate) => candidate !== null);
  candidates.sort((one, other) => other.score - one.score);
  return { units, weights, candidates: candidates.slice(0, LOOKED_AT), mended };
}

/** The candidates whose text has enough of what was asked. `textOf` is a document's text. */
export function confirm({ units, weights, candidates }: Question, textOf: (document: Listed) => string): readonly Hit[] {
  const hits = candidates.flatMap(({ document, score }): readonly Hit[] => {
    const text = readText(textOf(document));
    const title = readText(document.title);
    const ranges = units.map((unit) => rangesOf(unit, text));
    const there = units.map((unit, index) => ranges[index]?.length !== 0 || rangesOf(unit, title).length > 0);
    if (!isEnough(there, shareOf(there, weights))) return [];
    const marks = ranges.flat().toSorted((one, other) => one.start - other.start);
    return [{ document, score, text, marks }];
  });
  const best = hits[0]?.score ?? 0;
  return hits.filter(({ score }) => score >= best * NEAR).slice(0, units.length === 1 ? SHOWN_OF_ONE : SHOWN);
}

function find(mini: MiniSearch<IndexedFields>, { kind, terms, text, isOpen }: Unit): ReadonlyMap<number, number> {
  const search = (queries: readonly string[], prefix: boolean): readonly SearchResult[] =>
    queries.length === 0 ? [] : mini.search(queries.join(' '), { tokenize: () => [...queries], boost: BOOST, combineWith: 'AND', prefix });
  const whole = kind === 'name' ? [text] : terms;
  const results = search(whole, isOpen && kind !== 'run');
  if (results.length > 0 || kind === 'name') return toScores(results);
  // Half a run, a Han alone, a compound that is nowhere in one piece: the exact check decides.
  const [first = ''] = terms;
  if (terms.length === 1 && isOpen) return toScores(search([first], true));
  if (kind === 'run' && terms.length === 1) return toScores(search([...text].slice(0, 1), true));
  const parts = terms.filter((_, index) => index % 2 === 0 || index === terms.length - 1);
  return kind === 'run' && terms.length > 2 ? toScores(search(parts, false)) : new Map();
}

function toScores(results: readonly SearchResult[]): ReadonlyMap<number, number> {
  return new Map(results.map(({ id, score }) => [id as number, score]));
}

function shareOf(there: readonly boolean[], weights: readonly number[]): number {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return sum(weights.filter((_, index) => there[index])) / (sum(weights) || 1);
}

function isEnough(there: readonly boolean[], share: number): boolean {
  return there.length <= ALL_OF ? there.length > 0 && there.every(Boolean) : share >= ENOUGH;
}
