/** Which lines did a terminal break at its width? They are joined again, before anything is read. */
import { readText } from '../grammar.ts';
import { joinEnd } from './ends.ts';
import { takePrefix } from './prefix.ts';
import { joinQuoted } from './quoted.ts';
import { cut, join, type Slice } from './slice.ts';

const NARROWEST = 60;
const WIDEST = 400;

/** How much of a line the grammar understands. */
function rank(text: string): number {
  const known = readText(text.trim());
  return known === null ? 0 : 1 + Object.keys(known.fields).length;
}

function bare(slice: Slice): string {
  return takePrefix(slice).rest.text;
}

/** Whether the second line continues the first, by what the two give together and not alone. */
function isContinued(first: Slice, second: Slice): boolean {
  if (takePrefix(second).shape !== '' || rank(second.text) > 0) return false;
  const tail = first.text.slice(-80);
  const head = second.text.slice(0, 80);
  const left = /[0-9a-fA-F-]{3,}$/.exec(tail)?.[0] ?? '';
  const right = /^[0-9a-fA-F-]{3,}/.exec(head)?.[0] ?? '';
  const id = left + right;
  if (
    left !== '' &&
    right !== '' &&
    /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32})$/i.test(id)
  )
    return true;
  const alone = bare(first);
  const together = rank(alone + second.text.trimEnd());
  return together > 1 && together > rank(alone);
}

const WARNING = 'LAMBDA_WARNING: ';
const WARNING_END = /runtimes-update\.html\s*(?:\|\s*)?$/;

/** Whether a warning of the platform goes on in the next line: its text is always the same, so its end is known. */
function isWarningCut(first: string, second: Slice): boolean {
  if (!first.includes(WARNING) || WARNING_END.test(first) || first.length > 2000) return false;
  const last = first.slice(first.indexOf(WARNING));
  return (
    !last.includes('\\r') &&
    takePrefix(second).shape === '' &&
    rank(second.text) === 0 &&
    !/^\s*(?:\[|\{|Traceback)/.test(second.text)
  );
}

/** The lines, with those joined that a terminal had broken. */
export function joinWraps(lines: readonly Slice[]): Slice[] {
  let width = 0;
  for (const { text } of lines) width = Math.max(width, text.length);
  const isWidth = width >= NARROWEST && width <= WIDEST;
  const full: number[] = [];
  if (isWidth)
    lines.forEach(({ text }, index) => {
      if (text.length === width && (lines[index + 1]?.text.trim() ?? '') !== '') full.push(index);
    });
  const isWrapped = full.some((index) => {
    const [first, second] = [lines[index], lines[index + 1]];
    return first !== undefined && second !== undefined && isContinued(first, second);
  });
  const joined: Slice[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    let whole = line;
    let last = line;
    for (;;) {
      const next = lines[index + 1];
      if (next === undefined || next.text.trim() === '') break;
      const end = joinEnd(whole, lines, index + 1);
      if (end !== null) {
        whole = end.whole;
        index += end.taken;
        last = lines[index] ?? line;
        continue;
      }
      const isFull =
        isWrapped && last.text.length === width && takePrefix(next).shape === '' && rank(next.text) === 0;
      const isCut = !isFull && (isWarningCut(whole.text, next) || isReportCut(whole.text, next));
      if (!isFull && !isCut) break;
      whole = join([whole, next], isBetweenWords(whole, next) ? ' ' : '');
      last = next;
      index += 1;
    }
    joined.push(whole);
  }
  return joined;
}

/** A mail breaks lines between words, and drops the blank that was there. */
function isBetweenWords(first: Slice, second: Slice): boolean {
  if (/\s$/.test(first.text) || /^\s/.test(second.text) || first.text.length > 1000) return false;
  const alone = bare(first);
  const [apart, glued] = [rank(`${alone} ${second.text}`), rank(alone + second.text)];
  return (
    apart > glued ||
    (apart === glued &&
      /^(?:Billed|Duration|Memory|Max|Init|Restore|Status|Error|Phase|ms|MB)\b/.test(second.text))
  );
}

/** A REPORT that ends before its memory goes on in a line that begins in the middle of its fields. */
function isReportCut(first: string, second: Slice): boolean {
  if (!first.includes('REPORT')) return false;
  if (!/ms|MB|:/.test(second.text.slice(0, 60)) || second.text.includes('RequestId:')) return false;
  if (first.length > 1000 || !/REPORT\s+(?:RequestId|Init Duration):/.test(first)) return false;
  const alone = bare({ text: first, parts: [] });
  const before = readText(alone.trim());
  if (before?.kind !== 'report' && before?.kind !== 'init-report') return false;
  if (takePrefix(second).shape !== '' || rank(second.text) > 0 || second.text.length > 400) return false;
  return Math.max(rank(alone + second.text), rank(`${alone} ${second.text}`)) > rank(alone);
}

/** Lines without Markdown's signs for code around each, or around several. */
export function uncode(lines: readonly Slice[]): Slice[] {
  return lines.map((line) => {
    const { text } = line;
    if (!text.includes('`')) return line;
    if (text.includes('```')) return unfence(line);
    const end = text.trimEnd().length;
    const isClosed = text[end - 1] === '`';
    const lead = /^\s*`{1,2}(?=[^`\s])/.exec(text)?.[0].length ?? 0;
    if (lead > 0 && isClosed) return cut(line, lead, text.slice(0, end).replace(/`{1,2}$/, '').length);
    if (lead > 0 && /^[{[]/.test(text.slice(lead))) return cut(line, lead);
    return /^\s*[}\]]`$/.test(text.slice(0, end)) ? cut(line, 0, end - 1) : line;
  });
}

/** A line without the fences that a chat leaves at its ends; one that is a fence stays. */
function unfence(line: Slice): Slice {
  const { text } = line;
  if (/^\s*`{3,}\s*[\w+.-]{0,20}\s*$/.test(text)) return line;
  const lead = /^\s*`{3}(?=[^`\s])/.exec(text)?.[0].length ?? 0;
  const end = /[^`\s]`{3}\s*$/.exec(text);
  return cut(line, lead, end === null ? text.length : end.index + 1);
}

/** The line without a Markdown quote's or a comment's sign, where most lines of the paste have one. */
export function unquote(pasted: readonly Slice[]): Slice[] {
  const lines = joinQuoted(pasted);
  const filled = lines.filter(({ text }) => text.trim() !== '');
  for (const sign of [
    /^\s{0,3}(?:> ?){1,5}(?!\s*(?:GET|POST|PUT|PATCH|DELETE) \/)/,
    /^\s*#(?: |$)/,
    /^\s*\/\/(?: |$)/,
    /^\s*\* /,
    /^\s{0,8}[│┃▏╷╵]\s?/,
    /^\s{0,4}\d{1,5}(?:[:.│]|\s?\|)\s/,
  ]) {
    const others = countOthers(filled, sign, filled.length * 0.3);
    const count = filled.length - others;
    if (filled.length === 0 || count / filled.length < 0.7 || (filled.length < 3 && others > 0)) continue;
    return lines.map((line) => {
      const length = sign.exec(line.text)?.[0].length ?? 0;
      return cut(line, length);
    });
  }
  return [...lines];
}

/** How many lines don't begin with a sign: counted no further than until it's clear that they are too many. */
function countOthers(lines: readonly Slice[], sign: RegExp, most: number): number {
  let others = 0;
  for (const { text } of lines) {
    if (!sign.test(text)) others += 1;
    if (others > most + 1) break;
  }
  return others;
}
