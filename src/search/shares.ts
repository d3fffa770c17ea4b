/** How much of what was asked a document has: in its title, in one passage of its text, and in the questions that it answers. */
import { findUnit, readText, type Found, type Range, type ReadText } from './contains.ts';
import { splitAsks } from './documents.ts';
import type { Unit } from './units.ts';

/** What a document has of a query, each share by the weights of the units. */
export interface Shares {
  /** The best of all that follows, and of all of it together. */
  readonly share: number;
  /** What its title and its article's have. */
  readonly about: number;
  /** What one passage of it has, with its titles, in the reader's own words. */
  readonly exact: number;
  /** What one of its questions has, with its title. */
  readonly asked: number;
  /** The question that has it; null where its text has as much. */
  readonly question: string | null;
  readonly text: ReadText;
  /** The stretch of the text that has most of what was asked. */
  readonly passage: Range;
  /** Where the text has what was asked, in order. */
  readonly marks: readonly Range[];
}

/** What is looked into. `joined` is as a file of texts has it; `of` is the title of its article. */
export interface Looked {
  readonly title: string;
  readonly of: string;
  readonly joined: string;
}

/** What a unit is that a text, or a question, has by another word. */
const BY_ANOTHER_WORD = { text: 0.5, question: 0.9 };
/** What a unit is that any of the questions has, and what one is that the article's beginning has. */
const IN_A_QUESTION = 0.95;
const IN_THE_ARTICLE = 0.4;
/** Characters of a passage: a long page has any word somewhere. */
const PASSAGE = 500;

/**
 * Looks into a document; null where nothing but its article's title has any of it. `context` is how much of each unit the
 * beginning of its article has.
 */
export function sharesOf(
  units: readonly Unit[],
  weights: readonly number[],
  { title, of, joined }: Looked,
  context: readonly number[] | undefined,
): Shares | null {
  const parts = splitAsks(joined);
  const text = readText(parts.text);
  const [own, article] = [readText(title), readText(of)];
  const found = units.map((unit) => findUnit(unit, text));
  const near = units.map((unit, index) =>
    found[index]?.share === 0 && unit.others.length > 0
      ? findUnit(unit, text, BY_ANOTHER_WORD.text)
      : found[index],
  );
  const named = units.map((unit) =>
    Math.max(findUnit(unit, own).share, units.length > 1 ? findUnit(unit, article).share : 0),
  );
  const passage = bestPassage(found, weights);
  const inPassage = (one: Found | undefined): number => (isIn(passage, one) ? (one?.share ?? 0) : 0);
  /** The share, where each unit is in the title, in the article's beginning or in what is looked into. */
  const share = (there: (index: number) => number, isAlone = false): number =>
    shareOf(
      units.map((_, index) =>
        Math.max(named[index] ?? 0, isAlone ? 0 : IN_THE_ARTICLE * (context?.[index] ?? 0), there(index)),
      ),
      weights,
    );
  const questions = parts.asks === '' ? [] : parts.asks.split('\n');
  const asked = questions.map((question) => {
    const line = readText(question);
    return units.map((unit) => findUnit(unit, line, BY_ANOTHER_WORD.question).share);
  });
  const inAny = (index: number): number => Math.max(0, ...asked.map((shares) => shares[index] ?? 0));
  const inOne = asked.map((shares) => share((index) => shares[index] ?? 0));
  const exact = share((index) => inPassage(found[index]), true);
  const best = Math.max(0, ...inOne);
  const about = shareOf(named, weights);
  const isElsewhere = found.every((one) => one.share === 0) && units.every((_, index) => inAny(index) === 0);
  if (isElsewhere && of !== '' && about === exact) return null;
  return {
    share: Math.max(
      exact,
      best,
      share((index) => Math.max(IN_A_QUESTION * inAny(index), inPassage(near[index]))),
    ),
    about,
    exact,
    asked: best,
    question: best > exact ? (questions[inOne.indexOf(best)] ?? null) : null,
    text,
    passage,
    marks: found.flatMap(({ ranges }) => ranges).toSorted((one, other) => one.start - other.start),
  };
}

/** How much of what was asked is there, by its weights. */
export function shareOf(there: readonly number[], weights: readonly number[]): number {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return sum(weights.map((weight, index) => weight * (there[index] ?? 0))) / (sum(weights) || 1);
}

/** The stretch of a text that has most of what was asked, by its weights. */
function bestPassage(found: readonly Found[], weights: readonly number[]): Range {
  const starts = found.flatMap(({ ranges }) => ranges.map(({ start }) => start));
  let best = { start: 0, end: PASSAGE };
  let most = 0;
  for (const start of new Set(starts)) {
    const passage = { start, end: start + PASSAGE };
    const share = shareOf(
      found.map((one) => (isIn(passage, one) ? one.share : 0)),
      weights,
    );
    if (share > most) [best, most] = [passage, share];
  }
  return best;
}

function isIn({ start, end }: Range, found: Found | undefined): boolean {
  return found?.ranges.some((range) => range.start >= start && range.end <= end) ?? false;
}
