/**
 * Is a paste a table as pandas prints it? Names stand over columns that end where they end; each row has its number. Cells are cut at 50
 * characters unless somebody asked for more: the rest is nowhere.
 */
import { ownValue } from '../../trace/own-value.ts';
import { readText, type Fields, type Kind } from '../grammar.ts';
import { isMeasured, QUERIED, rowToKnown } from './columns.ts';
import { endBegun } from './ends.ts';
import { isOfALog } from './messages.ts';
import { pasteTime } from './prefix.ts';
import { cut, rewrite, trim, type Slice } from './slice.ts';
import type { YamlPart } from './yaml.ts';

const HEAD = /^\s*[@A-Za-z][\w@.]{0,60}(?:\s+[@A-Za-z][\w@.]{0,60})*$/;
const ROW = /^(?:\d{1,7}|\.\.)\s/;
const MESSAGE = /^@?message$/;
const STREAM = /^\d{4}\/\d\d\/\d\d\/\S{0,140}\[[^\s\]]{1,140}\][\w*]{0,64}$/;

interface Row {
  /** The line that has its message, or its first one. */
  at: number;
  readonly cells: { readonly name: string; readonly value: Slice }[];
}

/** The cells of the tables in their order, with what stands around them; null where the paste is no such table, or is a log. */
export function readFrames(lines: readonly Slice[]): YamlPart[] | null {
  // Rows by their numbers: a table that is too wide goes on below itself.
  const rows = new Map<string, Row>();
  const used = new Set<number>();
  let ofLog = 0;
  for (let index = 0; index < lines.length; index += 1) {
    if (!ROW.test(lines[index + 1]?.text ?? '')) continue;
    const head = (lines[index]?.text ?? '').trimEnd().replace(/\s*\\$/, '');
    if (!HEAD.test(head)) continue;
    let behind = index + 1;
    let width = 0;
    for (; ROW.test(lines[behind]?.text ?? ''); behind += 1)
      width = Math.max(width, lines[behind]?.text.trimEnd().length ?? 0);
    // Names end where their columns do: what was lost before the first one is known.
    const names = Array.from(head.matchAll(/\S+/g), ({ index: at, 0: name }) => ({
      name,
      to: at + name.length + width - head.length,
    }));
    for (index += 1; index < behind; index += 1) {
      const line = lines[index];
      const number = /^\d{1,7}(?=\s)/.exec(line?.text ?? '')?.[0];
      if (line === undefined || number === undefined) continue;
      const row = rows.get(number) ?? { at: index, cells: [] };
      rows.set(number, row);
      used.add(index);
      names.forEach(({ name, to }, column) => {
        const from = column === 0 ? number.length : (names[column - 1]?.to ?? 0);
        const value = trim(cut(line, from, Math.min(to, line.text.length)));
        if (isOfALog(value.text) || name.startsWith('@')) ofLog += 1;
        row.cells.push({ name, value });
        if (MESSAGE.test(name)) row.at = index;
      });
    }
    index -= 1;
  }
  if (ofLog === 0 || lines.some(({ text }, index) => !used.has(index) && isOfALog(text.trim()))) return null;
  const byLine = new Map([...rows.values()].map((row) => [row.at, row]));
  return lines.flatMap((line, index): YamlPart[] => {
    const row = byLine.get(index);
    if (row !== undefined) return rowToParts(line, row);
    if (/^\.\.\s+\.\.\./.test(line.text))
      return [{ message: { slice: trim(line), time: null, stream: null, known: LEFT_OUT } }];
    return line.text.trim() === '' ? [] : [{ line: trim(line) }];
  });
}

/** Rows that pandas doesn't print: any of them may have told of an error. */
const LEFT_OUT = { kind: 'left-out', fields: { of: 'end' } } as const;

function rowToParts(line: Slice, { cells }: Row): YamlPart[] {
  const names = cells.map(({ name }) => name);
  const time = cells.find(({ name }) => /^@?timestamp$/.test(name))?.value.text;
  const stream = cells.find(({ value }) => STREAM.test(value.text))?.value.text ?? null;
  const place = { time: time === undefined ? null : pasteTime(time), stream };
  const cell = (
    cells.find(({ name }) => MESSAGE.test(name)) ?? cells.find(({ value }) => isOfALog(value.text))
  )?.value;
  if (cell === undefined) {
    const known = isMeasured(names) ? rowToKnown(cells.map(({ name, value }) => [name, value.text])) : null;
    return [{ message: { slice: trim(line), ...place, known: known ?? QUERIED } }];
  }
  const slice = cell.text.includes('\\')
    ? rewrite(cell, /\\[ntr]/g, (escape) => ownValue(ESCAPES, escape) ?? '')
    : cell;
  if (!slice.text.endsWith('...')) return [{ message: { slice, ...place } }];
  // Only the last line of a cell is cut.
  const at = slice.text.lastIndexOf('\n') + 1;
  const last = cut(slice, at);
  const part = { message: { slice: last, ...place, known: cutToKnown(last.text.slice(0, -3).trim()) } };
  return at === 0 ? [part] : [{ message: { slice: cut(slice, 0, at), ...place } }, part];
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\r': '\r' };
const NAMED = /^(START|END|REPORT) RequestId: ([0-9a-f]{8}-[0-9a-f-]{4,27})/;
const KINDS: Readonly<Record<string, Kind>> = { START: 'start', END: 'end', REPORT: 'report' };

/** What a cell is, of which only the beginning is left: no more than that is sure. */
function cutToKnown(text: string): { readonly kind: Kind; readonly fields: Fields } {
  const [, word = '', requestId = ''] = NAMED.exec(text) ?? [];
  const named = ownValue(KINDS, word);
  if (named !== undefined) return { kind: named, fields: { requestId, cut: 'cell' } };
  const known = readText(text);
  const { errorType, level, requestId: id } = known?.fields ?? {};
  const fields: Fields = {
    cut: 'cell',
    ...(errorType === undefined ? {} : { errorType }),
    ...(level === undefined ? {} : { level }),
    ...(typeof id === 'string' && id.length === 36 ? { requestId: id } : {}),
  };
  if (known !== null && known.kind !== 'timed-out') return { kind: known.kind, fields };
  const begun = endBegun(text);
  if (begun?.isSure === true)
    return { kind: 'cut-line', fields: { requestId: begun.id, of: 'end', cut: 'cell' } };
  return { kind: /^[A-Z_]{4,}\s|^Traceback/.test(text) ? 'cut-line' : 'your-output', fields };
}
