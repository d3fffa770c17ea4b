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
  /** Indices of a string's characters in the text that was read. */
  readonly indices: Int32Array | null;
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

/** Where the string that opens at `at` ends (behind its closing quote), or the text's length. */
function stringEnd(text: string, at: number): { readonly end: number; readonly isClosed: boolean } {
  const closing = CLOSING.get(text[at] ?? '') ?? '"';
  const isTypographic = closing === '”' || closing === '’';
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\') index += 1;
    else if (character === closing || (isTypographic && character === '“' && closing === '”'))
      return { end: index + 1, isClosed: true };
  }
  return { end: text.length, isClosed: false };
}

/** A string's text by its literal (without quotes: `from` up to `to`), and where each character came from. */
export function decode(text: string, from: number, to: number): { text: string; indices: Int32Array } {
  const pieces: string[] = [];
  const indices: number[] = [];
  for (let index = from; index < to; index += 1) {
    const character = text[index] ?? '';
    if (character !== '\\') {
      pieces.push(character);
      indices.push(index);
      continue;
    }
    const next = text[index + 1] ?? '';
    const digits = next === 'u' ? 4 : next === 'x' ? 2 : 0;
    const code = text.slice(index + 2, index + 2 + digits);
    const hex = digits > 0 && code.length === digits && /^[0-9a-fA-F]+$/.test(code) ? code : undefined;
    const value =
      hex === undefined
        ? (ESCAPES.get(next) ?? next)
        : decodedBlank(String.fromCharCode(Number.parseInt(hex, 16)));
    pieces.push(value);
    indices.push(index);
    index += hex === undefined ? 1 : 1 + digits;
  }
  return { text: pieces.join(''), indices: Int32Array.from(indices) };
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

/** Reads a value that begins at `at`; `isInside`: the text begins inside of an object whose beginning is missing. */
export function readValue(text: string, at = 0, isInside = false): Node {
  let place = at;
  const blank = (): void => {
    while (place < text.length && /\s/.test(text[place] ?? '')) place += 1;
  };
  const string = (): Node => {
    const start = place;
    const { end, isClosed } = stringEnd(text, place);
    place = end;
    const { text: value, indices } = decode(text, start + 1, isClosed ? end - 1 : end);
    return { start, end, value, indices, items: null, members: null };
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
    return { start, end: place, value: undefined, indices: null, items: null, members: found };
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
      return { start, end: place, value: undefined, indices: null, items, members: null };
    }
    if (CLOSING.has(character)) return string();
    // Python's bytes.
    if (character === 'b' && /['"]/.test(text[place + 1] ?? '')) {
      place += 1;
      return string();
    }
    while (place < text.length && !/[,\]}\n]/.test(text[place] ?? '')) place += 1;
    const word = text.slice(start, place).trim();
    const literal = LITERALS.get(word);
    const number = word === '' ? Number.NaN : Number(word);
    // The rest of a number may be cut off.
    const isCut = depth > 0 && place >= text.length && !Number.isNaN(number);
    const known = isCut ? undefined : literal !== undefined ? literal : Number.isNaN(number) ? word : number;
    return { start, end: place, value: known, indices: null, items: null, members: null };
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
      const character = text[at] ?? '';
      if (CLOSING.has(character) && character !== '”') {
        const { end, isClosed } = stringEnd(text, at);
        if (!isClosed) return { to: line + 1, end: text.length, isWhole: false };
        at = end - 1;
      } else if (character === '{' || character === '[') depth += 1;
      else if (character === '}' || character === ']') {
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

/** A string of the slice that was read, with the places of its characters. */
export function stringSlice(slice: Slice, node: Node): Slice {
  return pick(slice, String(node.value), node.indices ?? new Int32Array(String(node.value).length));
}
