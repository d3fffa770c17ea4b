/**
 * How far does an object in a paste go, and what does it hold? Whole or cut off, it is read leniently, with the places of everything:
 * what isn't closed is closed by the end, what is no value is skipped. Straight, single and typographic quotes are taken; Python's `None` and the like, too.
 */
import { pick, type Slice } from './slice.ts';

/** A value and where it stands in the text that was read. */
export interface Node {
  readonly start: number;
  readonly end: number;
  readonly value: string | number | boolean | null | undefined;
  /** Where a string's characters end, before its closing quote; null for what has no quotes. */
  readonly textEnd: number | null;
  readonly items: readonly Node[] | null;
  readonly members: readonly (readonly [key: string, value: Node])[] | null;
}

const CLOSING = new Map(Object.entries({ '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’' }));
const ESCAPES = new Map(
  Object.entries({
    n: '\n',
    t: '\t',
    r: '\r',
    b: '\b',
    f: '\f',
    '0': '\0',
    _: ' ',
  }),
);
const MOST_DEEP = 100;

/** Codes of signs: an object is read sign by sign, and codes need no string for each. */
const [QUOTE, APOSTROPHE, BACKSLASH, COMMA] = [0x22, 0x27, 0x5c, 0x2c];
const [OPENED_LIST, CLOSED_LIST, OPENED_OBJECT, CLOSED_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [LEFT_QUOTE, LEFT_APOSTROPHE, LINE_END] = [0x201c, 0x2018, 0x0a];

interface StringEnd {
  readonly end: number;
  readonly isClosed: boolean;
  readonly hasEscapes: boolean;
}

/** Where the string that opens at `at` ends (behind its closing quote), or the text's length. */
function stringEnd(text: string, at: number): StringEnd {
  const closing = (CLOSING.get(text[at] ?? '') ?? '"').charCodeAt(0);
  // Some write the opening one at both ends.
  const other = closing === 0x201d ? LEFT_QUOTE : closing;
  let hasEscapes = false;
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) {
      index += 1;
      hasEscapes = true;
    } else if (code === closing || code === other) return { end: index + 1, isClosed: true, hasEscapes };
  }
  return { end: text.length, isClosed: false, hasEscapes };
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 9 && code <= 13) || (code > 0x7f && /\s/.test(String.fromCharCode(code)));
}

/** A string's text by its literal (without quotes: `from` up to `to`), and where each character came from. */
export function decode(text: string, from: number, to: number): { text: string; indices: Int32Array } {
  let decoded = '';
  let run = from;
  // No escape is shorter than what it stands for.
  const indices = new Int32Array(Math.max(0, to - from));
  let count = 0;
  for (let index = from; index < to; index += 1) {
    indices[count] = index;
    count += 1;
    if (text.charCodeAt(index) !== BACKSLASH) continue;
    const next = text[index + 1] ?? '';
    const digits = next === 'u' ? 4 : next === 'x' ? 2 : 0;
    const code = text.slice(index + 2, index + 2 + digits);
    const hex = digits > 0 && code.length === digits && /^[0-9a-fA-F]+$/.test(code) ? code : undefined;
    const value =
      hex === undefined
        ? (ESCAPES.get(next) ?? next)
        : decodedBlank(String.fromCharCode(Number.parseInt(hex, 16)));
    decoded += text.slice(run, index) + value;
    index += hex === undefined ? 1 : 1 + digits;
    run = index + 1;
  }
  if (run < to) decoded += text.slice(run, to);
  return { text: decoded, indices: count === indices.length ? indices : indices.slice(0, count) };
}

/** A blank that doesn't break is one of the runtime's indents. */
function decodedBlank(character: string): string {
  return character === '\u00a0' ? ' ' : character;
}

const LITERALS = new Map(
  Object.entries({
    true: true,
    True: true,
    false: false,
    False: false,
    null: null,
    None: null,
  }),
);

/** Whether a number, a literal or a word ends before this sign. */
function endsWord(code: number): boolean {
  return code === COMMA || code === CLOSED_LIST || code === CLOSED_OBJECT || code === LINE_END;
}

