/** What a query asks for, cut into units: each is a word, an identifier or a run of Japanese that an answer has to contain. */
import { fold } from './fold.ts';
import { alikeTo, othersOf } from './same-words.ts';
import { stem } from './stem.ts';
import { HYPHENED, joinedIn, pairsOf, runsOf, termsOfWord } from './tokenize.ts';

/**
 * - `word`: plain Latin letters, in any of its forms;
 * - `name`: an identifier, or a word that is written as a name: an answer has it as it is;
 * - `run`: Han or kana that follow one another.
 */
export type UnitKind = 'word' | 'name' | 'run';

/** Another word for a run, and its terms. */
interface Other {
  readonly text: string;
  readonly terms: readonly string[];
}

/** One thing that is asked for. */
export interface Unit {
  readonly kind: UnitKind;
  /** Folded, as an answer contains it. */
  readonly text: string;
  /** The terms of the index that an answer has all of. */
  readonly terms: readonly string[];
  /** The parts by which it may be there as well: of a dotted name its words. */
  readonly parts: readonly Unit[];
  /** What is said for it as well: of a run. */
  readonly others: readonly Other[];
  /** True for the last unit of a query that is still being typed: it may be half a word. */
  readonly isOpen: boolean;
}

/** Characters of a query that are read at each of its ends: a traceback says what it is about first or last. */
const READ = 2_000;
/** Units of a query that count: the first. */
const MOST = 24;

/** What differs from log to log: ids, times, measures. */
const PASSING =
  /\d+ *(?:回|度|個|秒|分|時間|番目?|人|つ)目?|[一三四五六七八九十](?:回|度|番目)目?|二(?:番目|[回度]目)|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+\b|\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|\b\d[\d:.,]*\s*(?:ms|MB|kB|bytes|seconds?)\b|\b[0-9a-f]{16,}\b|0x[0-9a-f]+/gi;

/** What is counted twice, said as a word: it is what many ask about. */
const TWICE = /\b(?:2|two) times\b|\b2x\b/giu;
const TWICE_JA = /(?:(?<!\d)2|二) ?[回度](?!目)/gu;

/** What is shortened: isn't, what's, I've. */
const SHORTENED = /\b\p{L}+n['’]t\b|(?<=\p{L})['’](?:s|re|ve|ll|d|m)\b/giu;

/** What is short for a word that has others: no name. */
const SHORT = /^(?:ARGS?|DB|DIR|ENV|LIB|PC|RAM|STR)$/;

/** Words that a question is made of, not what it is about. */
const ASIDE = new Set(
  (
    'a about actually after again all also always am an and any anybody anyone are as ask asked at away back be because been before being best ' +
    'between but by can cannot come comes could did do does doing done each else even ever every few find for from get gets getting give go goes going gone got had happen happens ' +
    "has have having he help her here his how i i'm if in instead into is isn't it it's its just know less let like long look made make makes many may me mean means meant might mine more most much must my " +
    'need needs never no not now of off on once one only or other our out over own people please possible put really right same say says see seem seems ' +
    'she should show so some somebody someone still such take takes tell than that the their them then there these they thing things this those through to too ' +
    "under until up us use used uses using very want wants was way we well went were what what's when where whether which while who whose why will with without won't work works would yet you your " +
    'already anywhere everywhere somewhere nowhere simply easily currently exactly correctly properly usually often sometimes suddenly randomly though although however ' +
    'since despite during per via onto upon within receive received occur occurs cause causes causing explain understand wonder working worked able unable necessary ' +
    'supposed expected expect seemingly apparently anything everything nothing fix solve solution good better bad correct sure maybe possibly somehow anymore nobody ' +
    'hour hours day days various certain thing stuff please thanks off ok okay fine hi hello guys yesterday tomorrow somewhat kind sort wonder idea'
  ).split(/\s+/),
);

