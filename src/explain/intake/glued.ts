/** Where in a line does another event, or another line of the same one, begin? Line ends get lost on the way into a paste. */
import { cut, trim, type Slice } from './slice.ts';

const UUID = String.raw`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`;
const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`;
const STARTERS = [
  String.raw`START\s+RequestId:\s*\S{1,80}?\s*Version:`,
  String.raw`END\s+RequestId:\s*\S`,
  String.raw`REPORT\s+RequestId:\s*\S`,
  String.raw`INIT_START\s+Runtime Version:`,
  String.raw`RESTORE_START\s+Runtime Version:`,
  String.raw`INIT_REPORT\s+Init Duration:`,
  String.raw`RESTORE_REPORT\s+Restore Duration:`,
  String.raw`XRAY\s+TraceId:`,
  String.raw`EXTENSION\s+Name:\s*\S{1,200}\s+State:`,
  String.raw`TELEMETRY\s+Name:\s*\S{1,200}\s+State:`,
  String.raw`END Duration: [\d.]{1,12} ms`,
  String.raw`Unknown application error occurred`,
  String.raw`RequestId:\s*${UUID}\s+(?:Error:|Process exited)`,
  String.raw`${TIME}\s${UUID}\sTask timed out after`,
  String.raw`\[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\]\s*${TIME}`,
  String.raw`\[ERROR\]\s[A-Za-z_][\w.]{0,120}(?:Error|Exception|NotFound|Conflict|Name)\b`,
  String.raw`LAMBDA_WARNING: Unhandled`,
  String.raw`Traceback \(most recent call last\):`,
  String.raw`File "[^"]{1,500}",? [lL]ine \d{1,7}(?:, in [\w<>]|\s{2})`,
  String.raw`\{"time":\s?"${TIME}",\s?"type":\s?"platform\.`,
  String.raw`\{"timestamp":\s?"[^"]{10,40}",\s?"(?:log_)?level":`,
].join('|');
const STARTER = new RegExp(STARTERS, 'g');
/** Any of these words must come later than at a line's start, or there is nothing to part: to look for them costs next to nothing. */
const HINTS: readonly { readonly word: string; readonly from: number }[] = [
  { word: 'RequestId:', from: 8 },
  { word: 'END Duration:', from: 1 },
  { word: 'INIT_', from: 1 },
  { word: 'RESTORE_', from: 1 },
  { word: 'XRAY', from: 1 },
  { word: 'EXTENSION', from: 1 },
  { word: 'TELEMETRY', from: 1 },
  { word: 'LAMBDA_WARNING: Unhandled', from: 90 },
  { word: 'Unknown app', from: 1 },
  { word: '[INFO]', from: 1 },
  { word: '[ERROR]', from: 1 },
  { word: '[WARNING]', from: 1 },
  { word: '[DEBUG]', from: 1 },
  { word: '[CRITICAL]', from: 1 },
  { word: 'Traceback', from: 1 },
  { word: 'File "', from: 1 },
  { word: 'Task timed', from: 63 },
  { word: '{"time', from: 1 },
];

function mayBeGlued(text: string): boolean {
  const start = text.length - text.trimStart().length;
  for (const { word, from } of HINTS) if (text.includes(word, start + from)) return true;
  return false;
}

/** What may stand right before another event. Not a quote, a bracket or a word: then the line speaks of it. */
function isPartingPlace(text: string, at: number, starter: string): boolean {
  if (starter.startsWith('Traceback') && text.slice(0, at).endsWith('Exception Group ')) return false;
  const before = text[at - 1] ?? '';
  if (
    starter.startsWith('Traceback') &&
    /^:\s*(?:File "|$)/.test(text.slice(at + starter.length - 1, at + starter.length + 40))
  )
    return true;
  // An emulator of 2020 leaves out the line end.
  if (before === '"' && starter.startsWith('START') && text.startsWith('time="')) return true;
  if (/["'`“‘\\({=<]/.test(before)) return false;
  if (starter.startsWith('LAMBDA_W'))
    return !/(?:\]|\d{4}-\d\d-\d\dT\S{5,20}Z|-[0-9a-f]{12})\s*$/.test(text.slice(Math.max(0, at - 60), at));
  if (starter.startsWith('RequestId'))
    return !/\b(?:START|END|REPORT)\s*$/.test(text.slice(Math.max(0, at - 20), at));
  // A page makes one blank of several, and of a line's end.
  if (starter.startsWith('File "'))
    return FLATTENED.test(text) || /\s\s$|[:;]\s*$/.test(text.slice(Math.max(0, at - 6), at));
  return true;
}

const FLATTENED = /Traceback \(most recent call last\):\s?File "/;

/** A frame whose source stands behind it, as in copies where line ends became blanks. */
const FRAME_AND_SOURCE =
  /^File "[^"]{1,500}",? [lL]ine \d{1,7}(?:, in (?:<\w{1,20}>|\w{1,200})(?=\s+\S)|(?=\s{2,}\S))/;

/** The pieces of a line, each trimmed, in their order; the line alone where nothing is glued. */
export function splitGlued(slice: Slice): Slice[] {
  // Most lines are one, and need no list of pieces.
  if (!slice.text.includes('\r') && !mayBeGlued(slice.text)) return withSource(slice);
  const pieces: Slice[] = [];
  for (const piece of splitReturns(slice)) {
    const { text } = piece;
    if (!mayBeGlued(text)) {
      pieces.push(piece);
      continue;
    }
    let at = 0;
    STARTER.lastIndex = 0;
    for (let match = STARTER.exec(text); match !== null; match = STARTER.exec(text)) {
      // Bars alone draw a group of exceptions.
      if (match.index <= at || /^[\s|+]*$/.test(text.slice(at, match.index))) continue;
      if (!isPartingPlace(text, match.index, match[0])) continue;
      pieces.push(cut(piece, at, match.index));
      at = match.index;
    }
    pieces.push(cut(piece, at));
  }
  return pieces.flatMap(withSource);
}

/** A piece as it is, or a frame and its source; nothing where it is blank. */
function withSource(piece: Slice): Slice[] {
  const whole = trim(piece);
  if (whole.text === '') return [];
  const head = whole.text.startsWith('File "') ? FRAME_AND_SOURCE.exec(whole.text)?.[0].length : undefined;
  return head === undefined ? [piece] : [cut(whole, 0, head), trim(cut(whole, head))];
}

/** A carriage return parts the lines of one event. */
function splitReturns(slice: Slice): Slice[] {
  if (!slice.text.includes('\r')) return [slice];
  const pieces: Slice[] = [];
  let at = 0;
  for (const match of slice.text.matchAll(/\r+/g)) {
    pieces.push(cut(slice, at, match.index));
    at = match.index + match[0].length;
  }
  pieces.push(cut(slice, at));
  return pieces.filter(({ text }) => text.trim() !== '');
}
