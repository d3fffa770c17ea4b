/** The exact check: where a text really has what was asked for. The index finds candidates, this decides. */
import { fold, foldWithPlaces, type Folded } from './fold.ts';
import { classOf } from './same-words.ts';
import { stem } from './stem.ts';
import { HYPHENED, joinedIn, runsOf } from './tokenize.ts';
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
const LEAST_PART = 2;
const KATAKANA = /^[ァ-ヺ]+$/u;

/** Texts that were read: with each letter that is typed most of them are looked into again. */
const READ = new Map<string, ReadText>();
/** How many are kept: a language's all. */
const KEPT = 8_000;

/** Reads a text for looks into it. */
export function readText(original: string): ReadText {
  const known = READ.get(original);
  if (known !== undefined) return known;
  if (READ.size >= KEPT) READ.clear();
  const text = readAnew(original);
  READ.set(original, text);
  return text;
}

/** Most runs: nothing joins words there. */
const ONE_WORD = /^[A-Za-z\d]+$/;

/** The stems of words that were read: few words make most of a language's texts. */
const STEMS = new Map<string, string>();
/** How many are kept: each word of a language's texts, in each of its cases. */
const STEMS_KEPT = 20_000;

function stemOf(word: string): string {
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  if (STEMS.size >= STEMS_KEPT) STEMS.clear();
  const made = stem(fold(word));
  STEMS.set(word, made);
  return made;
}

function readAnew(original: string): ReadText {
  const words = new Map<string, Range[]>();
  for (const { word, index, length } of joinedIn(original))
    addWord(words, stem(word), { start: index, end: index + length });
  for (const { text, index, isLatin } of runsOf(original)) {
    if (!isLatin) continue;
    if (ONE_WORD.test(text)) {
      addWord(words, stemOf(text), { start: index, end: index + text.length });
      continue;
    }
    if (HYPHENED.test(text))
      addTo(words, stemOf(text.replace('-', '')), { start: index, end: index + text.length });
    for (const { 0: word, index: at } of text.matchAll(/[\p{Script=Latin}\p{Nd}]+/gu)) {
      addWord(words, stemOf(word), { start: index + at, end: index + at + word.length });
    }
  }
  let folded: Folded | null = null;
  return {
    original,
    words,
    // Words are found without: most texts are never folded.
    get folded() {
      folded ??= foldWithPlaces(original);
      return folded;
    },
  };
}

function addWord(words: Map<string, Range[]>, key: string, range: Range): void {
  addTo(words, key, range);
  const same = classOf(key);
  if (same !== undefined) addTo(words, same, range);
}

function addTo(words: Map<string, Range[]>, key: string, range: Range): void {
  const known = words.get(key);
  if (known === undefined) words.set(key, [range]);
  else known.push(range);
}

/** How much of a unit a text has, and where. */
export interface Found {
  /** 1 for the unit itself, less for a part of it, 0 for nothing. */
  readonly share: number;
  readonly ranges: readonly Range[];
}

const NOTHING: Found = { share: 0, ranges: [] };
/** What the parts of a dotted name, each somewhere, are of it; and one part of a compound. */
const APART = 0.7;
const HALF = 0.5;

/** Where a text has a unit, or parts of it. */
export function findUnit(unit: Unit, text: ReadText, alike = 0): Found {
  const [whole] = [wholeOf(unit, text)];
  if (whole.length > 0) return { share: 1, ranges: whole };
  const others = alike === 0 ? [] : unit.others.flatMap((other) => rangesOfOther(unit, other.text, text));
  if (others.length > 0) return { share: alike, ranges: others };
  const parts = unit.parts.map((part) => wholeOf(part, text));
  if (parts.length > 0) {
    const there = parts.filter((ranges) => ranges.length > 0);
    if (there.length === parts.length)
      return { share: unit.kind === 'name' ? APART : 1, ranges: there.flat() };
    return unit.kind === 'run' && there.length > 0 ? { share: HALF, ranges: there.flat() } : NOTHING;
  }
  return unit.kind === 'run' && KATAKANA.test(unit.text) ? katakanaParts(unit.text, text) : NOTHING;
}

/** A stem or the name of a class: what a text's words are kept by. */
const IN_WORDS = /^=?[\p{Script=Latin}\p{Nd}]+$/u;

function rangesOfOther({ kind }: Unit, other: string, text: ReadText): readonly Range[] {
  return kind === 'word' && IN_WORDS.test(other) ? (text.words.get(other) ?? []) : placesOf(other, text);
}

function wholeOf(unit: Unit, text: ReadText): readonly Range[] {
  if (unit.kind === 'word') return rangesOfWord(unit, text);
  if (unit.kind === 'name') return rangesOfName(unit, text);
  const whole = placesOf(unit.text, text);
  return whole.length > 0 ? whole : rangesWithOkurigana(unit.text, text);
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
  return Array.from(
    folded.text.matchAll(new RegExp(`${first}[ァ-ヶ]?${last}`, 'gu')),
    ({ 0: found, index }) => toRange(folded, index, found.length),
  );
}

/** A compound of loanwords: コンテナイメージ where a text has イメージ as a word, or コンテナ and イメージ. */
function katakanaParts(run: string, { original, folded }: ReadText): Found {
  // Hiragana is folded into katakana: where a word ends, the original says.
  const isInside = (place: number | undefined): boolean => KATAKANA.test(original[place ?? -1] ?? '');
  const words = (part: string): readonly Range[] =>
    occurrences(part, folded.text)
      .filter((at) => !isInside(folded.places[at - 1]) && !isInside(folded.places[at + part.length]))
      .map((at) => toRange(folded, at, part.length));
  let best = NOTHING;
  for (let at = LEAST_PART; at <= run.length - LEAST_PART; at += 1) {
    const there = [run.slice(0, at), run.slice(at)].map(words).filter((ranges) => ranges.length > 0);
    const share = there.length === 2 ? 1 : there.length * HALF;
    if (share > best.share) best = { share, ranges: there.flat() };
  }
  return best;
}

function placesOf(part: string, { folded }: ReadText): readonly Range[] {
  return occurrences(part, folded.text).map((at) => toRange(folded, at, part.length));
}

function occurrences(part: string, text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at !== -1 && part !== ''; at = text.indexOf(part, at + part.length))
    found.push(at);
  return found;
}

function toRange({ places }: Folded, at: number, length: number): Range {
  return { start: places[at] ?? 0, end: places[at + length] ?? 0 };
}
