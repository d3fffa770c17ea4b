/** The exact check: where a text really has what was asked for. The index finds candidates, this decides. */
import { fold, foldWithPlaces, type Folded } from './fold.ts';
import { runsOf, stem } from './tokenize.ts';
import type { Unit } from './units.ts';

/** A piece of a text: where it begins, and the place behind its end. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text that is looked into, read once. */
export interface ReadText {
  readonly original: string;
  readonly folded: Folded;
  /** Its Latin words by their stems. */
  readonly words: ReadonlyMap<string, readonly Range[]>;
}

/** The least that a part of a compound has: what is shorter is in too many other words. */
const PART = { katakana: 3, han: 2 } as const;

/** Reads a text for looks into it. */
export function readText(original: string): ReadText {
  const words = new Map<string, Range[]>();
  for (const { text, index, isLatin } of runsOf(original)) {
    if (!isLatin) continue;
    for (const { 0: word, index: at } of text.matchAll(/[\p{Script=Latin}\p{Nd}]+/gu)) {
      const key = stem(fold(word));
      const range = { start: index + at, end: index + at + word.length };
      words.set(key, [...(words.get(key) ?? []), range]);
    }
  }
  return { original, folded: foldWithPlaces(original), words };
}

/** Where a text has a unit; empty where it has not. */
export function rangesOf(unit: Unit, text: ReadText): readonly Range[] {
  if (unit.kind === 'word') return rangesOfWord(unit, text);
  if (unit.kind === 'name') return rangesOfName(unit, text);
  const whole = placesOf(unit.text, text);
  if (whole.length > 0) return whole;
  const okurigana = rangesWithOkurigana(unit.text, text);
  return okurigana.length > 0 ? okurigana : rangesOfParts(unit.text, text);
}

function rangesOfWord({ text: word, terms, isOpen }: Unit, { words }: ReadText): readonly Range[] {
  const exact = terms.flatMap((term) => words.get(term) ?? []);
  if (exact.length > 0 || !isOpen) return exact;
  return Array.from(words).flatMap(([key, ranges]) => (key.startsWith(word) ? ranges : []));
}

/** A name begins and ends where no letter goes on; one that is still typed may end anywhere. */
function rangesOfName({ text: name, isOpen }: Unit, text: ReadText): readonly Range[] {
  const isPart = (character: string | undefined): boolean => /[\p{L}\p{Nd}]/u.test(character ?? '');
  const { folded } = text;
  return occurrences(name, folded.text)
    .filter((at) => {
      const before = folded.text[at - 1];
      const behind = folded.text[at + name.length];
      return !(isPart(before) && isPart(name[0])) && (isOpen || !(isPart(behind) && isPart(name.at(-1))));
    })
    .map((at) => toRange(folded, at, name.length));
}

/** 呼出 is 呼び出 as well. */
function rangesWithOkurigana(run: string, { folded }: ReadText): readonly Range[] {
  if (!/^\p{Script=Han}[ァ-ヶ]?\p{Script=Han}$/u.test(run)) return [];
  const [first = '', last = ''] = [run.at(0), run.at(-1)];
  return Array.from(folded.text.matchAll(new RegExp(`${first}[ァ-ヶ]?${last}`, 'gu')), ({ 0: found, index }) =>
    toRange(folded, index, found.length),
  );
}

/** A compound whose parts are both there: 実行環境 where a text has 実行 and 環境. */
function rangesOfParts(run: string, text: ReadText): readonly Range[] {
  const least = /^\p{Script=Han}+$/u.test(run) ? PART.han : PART.katakana;
  for (let at = run.length - least; at >= least; at -= 1) {
    const parts = [run.slice(0, at), run.slice(at)].map((part) => placesOf(part, text));
    if (parts.every((ranges) => ranges.length > 0)) return parts.flat();
  }
  return [];
}

function placesOf(part: string, { folded }: ReadText): readonly Range[] {
  return occurrences(part, folded.text).map((at) => toRange(folded, at, part.length));
}

function occurrences(part: string, text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at !== -1 && part !== ''; at = text.indexOf(part, at + part.length)) found.push(at);
  return found;
}

function toRange({ places }: Folded, at: number, length: number): Range {
  return { start: places[at] ?? 0, end: places[at + length] ?? 0 };
}
