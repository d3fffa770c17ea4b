/**
 * A text that may be shown to others: ids, keys, addresses and names of one's own are masked, the same one by the same mask, in forms
 * in which the text is explained as before. What a log explains by stays: times, numbers, the names in tracebacks, errors' words.
 */
import { ARN_ROWS } from './masking/arns.ts';
import { ADDRESS_ROWS, AWS_HOST_ROWS, HOST_ROWS } from './masking/hosts.ts';
import { ID_ROWS, LOOSE_ROWS } from './masking/ids.ts';
import { Masks, type MaskKind } from './masking/masks.ts';
import { NAME_ROWS } from './masking/names.ts';
import { readJoined, readMeant, type Reading } from './masking/reading.ts';
import type { MaskRow } from './masking/row.ts';
import { EMAIL_ROW, NAMED_SECRET_ROWS, packedRow, RANDOM_ROWS, SECRET_ROWS } from './masking/secrets.ts';
import { wrapsIn } from './masking/wraps.ts';

/** What is left on purpose; names of sentences. */
export type LeftKind = 'times' | 'numbers' | 'frames' | 'errors' | 'regions' | 'pointers' | 'local' | 'words';

/** A masked text, and what was done to it. */
export interface Masked {
  readonly text: string;
  /** How many different ones of each kind are masked. */
  readonly counts: Partial<Record<MaskKind, number>>;
  /** What of the text was left on purpose. */
  readonly left: readonly LeftKind[];
}

/** Masks a text, and in it the reader's own words, whatever their letters' case. */
export function mask(text: string, words: readonly string[] = []): Masked {
  const masks = new Masks(text);
  const masked = maskWords(maskIds(toShown(text), masks), words, masks);
  return { text: masked, counts: masks.counts, left: leftIn(masked) };
}