/** Reads a value that begins at `at`; `isInside`: the text begins inside of an object whose beginning is missing. */
export function readValue(text: string, at = 0, isInside = false): Node {
  let place = at;
  const blank = (): void => {
    while (place < text.length && isBlank(text.charCodeAt(place))) place += 1;
  };
  const string = (): Node => {
    const start = place;
    const { end, isClosed, hasEscapes } = stringEnd(text, place);
    place = end;
    const textEnd = isClosed ? end - 1 : end;
    const value = hasEscapes ? decode(text, start + 1, textEnd).text : text.slice(start + 1, textEnd);
    return { start, end, value, textEnd, items: null, members: null };
  };
  const members = (start: number, depth: number): Node => {
    const found: (readonly [string, Node])[] = [];
    for (;;) {
      blank();
      const character = text[place];
      if (character === undefined) break;
      if (character === '}') {
        place += 1;
        break;
      }
      if (!CLOSING.has(character)) {
        place += 1;
        continue;
      }
      const key = string();
      blank();
      if (text[place] !== ':') continue;
      place += 1;
      found.push([String(key.value), value(depth + 1)]);
    }
    return { start, end: place, value: undefined, textEnd: null, items: null, members: found };
  };
  const value = (depth: number): Node => {
    blank();
    const start = place;
    const character = text[place] ?? '';
    if (character === '{' && depth < MOST_DEEP) {
      place += 1;
      return members(start, depth);
    }
    if (character === '[' && depth < MOST_DEEP) {
      place += 1;
      const items: Node[] = [];
      for (;;) {
        blank();
        const next = text[place];
        if (next === undefined || next === '}') break;
        place += next === ']' || next === ',' ? 1 : 0;
        if (next === ']') break;
        if (next === ',') continue;
        const before = place;
        items.push(value(depth + 1));
        if (place === before) place += 1;
      }
      return { start, end: place, value: undefined, textEnd: null, items, members: null };
    }
    if (CLOSING.has(character)) return string();
    // Python's bytes.
    if (character === 'b' && /['"]/.test(text[place + 1] ?? '')) {
      place += 1;
      return string();
    }
    while (place < text.length && !endsWord(text.charCodeAt(place))) place += 1;
    const word = text.slice(start, place).trim();
    const literal = LITERALS.get(word);
    const number = word === '' ? Number.NaN : Number(word);
    // The rest of a number may be cut off.
    const isCut = depth > 0 && place >= text.length && !Number.isNaN(number);
    const known = isCut ? undefined : literal !== undefined ? literal : Number.isNaN(number) ? word : number;
    return { start, end: place, value: known, textEnd: null, items: null, members: null };
  };
  return isInside ? members(at, 0) : value(0);
}

/** How far an object or a list goes that begins at the start of a line (or, inside of one, before it). */
export interface Block {
  /** How many lines it takes. */
  readonly to: number;
  /** Where it ends in its last line. */
  readonly end: number;
  /** Whether its end was there. */
  readonly isWhole: boolean;
}

const LOOKS_LIKE_JSON =
  /^\s*(?:["'“‘{}\],]|\[\s*(?:$|["'“{[\]\d-])|-?\d[\d.eE+-]*\s*,?\s*$|(?:true|false|null|None|True|False)\s*,?\s*$)/;

/**
 * Finds the end of an object by its brackets alone; a line that can't belong to it ends it. `textAt` gives the lines in their order,
 * and undefined behind the last one.
 */
export function findBlock(textAt: (line: number) => string | undefined, isInside = false): Block {
  let depth = isInside ? 1 : 0;
  let line = 0;
  let before = 0;
  for (let text = textAt(0); text !== undefined; text = textAt(line)) {
    if (line > 0 && text.trim() !== '' && !LOOKS_LIKE_JSON.test(text.slice(0, 400)))
      return { to: line, end: before, isWhole: false };
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE || code === APOSTROPHE || code === LEFT_QUOTE || code === LEFT_APOSTROPHE) {
        const { end, isClosed } = stringEnd(text, at);
        if (!isClosed) return { to: line + 1, end: text.length, isWhole: false };
        at = end - 1;
      } else if (code === OPENED_OBJECT || code === OPENED_LIST) depth += 1;
      else if (code === CLOSED_OBJECT || code === CLOSED_LIST) {
        depth -= 1;
        if (depth <= 0) return { to: line + 1, end: at + 1, isWhole: true };
      }
    }
    before = text.length;
    line += 1;
  }
  return { to: line, end: before, isWhole: false };
}

/** A node as a plain value. */
export function toValue(node: Node): unknown {
  if (node.members !== null)
    return Object.fromEntries(node.members.map(([key, value]) => [key, toValue(value)]));
  if (node.items !== null) return node.items.map(toValue);
  return node.value;
}

/**
 * A string of the slice that was read, with the places of its characters. They are found here, as few of an object's strings are ever
 * asked for them.
 */
export function stringSlice(slice: Slice, { start, textEnd, value }: Node): Slice {
  if (textEnd === null) return pick(slice, String(value), new Int32Array(String(value).length));
  const { text, indices } = decode(slice.text, start + 1, textEnd);
  return pick(slice, text, indices);
}
