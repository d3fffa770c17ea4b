/**
 * Which documents answer a query, best first. MiniSearch finds for each unit of the query the documents that may have it:
 * `ask`. `confirm` looks into the texts of the best of them, and keeps those that really have enough of it in one passage.
 */
import MiniSearch, { type SearchResult } from 'minisearch';
import type { ErrorKeys } from '../catalogue/match-error.ts';
import { findUnit, readText } from './contains.ts';
import { splitAsks, type IndexFile, type Kind, type Listed } from './documents.ts';
import { INDEX_OPTIONS, type IndexedFields } from './index-options.ts';
import { nearest } from './nearest.ts';
import { shareOf, sharesOf, type Shares } from './shares.ts';
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

/** What is to be looked for. */
export interface Question {
  /** Those with a typing fault mended. */
  readonly units: readonly Unit[];
  /** What each unit says of a document that has it: rare ones say more. */
  readonly weights: readonly number[];
  readonly candidates: readonly Candidate[];
  /** True for a line of a log. */
  readonly isLine: boolean;
  /** The query with its typing faults mended; null where it had none. */
  readonly mended: string | null;
}

/** A document that answers. */
export interface Hit extends Shares {
  readonly document: Listed;
  readonly score: number;
}

/** A title says what its document is about; a name is what its file is looked for by. */
const BOOST = { title: 3, names: 2, of: 0.5, asks: 0.7 };
/** What a word says at most, and a run: a rare one may be the reader's own for what is said here otherwise. */
const MOST_OF_A_WORD = 3;
const MOST_OF_A_RUN = 4;
/** The share of what was asked that an answer has at least, by the number of units: of few each one counts. */
const ENOUGH = [1, 0.95, 0.95, 0.7];
const ENOUGH_OF_MANY = 0.6;
/** An article is about it by this share in its title. */
const TOPIC = 0.5;
/** What a score is for another word. */
const ALIKE = 0.5;
/** Words that only say what kind of thing the others are, and what they say: the init phase is init. */
const PALE =
  /^(?:phase|stage|case|issue|problem|situation|behaviou?r|way|part|piece|bit|side|purpose|reason|example|thing|method|approach)s?$/;
const OF_PALE = 0.4;
/** What a single Han says: it is in many words. */
const ONE_HAN = 0.5;
/** How much more it is when one of its questions is what was asked; single words are no question. */
const ASKED = 4;
/** The share that such a question has at least. */
const SURE = 0.75;
/**
 * The share of a passage that has all of it, and such a question's that it is as good as: of what has questions. A table of
 * sources, a moment, a file only mention it.
 */
const WHOLE = 0.95;
const AS_ASKED = 0.6;
/** The share of few units, and of the best, that others have where one has enough. */
const OF_FEW = 0.8;
const OF_BEST = 0.65;
/** Characters of a text that halve its score: a long table has any word. */
const LONG = 10_000;
/** Units of a query of which each has to be there. */
const FEW = 2;
/** The share that others have where one has enough, and the best section of an article whose beginning answers. */
const PARTLY = 0.5;
const HARDLY = 0.3;
/** The share that a text has at least where neither a title nor a question hints at what was asked: words meet by chance. */
const ALONE = 0.8;
const HINTED = 0.3;
/** The share of the score of its kind's best that an answer has at least. */
const NEAR_OWN = 0.6;
/** The share of the best of all, by kind: what only mentions it is shown where nothing is about it. */
const NEAR_BEST: Readonly<Record<Kind, number>> = {
  error: 0.75,
  section: 0.3,
  term: 0.3,
  moment: 0.75,
  file: 0.75,
  platform: 0.75,
};
/** Of a single thing that is asked for, these kinds are shown when they only mention it. */
const MENTIONS: readonly Kind[] = ['section', 'file', 'moment'];
/** How many of a kind are shown. */
const SHOWN: Readonly<Record<Kind, number>> = {
  error: 4,
  section: 8,
  term: 3,
  moment: 3,
  file: 4,
  platform: 2,
};
/** Candidates whose text is looked at. */
const LOOKED_AT = 40;

