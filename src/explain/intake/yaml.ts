/** Is a paste an answer of CloudWatch's API as YAML (`--output yaml`)? Then its messages are the events. */
import { decode } from './json.ts';
import type { Message } from './messages.ts';
import { pasteTime } from './prefix.ts';
import { cut, join, pick, rewrite, trim, type Slice } from './slice.ts';

/** A line of the answer's own, or an event in its place. */
export type YamlPart = { readonly line: Slice } | { readonly message: Message };

const KEY = /^(\s*(?:- )?)"?([@\w]{1,40})"?:(?:\s+|$)/;
const MESSAGE = /^@?message$/;
const OF_AN_ANSWER =
  /^\s*(?:- )?@?(?:eventId|ingestionTime|timestamp|logStreamName|nextToken|nextForwardToken): /;
/** What `--query` leaves of one. */
const ONLY_MESSAGES = /^- @?message: ['"]?(?:(?:START|END|REPORT) RequestId: |INIT_START)/;

/** The parts of such an answer in their order; null where the paste is none. */
export function readYaml(lines: readonly Slice[]): YamlPart[] | null {
  const isAnswer =
    lines.some(({ text }) => MESSAGE.test(KEY.exec(text.slice(0, 80))?.[2] ?? '')) &&
    (lines.filter(({ text }) => OF_AN_ANSWER.test(text.slice(0, 80))).length >= 2 ||
      lines.some(({ text }) => ONLY_MESSAGES.test(text.slice(0, 80))));
  if (!isAnswer) return null;
  const parts: YamlPart[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    const [head, lead = '', name = ''] = KEY.exec(line.text.slice(0, 200)) ?? [];
    if (head === undefined || !MESSAGE.test(name)) {
      if (line.text.trim() !== '') parts.push({ line: trim(line) });
      continue;
    }
    const own = [cut(line, head.length)];
    while (index + 1 < lines.length && isInside(lines[index + 1]?.text ?? '', lead.length)) {
      index += 1;
      own.push(lines[index] ?? line);
    }
    const { time, stream } = around(lines, index, lead.length);
    parts.push({ message: { slice: scalar(own), time, stream } });
  }
  return parts;
}

/** Whether a line belongs to the value of a key with this indent. */
function isInside(text: string, indent: number): boolean {
  if (text.trim() === '') return true;
  const own = text.length - text.trimStart().length;
  return own > indent || (own === indent && !KEY.test(text) && !/^\s*-\s/.test(text));
}

/** The time and the stream of the event whose message ends in a line. */
function around(lines: readonly Slice[], index: number, indent: number): Pick<Message, 'time' | 'stream'> {
  const found: { time?: string; stream?: string } = {};
  const look = (text: string): boolean => {
    const [head, lead = '', name = ''] = KEY.exec(text.slice(0, 200)) ?? [];
    if (head === undefined || lead.length !== indent) return !text.startsWith('- ');
    const value = text
      .slice(head.length)
      .trim()
      .replaceAll(/^['"]|['"]$/g, '');
    if (/^@?timestamp$/.test(name)) found.time ??= value;
    else if (/^@?logStream(?:Name)?$/.test(name)) found.stream ??= value;
    return true;
  };
  for (let at = index + 1; at < Math.min(lines.length, index + 6); at += 1) {
    const text = lines[at]?.text ?? '';
    if (/^\s*- /.test(text) || !look(text)) break;
  }
  for (
    let at = index;
    at > Math.max(0, index - 40) && (found.time === undefined || found.stream === undefined);
    at -= 1
  ) {
    const text = lines[at]?.text ?? '';
    look(text);
    if (/^\s*- /.test(text)) break;
  }
  return { time: found.time === undefined ? null : pasteTime(found.time), stream: found.stream ?? null };
}

/** A value of any style, with its line ends as they were before it was folded. */
export function scalar(lines: readonly Slice[]): Slice {
  const first = lines[0]?.text.trim() ?? '';
  if (/^[|>][+-]?\d?$/.test(first)) return join(lines.slice(1).map(trim), '\n');
  const isDouble = first.startsWith('"');
  let whole: Slice | null = null;
  let blanks = 0;
  for (const line of lines) {
    const piece = trim(line);
    if (piece.text === '') {
      blanks += 1;
      continue;
    }
    if (whole === null) whole = piece;
    else if (isDouble && whole.text.endsWith('\\'))
      whole = join([cut(whole, 0, whole.text.length - 1), piece]);
    else whole = join([whole, piece], blanks > 0 ? '\n'.repeat(blanks) : ' ');
    blanks = 0;
  }
  if (whole === null) return cut(lines[0] ?? { text: '', parts: [] }, 0, 0);
  const quote = whole.text[0];
  if (quote !== '"' && quote !== "'") return whole;
  const end = whole.text.endsWith(quote) && whole.text.length > 1 ? whole.text.length - 1 : whole.text.length;
  if (quote === "'") return rewrite(cut(whole, 1, end), /''/g, () => "'");
  const { text, indices } = decode(whole.text, 1, end);
  return pick(whole, text, indices);
}
