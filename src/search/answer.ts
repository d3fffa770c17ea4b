/** What a query is answered with: pasted lines by the error that they show, anything else by what the documents say. */
import { matchError, toPlain, type ErrorKeys } from '../catalogue/match-error.ts';
import { readText } from './contains.ts';
import { splitAsks, type Listed } from './documents.ts';
import { ask, confirm, type Hit, type Index } from './rank.ts';

/** The texts of one file, by its place in the index's list. */
export type LoadTexts = (file: number) => Promise<readonly string[]>;

/** A query that is answered. */
export interface Answer {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** What was looked for where a word had a typing fault; null where none had. */
  readonly mended: string | null;
}

/** Characters from which on a query may be a line of a log. */
const A_LINE = 20;

/** Answers a query. `isTyping` when its last word may be half typed. */
export async function answer(
  index: Index,
  query: string,
  isTyping: boolean,
  load: LoadTexts,
): Promise<Answer> {
  const shown = query.trim().length >= A_LINE ? matchError(query, index.errors) : null;
  if (shown !== null) return { hits: await hitsOfError(index, query, shown, load), mended: null };
  const question = ask(index, query, isTyping);
  const textOf = await loadTexts(
    question.candidates.map(({ document }) => document),
    load,
  );
  return { hits: confirm(question, textOf), mended: question.mended };
}

/** The page of the error, then what has the words in it by which it was recognised. */
async function hitsOfError(
  index: Index,
  query: string,
  error: ErrorKeys,
  load: LoadTexts,
): Promise<readonly Hit[]> {
  const lines = toPlain(query);
  const key =
    error.keys.filter((one) => lines.includes(one)).toSorted((one, other) => other.length - one.length)[0] ??
    '';
  const own = index.documents.filter(
    ({ kind, address }) => kind === 'error' && address.endsWith(`/${error.id}`),
  );
  const question = ask(index, key, false);
  const textOf = await loadTexts([...own, ...question.candidates.map(({ document }) => document)], load);
  const others = confirm(question, textOf, (text) => toPlain(text).includes(key)).filter(
    ({ document }) => document.kind !== 'error',
  );
  const first = own.map((document): Hit => {
    const text = readText(splitAsks(textOf(document)).text);
    const at = text.original.toLowerCase().indexOf(key);
    const marks = at === -1 ? [] : [{ start: at, end: at + key.length }];
    return {
      document,
      score: Infinity,
      share: 1,
      about: 1,
      exact: 1,
      asked: 0,
      question: null,
      text,
      passage: marks[0] ?? { start: 0, end: 0 },
      marks,
    };
  });
  return [...first, ...others];
}

async function loadTexts(
  documents: readonly Listed[],
  load: LoadTexts,
): Promise<(document: Listed) => string> {
  const files = [...new Set(documents.map(({ file }) => file))];
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await load(file)] as const)));
  return ({ file, place }) => texts.get(file)?.[place] ?? '';
}