/** A query of this length with such characters is a line of a log. */
const A_LINE = 40;
const LINE = /[\t[\]{}=;]|\w: /;
/** A piece of code: what is called, or compared, or named. */
const CODE = /[\w\]]\((?!s\))|\w ?={1,2} ?[\w"'[{]/;
/** What a plain word of a piece of code says beside the names in it. */
const OF_CODE = 0.3;

/** A unit, and the scores of the documents that may have it. */
interface Asked {
  readonly unit: Unit;
  readonly found: ReadonlyMap<number, number>;
  readonly isMended: boolean;
}

/** Reads an index's file. */
export function readIndex({ documents, index, errors }: IndexFile): Index {
  return { documents, errors, mini: MiniSearch.loadJS<IndexedFields>(index, INDEX_OPTIONS) };
}

/** What a query asks for, and the documents that may have it. */
export function ask({ documents, mini }: Index, query: string, isTyping: boolean): Question {
  // A compound that is nowhere is asked for by its words.
  const typed = unitsOf(query, isTyping);
  const wanted = distinct(typed.flatMap((unit) => spread(mini, unit)));
  const ofNames = new Set(
    typed.flatMap(({ kind, parts }) =>
      kind === 'name' ? [...parts, ...parts.flatMap((part) => part.parts)] : [],
    ),
  );
  const isCode = isMostlyCode(query);
  const isLine = !isCode && query.length >= A_LINE && LINE.test(query);
  const all = wanted.map((unit): Asked => {
    const found = find(mini, unit);
    // What a line has of its own is no typing fault.
    const mended = found.size > 0 || unit.kind === 'run' || isLine || isCode ? null : nearest(mini, unit);
    return mended === null
      ? { unit, found, isMended: false }
      : { unit: mended, found: find(mini, mended), isMended: true };
  });
  const asked = isCode ? knownUnits(all) : isLine ? knownNames(all) : all;
  const units = asked.map(({ unit }) => unit);
  const weights = asked.map(({ unit }) => {
    // How rare the reader's own word is here.
    const weight = Math.log(1 + documents.length / (findOne(mini, unit).size + 0.5));
    if (unit.kind === 'run' && unit.text.length === 1) return weight * ONE_HAN;
    if (unit.kind === 'run') return Math.min(weight, MOST_OF_A_RUN);
    if (unit.kind === 'name') return weight;
    if (asked.length > 1 && PALE.test(unit.text)) return weight * OF_PALE;
    return (isCode && !ofNames.has(unit) ? OF_CODE : 1) * Math.min(weight, MOST_OF_A_WORD);
  });
  const question = {
    units,
    weights,
    isLine,
    mended: asked.some(({ isMended }) => isMended) ? units.map(({ text }) => text).join(' ') : null,
  };
  // A name that nothing here has: whatever else the query says, it is about something else.
  if (asked.some(({ unit, found }) => unit.kind === 'name' && found.size === 0))
    return { ...question, candidates: [] };
  const scores = new Map<number, number>();
  for (const { found } of asked) {
    for (const [id, score] of found) scores.set(id, (scores.get(id) ?? 0) + score);
  }
  const candidates = Array.from(scores, ([id, score]): Candidate | null => {
    const document = documents[id];
    const share = shareOf(
      asked.map(({ found }) => (found.has(id) ? 1 : 0)),
      weights,
    );
    return document === undefined ? null : { document, score: score * share };
  }).filter((candidate) => candidate !== null);
  candidates.sort((one, other) => other.score - one.score);
  return { ...question, candidates: candidates.slice(0, LOOKED_AT) };
}

/** Whether more of a query is code than words about it. */
function isMostlyCode(query: string): boolean {
  if (!CODE.test(query)) return false;
  const words =
    query.match(/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]|(?<=^|\s)\p{L}+(?=\s|$)/gu) ?? [];
  return words.join('').length < query.length / 2;
}

