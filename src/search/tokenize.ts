/**
 * The terms of a text. Words of Latin letters by their stem, identifiers whole and by `_` and `.`, Japanese by pairs of
 * characters. The index and the queries are cut by this alone.
 */
import { fold } from './fold.ts';
import { classOf } from './same-words.ts';
import { stem } from './stem.ts';

/** Words and identifiers, or a run of Han and kana. The long vowel and the repetition mark belong to a run. */
const RUNS =
  /[\p{Script=Latin}\p{Nd}_$@＿][\p{Script=Latin}\p{Nd}_.$@/:＿．：-]*|[\p{Script=Han}ぁ-ゖァ-ヺー々ｦ-ﾟ]+/gu;
const HIRAGANA = /[ぁ-ゖ]/u;
const HAN = /[\p{Script=Han}々]/u;
const LATIN = /^[\p{Script=Latin}\p{Nd}_$@＿]/u;

/** A run of a text, as it is written, and where. */
export interface Run {
  readonly text: string;
  readonly index: number;
  readonly isLatin: boolean;
}

/** The runs of a text that hold terms. */
export function runsOf(text: string): readonly Run[] {
  return Array.from(text.matchAll(RUNS), ({ 0: run, index }) => {
    const isLatin = LATIN.test(run);
    return { text: isLatin ? run.replace(/[.:/．：-]+$/, '') : run, index, isLatin };
  });
}

/** The terms of a text, one that is there twice twice. */
export function tokenize(text: string): string[] {
  const joined = joinedIn(text).flatMap(({ word }) => withClass(stem(word)));
  const terms = runsOf(text).flatMap((run) => {
    if (!run.isLatin) return pairsOf(run.text);
    const terms = termsOfWord(run.text);
    return terms.length > 1 ? terms : terms.flatMap(withClass);
  });
  return [...terms, ...joined];
}

function withClass(term: string): readonly string[] {
  const same = classOf(term);
  return same === undefined ? [term] : [term, same];
}

/** A word's stem; an identifier's whole and its parts. */
export function termsOfWord(word: string): string[] {
  const whole = fold(word);
  const parts = whole.split(/[^\p{Script=Latin}\p{Nd}]+/u).filter((part) => part !== '');
  if (parts.length === 1 && parts[0] === whole) return [stem(whole)];
  return [whole, ...parts.map(stem), ...(HYPHENED.test(whole) ? [stem(parts.join(''))] : [])];
}

/** Verbs that are written in one as a noun: timed out, shut down. */
const IN_TWO =
  /\b(tim|shut|start|set|log|clean|warm|roll|tear)(?:e[ds]?|s|ing|ted|ting|ged|ging|ned|med|led)? (out|down|up|in|back)\b/giu;

/** A verb in two words, as one. */
export interface Joined {
  readonly word: string;
  readonly index: number;
  readonly length: number;
}

/** The verbs of a text that are written in two words. */
export function joinedIn(text: string): readonly Joined[] {
  return Array.from(text.matchAll(IN_TWO), ({ 0: { length }, 1: verb = '', 2: particle = '', index }) => ({
    word: fold(`${verb === 'tim' || verb === 'Tim' ? `${verb}e` : verb}${particle}`),
    index,
    length,
  }));
}

/** Words that some write with a hyphen, some as one: time-out. */
export const HYPHENED = /^\p{Script=Latin}+-\p{Script=Latin}+$/u;

/** The pairs of neighbours in a run of Han and kana, folded: of hiragana those alone that end a word begun in Han. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run.normalize('NFKC').replaceAll('ー', ''));
  return characters.flatMap((character, index) => {
    const next = characters[index + 1];
    const isWord =
      next !== undefined && !HIRAGANA.test(character) && (HAN.test(character) || !HIRAGANA.test(next));
    return isWord ? [fold(character + next)] : [];
  });
}