/** The same in Japanese, as far as it is written in Han. */
const ASIDE_RUNS = new Set([
  '何',
  '誰',
  '時',
  '事',
  '方法',
  '理由',
  '場合',
  '教',
  '知',
  '原因',
  '今',
  '人',
  '前',
  '後',
  '中',
  '毎回',
  '自分',
  '意味',
  '違',
  '使',
  '言',
  '出',
  '見',
  '思',
  '必要',
  '大丈夫',
  '対処',
  '対処法',
  '解決',
  '確認',
  '可能',
  '本当',
  '突然',
  '以外',
  '自動',
  '勝手',
  '最初',
  '次',
  '分',
  '回',
  '他',
  '別',
  '時々',
  '急',
  '全部',
  '本来',
  '状態',
  '処理',
  '直後',
  '直前',
  '平気',
  '久',
  '普通',
  '普段',
  '結局',
  '実際',
  '一応',
  '多分',
  '絶対',
  '質問',
  '会社',
  '皆',
  '先日',
  '昨日',
  '毎日',
  '毎度',
  '度',
]);

/** A word begun in Han: with what may be between two Han of one word, as in 呼び出し. Particles never are. */
const PIECES =
  /[ァ-ヺー]+|[\p{Script=Han}々]+(?:(?<=(?:^|[^\p{Script=Han}々])[\p{Script=Han}々])[いきぎしじちびみりえけげせねべめれ][\p{Script=Han}々]+)?|[ぁ-ゖー]+/gu;
const VERBS = /^(\p{Script=Han}[ぁ-ゖ])(\p{Script=Han})$/u;
const KATAKANA = /^[ァ-ヺー]+$/u;
const ONLY_HAN = /^[\p{Script=Han}々]+$/u;
const HIRAGANA = /^[ぁ-ゖー]+$/u;

/** The units of a query, in order. `isTyping` when its end may be half a word. */
export function unitsOf(query: string, isTyping = false): readonly Unit[] {
  const plain = (
    query.length > 2 * READ ? `${query.slice(0, READ)}\n${query.slice(-READ)}` : query
  ).normalize('NFKC');
  const cleaned = plain
    .replaceAll(TWICE, 'twice')
    .replaceAll(TWICE_JA, ' 二回 ')
    .replaceAll(PASSING, ' ')
    .replaceAll(SHORTENED, ' ');
  const text = joinTwo(cleaned.trim() === '' ? plain : cleaned);
  const runs = runsOf(text);
  const end = text.length;
  const all = runs.flatMap((run): readonly Unit[] => {
    const isOpen = isTyping && run.index + run.text.length === end;
    return run.isLatin ? [wordOf(run.text, isOpen)] : piecesOf(run.text, isOpen);
  });
  const [bare, rest] = [all.filter(isAside), all.filter((unit) => !isAside(unit))];
  const kept = rest.length > 0 ? rest : bare;
  return [...new Map(kept.map((unit) => [unit.text, unit])).values()].slice(0, MOST);
}

/** Shut down is shutdown. */
function joinTwo(text: string): string {
  return joinedIn(text).reduceRight(
    (joined, { word, index, length }) => joined.slice(0, index) + word + joined.slice(index + length),
    text,
  );
}

function isAside({ kind, text, terms }: Unit): boolean {
  if (kind !== 'run') return ASIDE.has(text) || /^[\d.]*$/.test(text);
  return ASIDE_RUNS.has(text) || terms.length === 0;
}

