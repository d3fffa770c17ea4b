/** Is a paste what Fluent Bit writes to its own output: `[0] tag: [[1700000000.0, {}], {"log"=>"…"}]`? A record's text has raw line ends. */
import { ownValue } from '../../trace/own-value.ts';
import { isOfALog } from './messages.ts';
import { pasteTime } from './prefix.ts';
import { cut, join, rewrite, trim, type Slice } from './slice.ts';
import type { YamlPart } from './yaml.ts';

const HEAD =
  /^\s*\[\d{1,7}\] [\w.*:/-]{1,200}: \[\[?(\d{10})(?:\.(\d{1,9}))?(?:, \{.{0,2000}?\}\])?, \{(?="[^"]{1,80}"=>)/;
const END = /\}\]\s*$/;
const KEY = /(?:^|, )"([^"]{1,80})"=>/g;
const KEYS = /^(?:log|message|msg|MESSAGE)$/;
const STREAM = /"(\d{4}\/\d\d\/\d\d\/[^\s"]{0,140}\[[^\s\]"]{1,140}\][0-9a-f]{0,64})"/;
/** Lines of a record. */
const LONGEST = 300;

/** The records' texts in their order, with what stands between them; null where the paste is none. */
export function readFluent(lines: readonly Slice[]): YamlPart[] | null {
  if (!lines.some(({ text }) => text.includes('"=>') && HEAD.test(text))) return null;
  const parts: YamlPart[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.text.trim() === '') continue;
    const [head, seconds = '', fraction = ''] = HEAD.exec(line.text) ?? [];
    if (head === undefined) {
      // A line of the log itself, around Fluent Bit's, is no part of this form.
      if (isOfALog(line.text.trim())) return null;
      parts.push({ line: trim(line) });
      continue;
    }
    const own = [cut(line, head.length)];
    while (!END.test(own.at(-1)?.text ?? '') && own.length < LONGEST) {
      const next = lines[index + 1];
      if (next === undefined || HEAD.test(next.text)) break;
      own.push(next);
      index += 1;
    }
    const record = join(own, '\n');
    const slice = textIn(record);
    if (slice === null) {
      for (const one of own) parts.push({ line: trim(one) });
      continue;
    }
    const time = pasteTime(`${seconds}${fraction.padEnd(3, '0').slice(0, 3)}`);
    parts.push({ message: { slice, time, stream: STREAM.exec(record.text)?.[1] ?? null } });
  }
  return parts;
}

/** What a record's text stands under: a usual name, or any other one under which a line of the platform stands. */
function textIn(record: Slice): Slice | null {
  const end = record.text.replace(/\}\]\s*$/, '').length;
  const keys = Array.from(record.text.slice(0, end).matchAll(KEY), ({ index, 0: all, 1: name = '' }) => ({
    name,
    at: index,
    from: index + all.length,
  }));
  const values = keys.map(({ name, from }, index) => {
    const value = trim(cut(record, from, keys[index + 1]?.at ?? end));
    const isQuoted = value.text.startsWith('"');
    return { name, isQuoted, slice: isQuoted ? cut(value, 1, value.text.replace(/"$/, '').length) : value };
  });
  const found =
    values.find(({ isQuoted, slice }) => isQuoted && isOfALog(slice.text)) ??
    values.find(({ name, isQuoted }) => isQuoted && KEYS.test(name));
  if (found === undefined) return null;
  const { slice } = found;
  return slice.text.includes('\\')
    ? rewrite(slice, /\\["ntr\\]/g, (escape) => ownValue(ESCAPES, escape) ?? escape)
    : slice;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\"': '"',
  '\\n': '\n',
  '\\t': '\t',
  '\\r': '\r',
  '\\\\': '\\',
};