/** Of a line of a log the names that are known here: all else in it is the reader's own. Without such a name, all of it. */
function knownNames(asked: readonly Asked[]): readonly Asked[] {
  const known = asked.filter(({ unit, found }) => /[._]/.test(unit.text) && found.size > 0);
  return known.length > 0 ? known : asked;
}

/** Of a piece of code what is known here: what else it has is the reader's own. Without a name that is known, all of it. */
function knownUnits(asked: readonly Asked[]): readonly Asked[] {
  return asked.some(({ unit, found }) => unit.kind === 'name' && found.size > 0)
    ? asked.filter(({ found }) => found.size > 0)
    : asked;
}

/** A unit, or its parts where it is nowhere in one piece, and no typing fault of what is there. */
function spread(mini: MiniSearch<IndexedFields>, unit: Unit): readonly Unit[] {
  if (unit.parts.length === 0 || findWhole(mini, unit).size > 0) return [unit];
  if (unit.kind === 'name' && nearest(mini, unit) !== null) return [unit];
  return unit.parts.flatMap((part) => spread(mini, part));
}

/** Each unit once: the parts of one may be others. */
function distinct(units: readonly Unit[]): readonly Unit[] {
  return [...new Map(units.map((unit) => [unit.terms.join(' '), unit])).values()];
}

/**
 * The candidates that have enough of what was asked. `textOf` is a document's text; `isMeant` says of a text whether the
 * document may answer at all.
 */
export function confirm(
  { units, weights, isLine, candidates }: Question,
  textOf: (document: Listed) => string,
  isMeant: (text: string) => boolean = () => true,
): readonly Hit[] {
  const contexts = contextsOf(candidates, units, textOf);
  const looked = candidates.flatMap(({ document, score }): readonly Hit[] => {
    const { kind, title, of } = document;
    const context = kind === 'section' ? contexts.get(pageOf({ document })) : undefined;
    const joined = textOf(document);
    const shares = sharesOf(units, weights, { title, of, joined }, context);
    if (shares === null || shares.share < HARDLY || !isMeant(shares.text.original)) return [];
    if (units.length > FEW && Math.max(shares.asked, shares.about) < HINTED && shares.share < ALONE)
      return [];
    const isWhole = shares.exact >= WHOLE && splitAsks(joined).asks !== '';
    const asked = Math.max(shares.asked, isWhole ? AS_ASKED : 0);
    const more = units.length > FEW || isLine ? ASKED * asked ** 2 : 0;
    const long = shares.text.original.length / LONG;
    return [{ ...shares, document, score: (Math.sqrt(score) * shares.share ** 2 * (1 + more)) / (1 + long) }];
  });
  const partly = looked.filter(({ share }) => share >= PARTLY);
  // Where nothing has enough of it, what has a part of it answers something else, unless it is one of its questions.
  const enough = ENOUGH[units.length] ?? ENOUGH_OF_MANY;
  const most = Math.max(0, ...partly.map(({ share }) => share));
  const isAsked = units.length > FEW && partly.some(({ asked }) => asked >= SURE);
  if (most < enough && !isAsked) return [];
  const least = Math.max(most * OF_BEST, units.length > FEW ? 0 : Math.min(enough, OF_FEW));
  const hits = partly.filter(({ share }) => share >= least);
  hits.sort((one, other) => other.score - one.score);
  return withSection(nearBest(hits, units.length === 1 && !isLine), looked);
}

/** An article's beginning raises a question that one of its sections answers: where it is best, the best of those follows. */
function withSection(shown: readonly Hit[], looked: readonly Hit[]): readonly Hit[] {
  const [first, ...others] = shown;
  if (first?.document.kind !== 'section' || first.document.address.includes('#')) return shown;
  const article = pageOf(first);
  const isOfIt = (hit: Hit): boolean =>
    hit.document.kind === 'section' && hit.document !== first.document && pageOf(hit) === article;
  if (others.some(isOfIt)) return shown;
  const [best] = looked.filter(isOfIt).toSorted((one, other) => other.score - one.score);
  return best === undefined ? shown : [first, best, ...others];
}