function wordOf(written: string, isOpen: boolean): Unit {
  const word = written.replace(/^[$@](?=\w+$)/, '').replace(/^:+/, '');
  if (HYPHENED.test(word)) {
    const joined = fold(word.replace('-', ''));
    return { kind: 'word', text: joined, terms: [stem(joined)], parts: [], others: alike(joined), isOpen };
  }
  const isName = /[_.:/$@-]|\d|\p{Ll}\p{Lu}|^\p{Lu}{2,}/u.test(word);
  if (!isName)
    return {
      kind: 'word',
      text: fold(word),
      terms: [stem(fold(word))],
      parts: [],
      others: alike(fold(word)),
      isOpen,
    };
  // What is short for a word: DB.
  const short = fold(word);
  if (SHORT.test(word))
    return { kind: 'word', text: short, terms: [stem(short)], parts: [], others: alike(short), isOpen };
  const terms = termsOfWord(word);
  const parts = wordsIn(word).map((part) => wordOf(part, false));
  return {
    kind: 'name',
    text: fold(word),
    terms: terms.length > 1 ? terms.slice(1) : terms,
    parts,
    others: [],
    isOpen,
  };
}

/** The words of a dotted name, and of an error's: ReadTimeoutError is said of a read that timed out. */
function wordsIn(name: string): readonly string[] {
  if (/^[a-z]+(?:\.[a-z]+)+$/i.test(name)) return name.split('.');
  return /^(?:\p{Lu}\p{Ll}+){2,}$/u.test(name)
    ? (name.match(/\p{Lu}\p{Ll}+/gu) ?? []).map((word) => word.toLowerCase())
    : [];
}

/** What is said for a word as well; in Japanese, what is written in kana for it. */
function alike(word: string): readonly Other[] {
  return [
    ...alikeTo(stem(word)).map((text) => ({ text, terms: [text] })),
    ...othersOf(word).map((text) => ({ text, terms: isKana(text) ? pairsOf(text) : [text] })),
  ];
}

function isKana(text: string): boolean {
  return !/^[\p{Script=Latin}\p{Nd}]+$/u.test(text);
}

function withOthers(unit: Unit): Unit {
  return {
    ...unit,
    others: othersOf(unit.text).map((text) => ({ text, terms: isKana(text) ? pairsOf(text) : [stem(text)] })),
  };
}

function piecesOf(run: string, isOpen: boolean): readonly Unit[] {
  return cut(run, isOpen).map(withOthers);
}

function cut(run: string, isOpen: boolean): readonly Unit[] {
  const pieces = run.match(PIECES) ?? [];
  const isAllHiragana = pieces.every((piece) => HIRAGANA.test(piece));
  return pieces.flatMap((piece, index): readonly Unit[] => {
    const unit = {
      kind: 'run',
      parts: [],
      others: [],
      isOpen: isOpen && index === pieces.length - 1,
    } as const;
    if (HIRAGANA.test(piece)) {
      // Loanwords are typed in hiragana, too; other hiragana is grammar.
      if (!isAllHiragana && !piece.includes('ー')) return [];
      const kana = fold(piece);
      return kana.length < 3 ? [] : [{ ...unit, text: kana, terms: pairsOf(kana) }];
    }
    const [first, second] = (VERBS.exec(piece) ?? []).slice(1);
    if (first !== undefined && second !== undefined) {
      // Two verbs, as in 動き続ける.
      const parts = [first, second].map((part): Unit => ({
        ...unit,
        text: fold(part),
        terms: pairsOf(part),
        isOpen: false,
      }));
      return [{ ...unit, text: fold(piece), terms: pairsOf(piece), parts }];
    }
    if (piece.length > 3 && ONLY_HAN.test(piece)) {
      // A compound of Han: usually words of two.
      const parts = (piece.match(/.{1,2}/gu) ?? []).map((part): Unit => ({
        ...unit,
        text: part,
        terms: pairsOf(part),
        isOpen: false,
      }));
      return [{ ...unit, text: fold(piece), terms: pairsOf(piece), parts }];
    }
    if (KATAKANA.test(piece) || piece.length > 1)
      return [{ ...unit, text: fold(piece), terms: pairsOf(piece) }];
    // A single Han means little without the kana that ends it.
    const next = pieces[index + 1]?.[0] ?? '';
    return HIRAGANA.test(next)
      ? [{ ...unit, text: fold(piece), terms: pairsOf(piece + next) }]
      : [{ ...unit, text: fold(piece), terms: [fold(piece)] }];
  });
}
