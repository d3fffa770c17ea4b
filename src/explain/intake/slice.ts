/**
 * Text that still knows where in the paste it stood, through everything that is cut off, joined and decoded on its way.
 */
import type { Span } from '../explanation.ts';

/** From `at` in the text on: characters of one pasted line. */
interface Part {
  readonly at: number;
  readonly line: number;
  /** The column of the first one, or its place in `columns`. */
  readonly from: number;
  /** The column of each, where they don't follow one another. */
  readonly columns: Int32Array | null;
}

/** A text and its places. */
export interface Slice {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** A whole pasted line. */
export function lineToSlice(text: string, line: number): Slice {
  return { text, parts: [{ at: 0, line, from: 0, columns: null }] };
}

/** The last part that begins at or before a place: found by halves, as a paste's object may have a part a line. */
function partAt(parts: readonly Part[], index: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The characters from `from` up to `to`. */
export function cut(slice: Slice, from: number, to: number = slice.text.length): Slice {
  if (from === 0 && to === slice.text.length) return slice;
  const [only] = slice.parts;
  if (only !== undefined && slice.parts.length === 1) {
    const { line, columns } = only;
    const at = Math.max(0, only.at - from);
    const begin = only.from + Math.max(0, from - only.at);
    return { text: slice.text.slice(from, to), parts: [{ line, columns, at, from: begin }] };
  }
  const parts: Part[] = [];
  for (let index = partAt(slice.parts, from); index < slice.parts.length; index += 1) {
    const part = slice.parts[index];
    if (part === undefined || (part.at >= to && parts.length > 0)) break;
    parts.push({
      line: part.line,
      columns: part.columns,
      at: Math.max(0, part.at - from),
      from: part.from + Math.max(0, from - part.at),
    });
  }
  return { text: slice.text.slice(from, to), parts };
}

/** Whether a character is no blank for sure: a letter, a digit or a sign of ASCII. */
function isSign(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** Without the blanks at both ends. */
export function trim(slice: Slice): Slice {
  const { text } = slice;
  if (isSign(text.charCodeAt(0)) && isSign(text.charCodeAt(text.length - 1))) return slice;
  const from = text.length - text.trimStart().length;
  return cut(slice, from, Math.max(from, text.trimEnd().length));
}

/** Several, one after the other, with `glue` between them, which stands nowhere. */
export function join(slices: readonly Slice[], glue = ''): Slice {
  if (slices.length === 1 && slices[0] !== undefined) return slices[0];
  const parts: Part[] = [];
  let length = 0;
  slices.forEach(({ text, parts: own }, index) => {
    if (index > 0) length += glue.length;
    for (const part of own) parts.push({ ...part, at: part.at + length });
    length += text.length;
  });
  return { text: slices.map(({ text }) => text).join(glue), parts };
}

/** Another text whose character `n` came from `indices[n]` of the slice (decoded, or with something taken out). */
export function pick(slice: Slice, text: string, indices: Int32Array): Slice {
  const parts: Part[] = [];
  let start = 0;
  while (start < text.length) {
    const own = partAt(slice.parts, indices[start] ?? 0);
    const part = slice.parts[own];
    if (part === undefined) break;
    const next = slice.parts[own + 1]?.at ?? slice.text.length;
    let end = start;
    while (end < text.length && (indices[end] ?? 0) < next && (indices[end] ?? 0) >= part.at) end += 1;
    const columns = new Int32Array(Math.max(end, start + 1) - start);
    for (let at = start; at < start + columns.length; at += 1) {
      const place = (indices[at] ?? 0) - part.at + part.from;
      columns[at - start] = part.columns === null ? place : (part.columns[place] ?? 0);
    }
    parts.push({ at: start, line: part.line, from: 0, columns });
    start = Math.max(end, start + 1);
  }
  const first = slice.parts[0];
  return { text, parts: parts.length === 0 && first !== undefined ? [first] : parts };
}

/** Takes out every match, or puts `replace`'s text in its place. */
export function rewrite(slice: Slice, pattern: RegExp, replace: (match: string) => string): Slice {
  const pieces: string[] = [];
  const indices: number[] = [];
  let at = 0;
  const keep = (from: number, to: number): void => {
    pieces.push(slice.text.slice(from, to));
    for (let index = from; index < to; index += 1) indices.push(index);
  };
  for (const match of slice.text.matchAll(pattern)) {
    keep(at, match.index);
    const text = replace(match[0]);
    pieces.push(text);
    indices.push(...Array.from({ length: text.length }, () => match.index));
    at = match.index + match[0].length;
  }
  if (at === 0) return slice;
  keep(at, slice.text.length);
  return pick(slice, pieces.join(''), Int32Array.from(indices));
}

/** Where its text stands in the paste; never empty. */
export function spansOf(slice: Slice): Span[] {
  const spans: Span[] = [];
  slice.parts.forEach(({ at, line, from, columns }, index) => {
    const end = slice.parts[index + 1]?.at ?? slice.text.length;
    // A line end between two lines was put there by `join`: it has no place.
    const length = end - at - (slice.text[end - 1] === '\n' ? 1 : 0);
    const first = columns === null ? from : (columns[from] ?? 0);
    const last = columns === null ? from + length : (columns[Math.max(from, from + length - 1)] ?? first) + 1;
    const before = spans.at(-1);
    if (before?.line === line && first >= before.from)
      spans[spans.length - 1] = { line, from: before.from, to: Math.max(before.to, last) };
    else spans.push({ line, from: first, to: Math.max(first, last) });
  });
  return spans;
}