/** How much of each unit the beginning of an article says, by its address: its sections are about that, too. */
function contextsOf(
  candidates: readonly Candidate[],
  units: readonly Unit[],
  textOf: (document: Listed) => string,
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    candidates
      .filter(({ document: { kind, address } }) => kind === 'section' && !address.includes('#'))
      .map(({ document }) => {
        const { text, asks } = splitAsks(textOf(document));
        const read = readText(`${document.title}\n${text}\n${asks}`);
        return [document.address, units.map((unit) => findUnit(unit, read).share)];
      }),
  );
}

/** Those that are not far behind the best; of a single thing that is asked for, all that have it. */
function nearBest(hits: readonly Hit[], isSingle: boolean): readonly Hit[] {
  const best = hits[0]?.score ?? 0;
  const [bestSection] = hits.filter(({ document }) => document.kind === 'section');
  const topic = bestSection !== undefined && bestSection.about >= TOPIC ? pageOf(bestSection) : null;
  const bestOf = new Map<Kind, number>();
  const counts = new Map<Kind, number>();
  return hits.filter((hit) => {
    const {
      document: { kind },
      score,
    } = hit;
    const own = bestOf.get(kind) ?? score;
    bestOf.set(kind, own);
    const count = (counts.get(kind) ?? 0) + 1;
    const isNear =
      (isSingle && MENTIONS.includes(kind)) ||
      (!isSingle && hit.asked >= SURE) ||
      (kind === 'section' && pageOf(hit) === topic) ||
      (score >= own * NEAR_OWN && score >= best * (isSingle && kind === 'error' ? 0 : NEAR_BEST[kind]));
    if (isNear) counts.set(kind, count);
    return isNear && count <= (isSingle ? 2 : 1) * SHOWN[kind];
  });
}

function pageOf({ document: { address } }: Pick<Hit, 'document'>): string {
  return address.replace(/#.*/, '');
}

/** The documents that have a unit in one piece, or another word for it. */
function findWhole(mini: MiniSearch<IndexedFields>, unit: Unit): ReadonlyMap<number, number> {
  return find(mini, { ...unit, parts: [], terms: unit.kind === 'name' ? [unit.text] : unit.terms });
}

function find(mini: MiniSearch<IndexedFields>, unit: Unit): ReadonlyMap<number, number> {
  const found = new Map(findOne(mini, unit));
  for (const other of unit.others) {
    for (const [id, score] of findOne(mini, { ...unit, ...other, parts: [], isOpen: false }))
      found.set(id, Math.max(found.get(id) ?? 0, score * ALIKE));
  }
  return found;
}

function findOne(
  mini: MiniSearch<IndexedFields>,
  { kind, terms, text, parts, isOpen }: Unit,
): ReadonlyMap<number, number> {
  const search = (queries: readonly string[], prefix: boolean): readonly SearchResult[] =>
    queries.length === 0
      ? []
      : mini.search(queries.join(' '), {
          tokenize: () => [...queries],
          boost: BOOST,
          combineWith: 'AND',
          // Of half a word the end alone is open.
          prefix: prefix ? (_, index) => index === queries.length - 1 : false,
        });
  const results = search(terms, isOpen && kind !== 'run');
  if (results.length > 0 || kind !== 'run') return toScores(results);
  if (terms.length === 1) return toScores(search([isOpen ? (terms[0] ?? '') : (text[0] ?? '')], true));
  // A compound that is nowhere in one piece.
  if (parts.length > 0)
    return toScores(
      search(
        parts.flatMap((part) => part.terms),
        false,
      ),
    );
  return new Map();
}

function toScores(results: readonly SearchResult[]): ReadonlyMap<number, number> {
  return new Map(results.map(({ id, score }) => [id as number, score]));
}
