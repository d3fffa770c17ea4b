/** Is a paste a table with commas (CloudWatch's download, Logs Insights' export)? Then its records are the events. */
import { cut, join, pick, type Slice } from './slice.ts';

/** A record: the cells by column, and whether it is the head. */
export interface CsvRecord {
  readonly cells: readonly Slice[];
  readonly isHead: boolean;
}

/** The records, and which columns hold the time and the message; null where the paste is no such table. */
export interface Csv {
  readonly records: readonly CsvRecord[];
  readonly time: number;
  readonly message: number;
  readonly stream: number;
}

const HEAD = /^"?@?[\w. @-]{1,60}"?(?:([,;\t])"?@?[\w. @-]{1,60}"?)(?:\1"?@?[\w. @-]{1,60}"?){0,30}$/;
/** How a record of CloudWatch's download begins. */
const ROW = /^"?\d{13}"?,"/;

/** Reads a paste as a table with commas; null where it is none. */
export function readCsv(lines: readonly Slice[]): Csv | null {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const head = lines[first]?.text.trim() ?? '';
  const separator = HEAD.exec(head)?.[1] ?? null;
  const names =
    separator !== null
      ? head.split(separator).map((name) => name.replaceAll('"', '').trim().toLowerCase())
      : [];
  const message = names.findIndex((name) => /^@?message$/.test(name));
  const time = names.findIndex((name) => /^@?(?:timestamp|time)$/.test(name));
  const stream = names.findIndex((name) => /^@?log_?stream(?:name)?$/.test(name));
  // A console's own table has no columns but these two, and lines that are none of its rows.
  const isConsole = separator === '\t' && names.length === 2;
  if (message >= 0 && separator !== null && !isConsole)
    return { records: readRecords(lines, separator), time, message, stream };
  // A beginning that is cut off: the rows alone, their times first.
  const isTable = lines.slice(first, first + 4).some(({ text }) => ROW.test(text.slice(0, 30)));
  return isTable ? { records: readRecords(lines, ','), time: 0, message: 1, stream: -1 } : null;
}

function readRecords(lines: readonly Slice[], separator: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.text.trim() === '') {
      index += 1;
      continue;
    }
    let to = index;
    let quotes = count(line.text);
    // An odd number of quotes: the cell goes on in the next line, unless a record begins there.
    while (quotes % 2 === 1 && to + 1 < lines.length && !ROW.test(lines[to + 1]?.text.slice(0, 30) ?? '')) {
      to += 1;
      quotes += count(lines[to]?.text ?? '');
    }
    const whole = join(lines.slice(index, to + 1), '\n');
    records.push({
      cells: splitCells(whole, separator),
      isHead: records.length === 0 && /(?:^|[,;\t])"?@?message"?(?:[,;\t]|$)/i.test(line.text),
    });
    index = to + 1;
  }
  return records;
}

function count(text: string): number {
  let found = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) found += 1;
  return found;
}

function splitCells(record: Slice, separator: string): Slice[] {
  const { text } = record;
  const cells: Slice[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] !== '"') {
      const comma = text.indexOf(separator, at);
      const end = comma < 0 ? text.length : comma;
      cells.push(cut(record, at, end));
      at = end + 1;
      continue;
    }
    const characters: string[] = [];
    const indices: number[] = [];
    at += 1;
    for (; at < text.length; at += 1) {
      if (text[at] === '"') {
        if (text[at + 1] !== '"') break;
        at += 1;
      }
      characters.push(text[at] ?? '');
      indices.push(at);
    }
    cells.push(pick(record, characters.join(''), Int32Array.from(indices)));
    const comma = text.indexOf(separator, at);
    at = comma < 0 ? text.length + 1 : comma + 1;
  }
  return cells;
}
