/**
 * Lines of `key=value` pairs (logfmt), of which one value is what the function wrote: which key that is tells the paste itself, by the
 * platform's lines behind it. The other pairs are the collector's.
 */
import type { PasteTime } from '../explanation.ts';
import { decode } from './json.ts';
import { isOfALog } from './messages.ts';
import { pasteTime } from './prefix.ts';
import { cut, pick, type Slice } from './slice.ts';

interface Pair {
  readonly key: string;
  /** Where the value stands, without its quotes. */
  readonly from: number;
  readonly to: number;
  readonly isQuoted: boolean;
}

/** What a line of pairs carries. */
export interface Carried {
  readonly slice: Slice;
  readonly time: PasteTime | null;
  readonly stream: string | null;
}

/** Longer ones are looked at no further. */
const LONGEST = 20_000;
const KEY = /[A-Za-z_@][\w.@/-]{0,60}=/y;
const QUOTED = /"(?:[^"\\]|\\.){0,20000}"(?=\s|$)/y;
const BARE = /[^\s"]{0,2000}(?=\s|$)/y;
const STREAM = /^\d{4}\/\d\d\/\d\d\/\S{0,140}\[[^\s\]]{1,140}\][0-9a-f]{0,64}$/;
const TIME_KEY = /^(?:@?timestamp|time|ts|t)$/;

/** The pairs of a line; null where there is anything else in it. */
function pairsOf(text: string): readonly Pair[] | null {
  if (text.length > LONGEST || !/^\s*[A-Za-z_@][\w.@/-]{0,60}=/.test(text)) return null;
  const pairs: Pair[] = [];
  let at = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  while (at < end) {
    KEY.lastIndex = at;
    const [key] = KEY.exec(text) ?? [];
    if (key === undefined) return null;
    at += key.length;
    const pattern = text[at] === '"' ? QUOTED : BARE;
    pattern.lastIndex = at;
    const [value] = pattern.exec(text) ?? [];
    if (value === undefined) return null;
    const isQuoted = pattern === QUOTED;
    const inset = isQuoted ? 1 : 0;
    pairs.push({ key: key.slice(0, -1), from: at + inset, to: at + value.length - inset, isQuoted });
    at += value.length;
    while (at < end && /\s/.test(text[at] ?? '')) at += 1;
  }
  return pairs.length < 2 ? null : pairs;
}

/** What each line carries under the key that carries a log's lines: null for a line that isn't of that form; null for all where no key does. */
export function takePairs(lines: readonly Slice[]): readonly (Carried | null)[] | null {
  const all = lines.map(({ text }) => pairsOf(text));
  const counts = new Map<string, number>();
  all.forEach((pairs, index) => {
    const text = lines[index]?.text ?? '';
    for (const { key, from, to, isQuoted } of pairs ?? [])
      if (isQuoted && isOfALog(text.slice(from, to))) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  if (counts.size === 0) return null;
  const [key, count = 0] = [...counts].toSorted((one, other) => other[1] - one[1])[0] ?? [];
  const filled = lines.filter(({ text }) => text.trim() !== '').length;
  const own = all.filter((pairs) => pairs?.some((pair) => pair.key === key) === true).length;
  // A program may well say such a line in pairs of its own.
  if (key === undefined || (count < 2 && own * 2 < filled)) return null;
  return all.map((pairs, index) => {
    const line = lines[index];
    const carrying = pairs?.find((pair) => pair.key === key);
    if (line === undefined || pairs === null || carrying === undefined) return null;
    const valueOf = ({ from, to }: Pair): string => line.text.slice(from, to);
    const time = pairs.find((pair) => TIME_KEY.test(pair.key));
    const stream = pairs.map(valueOf).find((value) => STREAM.test(value));
    const { text, indices } = decode(line.text, carrying.from, carrying.to);
    return {
      slice: carrying.isQuoted ? pick(line, text, indices) : cut(line, carrying.from, carrying.to),
      time: time === undefined ? null : pasteTime(valueOf(time)),
      stream: stream ?? null,
    };
  });
}
