/** Is a paste an answer of `aws logs get-query-results` as YAML? Each row is a list of fields with their values. */
import { isMeasured, isQuery, QUERIED, rowToKnown } from './columns.ts';
import { isOfALog } from './messages.ts';
import { pasteTime } from './prefix.ts';
import { cut, join, trim, type Slice } from './slice.ts';
import { scalar, type YamlPart } from './yaml.ts';

const FIELD = /^(\s*)(- )?- "?field"?:\s+["']?([^"'\s]{1,200})["']?\s*$/;
const VALUE = /^(\s+)"?value"?:(?:\s+|$)/;

interface Row {
  /** The line that it begins with, and the one behind it. */
  readonly from: number;
  to: number;
  readonly cells: {
    readonly name: string;
    readonly value: Slice;
    readonly at: number;
    readonly to: number;
  }[];
}

/** The parts of such an answer in their order; null where the paste is none. */
export function readYamlRows(lines: readonly Slice[]): YamlPart[] | null {
  if (!lines.some(({ text }) => /^\s*- - /.test(text) && FIELD.test(text))) return null;
  const rows: Row[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [head, , first, name = ''] = FIELD.exec(lines[index]?.text.slice(0, 300) ?? '') ?? [];
    if (head === undefined) continue;
    if (first !== undefined) rows.push({ from: index, to: index, cells: [] });
    const line = lines[index + 1];
    const [key, lead = ''] = VALUE.exec(line?.text.slice(0, 300) ?? '') ?? [];
    const row = rows.at(-1);
    if (row === undefined || line === undefined || key === undefined) continue;
    const at = index + 1;
    const own = [cut(line, key.length)];
    index += 1;
    for (
      let next = lines[index + 1];
      next !== undefined && isInside(next.text, lead.length);
      next = lines[index + 1]
    ) {
      own.push(next);
      index += 1;
    }
    row.to = index + 1;
    row.cells.push({ name, value: scalar(own), at, to: index + 1 });
  }
  const parts: YamlPart[] = [];
  let at = 0;
  const wrap = (to: number): void => {
    for (const line of lines.slice(at, to)) if (line.text.trim() !== '') parts.push({ line: trim(line) });
    at = to;
  };
  for (const { from, to, cells } of rows) {
    const valueOf = (name: string): string | undefined =>
      cells.find((cell) => cell.name === name)?.value.text;
    const time = valueOf('@timestamp');
    const place = {
      time: time === undefined ? null : pasteTime(time),
      stream: valueOf('@logStream') ?? null,
    };
    const message = cells.find(({ name }) => /^@?message$/.test(name));
    if (message !== undefined) {
      wrap(message.at);
      parts.push({ message: { slice: message.value, ...place } });
      at = message.to;
      continue;
    }
    const names = cells.map(({ name }) => name).filter((name) => name !== '@ptr');
    if (!isMeasured(names) && !isQuery(names)) continue;
    wrap(from);
    const whole = join(lines.slice(from, to).map(trim), '\n');
    const known = rowToKnown(cells.map(({ name, value }) => [name, value.text])) ?? QUERIED;
    parts.push({ message: { slice: whole, ...place, known } });
    at = to;
  }
  wrap(lines.length);
  return parts;
}

const ITEM = /^((?:- | {2})*- )(?=\S)/;
const QUOTED = /^(?:- | {2})*- ["']/;

/** The parts of a list of messages (`--query "events[].message"`), each alone or beside its time; null where the paste is none. */
export function readYamlList(lines: readonly Slice[]): YamlPart[] | null {
  if (!lines.some(({ text }) => QUOTED.test(text))) return null;
  const parts: YamlPart[] = [];
  let isLog = false;
  let time: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.text.trim() === '') continue;
    const [lead] = ITEM.exec(line.text.slice(0, 80)) ?? [];
    if (lead === undefined) return null;
    if (lead.startsWith('-')) time = null;
    const own = [cut(line, lead.length)];
    for (
      let next = lines[index + 1];
      next !== undefined && /^(?:\s|$)/.test(next.text) && !/^\s+- /.test(next.text);
      next = lines[index + 1]
    ) {
      own.push(next);
      index += 1;
    }
    const slice = scalar(own);
    if (pasteTime(slice.text) !== null) {
      time = slice.text;
      parts.push({ line: trim(line) });
      continue;
    }
    isLog ||= isOfALog(slice.text);
    parts.push({ message: { slice, time: time === null ? null : pasteTime(time), stream: null } });
  }
  return isLog ? parts : null;
}

/** Whether a line goes on with a value of this indent. */
function isInside(text: string, indent: number): boolean {
  if (text.trim() === '') return true;
  const own = text.length - text.trimStart().length;
  return own > indent && !FIELD.test(text);
}
