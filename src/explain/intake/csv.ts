/** Is a paste a table with commas (CloudWatch's download, Logs Insights' export)? Then its records are the events. */
import { isMeasured } from './columns.ts';
import { isOfALog } from './messages.ts';
import { cut, join, pick, trim, type Slice } from './slice.ts';

/** A record: the cells by column, and whether it is the head. */
export interface CsvRecord {
  readonly cells: readonly Slice[];
  readonly whole: Slice;
  readonly isHead: boolean;
}

/** The records, and which columns hold the time and the message; null where the paste is no such table. */
export interface Csv {
  /** The columns' names. */
  readonly names: readonly string[];
  readonly records: readonly CsvRecord[];
  readonly time: number;
  /** -1 where the columns stand in its place. */
  readonly message: number;
  readonly stream: number;
}

const HEAD = /^"?@?[\w. @-]{1,60}"?(?:([,;\t])"?@?[\w. @-]{1,60}"?)(?:\1"?@?[\w. @-]{1,60}"?){0,30}$/;
/** A query's, where a column may be a number or a sum. */
const QUERY_HEAD =
  /^"?(?:#|@?[\w.@()*/ -]{1,60}(?:\(\w{1,10}\))?)"?(?:([,;\t])"?@?[\w.@()*/ -]{1,60}"?)(?:\1"?@?[\w.@()*/ -]{1,60}"?){0,30}$/;
/** A head whose names are parted by blanks. */
const ALIGNED = /^@?[\w.]{1,60}(?:\s{2,}@?[\w.]{1,60}){1,30}$/;
/** How a record of CloudWatch's download begins. */
const ROW = /^"?\d{13}"?,"/;

/** Reads a paste as a table with commas; null where it is none. */
export function readCsv(lines: readonly Slice[]): Csv | null {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const head = lines[first]?.text.trim() ?? '';
  const isQuery = /(?:^|[,;\t("])@\w|(?:^|[,;\t"])record\./.test(head);
  const separator = (isQuery ? QUERY_HEAD : HEAD).exec(head)?.[1] ?? null;
  const written =
    separator === null ? [] : head.split(separator).map((name) => name.replaceAll('"', '').trim());
  const names = written.map((name) => name.toLowerCase());
  const message = names.findIndex((name) => /^@?message$/.test(name));
  const time = names.findIndex((name) => /^@?(?:timestamp|time|date)$/.test(name));
  const stream = names.findIndex((name) => /^@?log_?stream(?:name)?$/.test(name));
  // A console's own table has no columns but these two, and lines that are none of its rows.
  const isConsole = separator === '\t' && names.length === 2;
  if (message >= 0 && separator !== null && !isConsole)
    return { names: written, records: readRecords(lines, separator), time, message, stream };
  const query = readQuery(lines, written, separator, { time, stream });
  if (query !== null) return query;
  // A beginning that is cut off: the rows alone, their times first.
  const isTable = lines.slice(first, first + 4).some(({ text }) => ROW.test(text.slice(0, 30)));
  return isTable ? { names: [], records: readRecords(lines, ','), time: 0, message: 1, stream: -1 } : null;
}

/** A table whose lines stand in a column of another name, or that has columns of numbers in their place. */
function readQuery(
  lines: readonly Slice[],
  names: readonly string[],
  separator: string | null,
  { time, stream }: Pick<Csv, 'time' | 'stream'>,
): Csv | null {
  if (separator === null) return readAligned(lines);
  // One row, its columns one below the other: a value is no name.
  if (names.some((name) => /^\d/.test(name))) return null;
  if (isMeasured(names) || names.some((name) => /^@\w|\(@\w/.test(name)))
    return { names, records: readRecords(lines, separator, true), time, message: -1, stream };
  if (separator === '\t' && names.length === 2) return null;
  const records = readRecords(lines, separator, true);
  const isTable = records.filter(({ cells }) => cells.length === names.length).length >= records.length * 0.8;
  if (!isTable) return null;
  const message = names.findIndex((_, column) =>
    records.slice(0, MOST_LOOKED_AT).some(({ cells }) => isOfALog(cells[column]?.text ?? '')),
  );
  return message < 0 ? null : { names, records, time, message, stream };
}

/** Rows that are looked at for a line of the platform. */
const MOST_LOOKED_AT = 50;

/** A table whose columns are parted by blanks, each cell below its column's name. */
function readAligned(lines: readonly Slice[]): Csv | null {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const head = lines[first];
  if (head === undefined || !ALIGNED.test(head.text.trim())) return null;
  const columns = wordsOf(head.text);
  const names = columns.map(({ from, to }) => head.text.slice(from, to));
  if (!isMeasured(names)) return null;
  const records: CsvRecord[] = [];
  for (const line of lines.slice(first)) {
    if (line.text.trim() === '' || /^[\s=+-]+$/.test(line.text)) continue;
    // Another table.
    if (line !== head && isMeasured(line.text.trim().split(/\s{2,}/))) return null;
    const cells = columns.map(() => cut(line, 0, 0));
    for (const word of wordsOf(line.text)) {
      const column = columns.findLastIndex(
        ({ from, to }) => from < word.to && (to > word.from || from <= word.from),
      );
      if (column < 0 || cells[column]?.text !== '') return null;
      cells[column] = cut(line, word.from, word.to);
    }
    records.push({ cells, whole: trim(line), isHead: line === head });
  }
  return {
    names,
    records,
    time: names.indexOf('@timestamp'),
    message: -1,
    stream: names.indexOf('@logStream'),
  };
}

/** Words with the blanks that part them no more than one. */
function wordsOf(text: string): { readonly from: number; readonly to: number }[] {
  return Array.from(text.matchAll(/\S+(?:\s\S+)*/g), ({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
  }));
}

function readRecords(lines: readonly Slice[], separator: string, hasHead = false): CsvRecord[] {
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
      whole: trim(whole),
      isHead: records.length === 0 && (hasHead || /(?:^|[,;\t])"?@?message"?(?:[,;\t]|$)/i.test(line.text)),
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
