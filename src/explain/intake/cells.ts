/** What is a row of a table with bars: a rule, a head, an event, or columns that a query made of an event? */
import { readText, type Fields, type Kind } from '../grammar.ts';
import { isMeasured, QUERIED, rowToKnown } from './columns.ts';
import type { PasteTime } from '../explanation.ts';
import { pasteTime } from './prefix.ts';
import { cut, trim, type Slice } from './slice.ts';

/** A row that was understood. */
export interface Row {
  readonly slice: Slice;
  readonly time: PasteTime | null;
  readonly stream: string | null;
  /** What it is, where its columns alone tell; null where the slice is to be read as a line. */
  readonly known: { readonly kind: Kind; readonly fields: Fields } | null;
}

/** A line that only draws a table, or names its columns. */
export function isTableFrame(text: string): boolean {
  const trimmed = text.trim();
  // A long rule without bars is some program's.
  if (/^[|+:=\-\s]+$/.test(trimmed))
    return (
      /^-{2,3}$/.test(trimmed) ||
      (/[|+]/.test(trimmed) && /--|\+-|==/.test(trimmed)) ||
      // A row of empty cells.
      /^\|{1,2}\s*\|[|\s]*\|$/.test(trimmed)
    );
  if (!trimmed.startsWith('|')) return false;
  const names = trimmed
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  if (names.length === 2 && /^next(?:Forward|Backward)?Token$/.test(names[0] ?? '')) return true;
  return (
    names.length > 0 &&
    names.every((cell) =>
      /^(?:@[\w.]{1,40}|events|ingestionTime|message|timestamp|eventId|logStreamName|searchedLogStreams|next(?:Forward|Backward)?Token|GetLogEvents|FilterLogEvents|GetQueryResults|searchedCompletely|Timestamp|Message)$/.test(
        cell,
      ),
    )
  );
}

/** The names of a query's columns, where a row with bars has them; null where it's any other row. */
export function columnsOf(text: string): readonly string[] | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('|') || !trimmed.endsWith('|') || trimmed.length > 4000) return null;
  const names = trimmed
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
  return isMeasured(names) && names.every((name) => /^[\w@.#()/*: -]{0,60}$/.test(name)) ? names : null;
}

const STREAM = /^\d{4}\/\d\d\/\d\d\/\S{0,140}\[[^\s\]]{1,140}\][\w*]{0,64}$/;
const LOG_NAME = /^(?:\d{12}:)?\/aws\/lambda\/\S{1,200}$/;
const QUERY_TIME = /^(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d{13})$/;

/** Reads a row with a bar at both ends, below the names of its columns where they are there; null where it is none, or holds nothing. */
export function readRow(line: Slice, names: readonly string[] | null = null): Row | null {
  const whole = trim(line);
  if (!whole.text.startsWith('|') || !whole.text.endsWith('|') || whole.text.length > 20_000) return null;
  const cells: Slice[] = [];
  let from = 1;
  for (let at = 1; at < whole.text.length; at += 1) {
    if (whole.text[at] !== '|' || whole.text[at - 1] === '\\') continue;
    cells.push(trim(cut(whole, from, at)));
    from = at + 1;
  }
  const filled = cells.filter(({ text }) => text !== '');
  const timeCell = filled.find(({ text }) => QUERY_TIME.test(text));
  const streamCell = filled.find(({ text }) => STREAM.test(text));
  if (names !== null && names.length === cells.length && filled.length > 0) {
    const known = rowToKnown(names.map((name, column) => [name, cells[column]?.text ?? ''] as const));
    return {
      slice: whole,
      time: timeCell === undefined ? null : pasteTime(timeCell.text),
      stream: streamCell?.text ?? null,
      known: known ?? QUERIED,
    };
  }
  if (timeCell === undefined && streamCell === undefined) return null;
  const rest = filled.filter((cell) => cell !== timeCell && cell !== streamCell && !LOG_NAME.test(cell.text));
  const first = rest[0];
  if (first === undefined) return null;
  const found = {
    time: timeCell === undefined ? null : pasteTime(timeCell.text),
    stream: streamCell?.text ?? null,
  };
  // Time and message: bars inside of the message are its own.
  if (cells.length <= 3 || rest.some(({ text }) => readText(text) !== null)) {
    const last = rest.at(-1) ?? first;
    const known = rest.find(({ text }) => readText(text) !== null);
    if (known !== undefined && cells.length > 3) return { ...found, slice: known, known: null };
    const start = whole.text.indexOf(first.text);
    return {
      ...found,
      slice: cut(whole, start, whole.text.lastIndexOf(last.text) + last.text.length),
      known: null,
    };
  }
  return { ...found, slice: whole, known: columnsToKnown(rest) };
}

/** What a query's columns are parts of. */
function columnsToKnown(cells: readonly Slice[]): Row['known'] {
  const id = cells.find(({ text }) => /^[0-9a-f]{8}(?:-[0-9a-f-]{1,27})?$/.test(text))?.text;
  const named = id === undefined ? {} : { requestId: id };
  for (const { text } of cells) {
    const start = readText(`INIT_START ${text}`) ?? readText(`START ${text}`);
    if (start !== null && /^(?:Runtime Version|RequestId):/.test(text)) return start;
  }
  for (const { text } of cells) {
    if (!/^(?:Status:|Error Type:|Duration:|Billed Duration:|Memory Size:)/.test(text)) continue;
    const report = readText(`REPORT RequestId: ${id ?? 'x'} ${text}`);
    if (report === null) continue;
    const fields = Object.fromEntries(Object.entries(report.fields).filter(([name]) => name !== 'requestId'));
    return { kind: 'report', fields: { ...fields, ...named } };
  }
  return { kind: 'your-output', fields: named };
}