/** Characters that let a text be read in another order than it stands in, and halves of characters, are no part of a log. */
function toShown(text: string): string {
  return text.toWellFormed().replace(/[\0\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** Something found. */
interface Found {
  readonly reading: Reading;
  /** Indices in the reading's text. */
  readonly from: number;
  readonly to: number;
  /** The same of all that it was known by. */
  readonly all: readonly [from: number, to: number];
  readonly mask: (masks: Masks) => string;
}

function maskIds(source: string, masks: Masks): string {
  const packed = packedRow((text) => maskIds(text, masks));
  const sure = [
    ...SECRET_ROWS,
    ...ARN_ROWS,
    // Before ids: a label of theirs may be one.
    ...AWS_HOST_ROWS,
    ...ID_ROWS,
    packed,
    EMAIL_ROW,
    ...HOST_ROWS,
    ...ADDRESS_ROWS,
    ...NAMED_SECRET_ROWS,
    ...NAME_ROWS,
  ];
  const search = new Search(source);
  const whole = sure.filter(({ joined }) => joined === 'whole');
  search.take(whole, true);
  // A beginning of a parted token may be a text in base64 by itself.
  search.take(
    whole.filter((row) => row !== packed),
    false,
  );
  search.takeParted([...sure, ...LOOSE_ROWS, ...RANDOM_ROWS]);
  search.take(sure, false);
  // Masks count in the order of the text, and whole ids before their parts.
  const first = search.done(masks);
  search.take([...LOOSE_ROWS, ...RANDOM_ROWS], false);
  const second = search.done(masks);
  search.take(echoRows(masks), false);
  return replace(source, [...first, ...second, ...search.done(masks)]);
}

/** A text with what was found in it so far: one place is masked once. */
class Search {
  private readonly meant: Reading;
  private readonly joined: Reading;
  private readonly taken: Uint8Array;
  private readonly isWrap: (at: number) => boolean;
  private found: Found[] = [];

  constructor(source: string) {
    this.meant = readMeant(source);
    this.joined = readJoined(source);
    this.taken = new Uint8Array(source.length);
    this.isWrap = wrapsIn(source);
  }

  /** Takes what rows find; with `isParted` only what a break parts. */
  take(rows: readonly MaskRow[], isParted: boolean): void {
    const reading = isParted ? this.joined : this.meant;
    for (const row of rows)
      for (const one of findIn(reading, row)) {
        if (isParted && jointsIn(reading, one).length === 0) continue;
        if (row.hasParts === true) this.addRest(one);
        else this.add(one);
      }
  }

  /** Takes what breaks part whose form doesn't say where it ends. */
  takeParted(rows: readonly MaskRow[]): void {
    const { joined, meant } = this;
    for (const row of rows) {
      if (row.joined === undefined || row.joined === 'whole') continue;
      /** Where one ends that is complete by itself. */
      const ends = new Set(Array.from(findIn(meant, row), ({ to }) => meant.end(to - 1)));
      for (const one of findIn(joined, row)) {
        const joints = jointsIn(joined, one);
        const goesOn = (joint: number): boolean => {
          const isWrap = this.isWrap(joined.end(joint - 1));
          if (row.joined === 'wrapped') return isWrap;
          const next = joined.text.slice(joint, joint + 64);
          if (BEGINS_LINE.test(next)) return false;
          // Behind a port nothing of a host follows.
          const isPort =
            /^\d{2,5}$/.test(joined.text.slice(one.from, joint)) && joined.text[one.from - 1] === ':';
          if (isPort && !isWrap) return false;
          if (isWrap || /[-/:_=@%+]/.test(joined.text[joint - 1] ?? '')) return true;
          return row.joined === 'secret' ? goesOnAsToken(next) : !ends.has(joined.end(joint - 1));
        };
        if (joints.length > 0 && joints.every(goesOn)) this.add(one);
      }
    }
  }

  /** What was found since the last time, with its masks. */
  done(masks: Masks): Placed[] {
    const { found } = this;
    this.found = [];
    return found
      .sort((a, b) => a.reading.begin(a.from) - b.reading.begin(b.from))
      .map((one) => ({ ...one, to: one.to, written: one.mask(masks) }));
  }

  private add(one: Found): void {
    const begin = one.reading.begin(one.from);
    const end = one.reading.end(one.to - 1);
    for (let at = begin; at < end; at += 1) if (this.taken[at] === 1) return;
    this.taken.fill(1, begin, end);
    this.found.push(one);
  }

  /** Adds the stretches of it that are free. */
  private addRest(one: Found): void {
    const { reading } = one;
    const { text } = reading;
    for (let from = one.from; from < one.to;) {
      let to = from;
      while (to < one.to && this.taken[reading.begin(to)] !== 1) to += 1;
      // Signs between two parts are left.
      for (const match of text.slice(from, to).matchAll(/[\w.+/%-]{4,}={0,2}(?![\w.+/%=-])/g)) {
        const begin = from + match.index;
        if (
          !/^(?:AWS4-HMAC-SHA256|Credential|SignedHeaders|Signature|Bearer|Basic|Path|Secure|HttpOnly|SameSite|Expires|Domain)$/i.test(
            match[0],
          )
        )
          this.add({
            ...one,
            from: begin,
            to: begin + match[0].length,
            mask: (masks) => masks.of('secret', match[0]),
          });
      }
      from = Math.max(to, from) + 1;
    }
  }
}

interface Placed extends Found {
  readonly written: string;
}

function* findIn(reading: Reading, { pattern, isIt, mask: toMask }: MaskRow): Generator<Found> {
  for (const match of reading.text.matchAll(pattern) as Iterable<RegExpExecArray>) {
    const it = match.groups?.it ?? match[0];
    if (it === '' || isIt?.(it, match) === false) continue;
    const [from, to] = match.indices?.groups?.it ?? [match.index, match.index + it.length];
    const all = [match.index, match.index + match[0].length] as const;
    yield { reading, from, to, all, mask: (masks) => toMask(it, masks, match) };
  }
}

function jointsIn({ joints }: Reading, { all: [from, to] }: Found): number[] {
  let low = 0;
  let high = joints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((joints[middle] ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const inside: number[] = [];
  for (let at = low; at < joints.length && (joints[at] ?? 0) < to; at += 1) inside.push(joints[at] ?? 0);
  return inside;
}

/** A time, a number that long, or a word in capitals: how lines of a log begin, and the rest of a name doesn't. */
const BEGINS_LINE =
  /^(?:\d{4}[-/]\d\d|\d\d?:\d\d|\d{10}(?:\d{3})?[\s,|]|[A-Z_]{3,}(?![a-z\d])|[A-Z][a-z]+\b)/;

/** Whether what follows a break is the rest of a token, and no beginning of a line: no word, no time, no number. */
function goesOnAsToken(text: string): boolean {
  const [token = ''] = /^[\w+/=.-]+/.exec(text) ?? [];
  if (/^(?:[A-Z]?[a-z]+|[A-Z_]+|\d{4}-\d\d-\d\d.*|\d\d?:?|\d+|INIT_START|[\d/]+)$/.test(token)) return false;
  return /[+/=]/.test(token) || token.length >= 16 || (/\d/.test(token) && /[A-Za-z]/.test(token));
}

/** Names, hosts and secrets that are known by now, wherever else they are written; not in a traceback's paths. */
function echoRows(masks: Masks): MaskRow[] {
  const known = [...masks.originals.keys()]
    .filter(
      (one) => one.length >= 6 && one.length <= LONGEST_ECHO && /[\d.-]/.test(one) && !/^[\d.]+$/.test(one),
    )
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_ECHOES);
  if (known.length === 0) return [];
  const words = known.map((one) => escape(one)).join('|');
  return [
    {
      pattern: new RegExp(
        String.raw`(?<![\w-]|\/(?:var\/task|opt|tmp)\/[^\s"']{0,200})(?:${words})(?![\w-]|\.py)`,
        'dg',
      ),
      mask: (it) => masks.originals.get(it) ?? it,
    },
  ];
}

/** Names and their lengths that are looked for again: an engine takes no pattern of any length. */
const MOST_ECHOES = 300;
const LONGEST_ECHO = 200;

function maskWords(source: string, words: readonly string[], masks: Masks): string {
  const wanted = [...new Set(words.map((word) => word.trim()).filter((word) => word.length > 1))].sort(
    (a, b) => b.length - a.length,
  );
  if (wanted.length === 0) return source;
  const pattern = new RegExp(wanted.map((word) => escape(word)).join('|'), 'dgiu');
  const search = new Search(source);
  const row: MaskRow = { pattern, mask: (it, all) => all.of('word', it) };
  search.take([row], true);
  search.take([row], false);
  return replace(source, search.done(masks));
}

/** A word as a pattern that finds it. */
function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Writes masks into a text, character by character: breaks and colours inside of an id stay where they are. */
function replace(source: string, found: readonly Placed[]): string {
  const sorted = [...found].sort((a, b) => a.reading.begin(a.from) - b.reading.begin(b.from));
  let result = '';
  let at = 0;
  for (const { reading, from, to, written } of sorted) {
    for (let index = from; index < to; index += 1) {
      const begin = reading.begin(index);
      const end = reading.end(index);
      const character = written[index - from] ?? '';
      result += source.slice(at, begin);
      if (index === to - 1) {
        const rest = written.slice(index - from);
        result += rest === reading.text[index] ? source.slice(begin, end) : rest;
      } else result += character === reading.text[index] ? source.slice(begin, end) : character;
      at = end;
    }
  }
  return result + source.slice(at);
}

const LEFT: Readonly<Record<Exclude<LeftKind, 'words'>, RegExp>> = {
  times: /\d\d:\d\d:\d\d|\b1\d{12}\b/,
  numbers: /\b(?:Duration|Size|Used)|\d\s?(?:ms|MB|seconds)\b|Ms"/,
  frames: /\.pyc?\b|\bin <?\w+>?$|stackTrace/m,
  errors: /[A-Za-z](?:Error|Exception)\b|errorMessage/,
  regions: /\b[a-z]{2}-(?:[a-z]+-){1,2}\d\b/,
  pointers: /\b0x[\da-f]{6,16}\b/i,
  local: /\b(?:127\.\d{1,3}\.|169\.254\.)|\b0\.0\.0\.0\b|\blocalhost\b|\b000000000000\b/,
};

function leftIn(text: string): LeftKind[] {
  const kinds = (Object.keys(LEFT) as (keyof typeof LEFT)[]).filter((kind) => LEFT[kind].test(text));
  return [...kinds, 'words'];
}
