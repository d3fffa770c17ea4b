/**
 * What stands before every line, and is of no form that `prefix.ts` knows: a pod's name, a syslog's host, a job's step. It is learnt from
 * the paste itself: lines of the platform can only begin with their own words, so what stands before several of them is a tool's.
 */
import type { PasteTime } from '../explanation.ts';
import { kindOwner, readText } from '../grammar.ts';
import { pasteTime, takePrefix } from './prefix.ts';
import { cut, type Slice } from './slice.ts';

/** A line without what a tool put before it. */
export interface Outer {
  readonly rest: Slice;
  /** Whether something was taken off. */
  readonly isTaken: boolean;
  readonly time: PasteTime | null;
  readonly stream: string | null;
  /** Whether an event begins with it; null where what was taken off doesn't tell. */
  readonly opens: boolean | null;
}

/** How lines begin that a program hardly writes itself. */
const MARK =
  /(?<![A-Za-z0-9])(?:(START|END|REPORT) RequestId: |(INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT)\s+(?:Runtime Version|(?:Init|Restore) Duration): |(XRAY) TraceId: |(EXTENSION|TELEMETRY|LOGS)\s+Name: |\{"time":\s?"[^"]{1,40}",\s?"type":\s?"(platform\.\w+)"|\[(ERROR)\] [A-Z]|(Traceback) \(most recent call last\):|(File) "[^"]{1,300}", line \d)/;

const LONGEST = 240;

/** Lines that are looked at, and patterns that are kept. */
const MOST_LINES = 60;
const MOST_PATTERNS = 8;

/** Words that differ from line to line though they have no digit. */
const CHANGING =
  /^(?:[A-Z][a-z]{2}|trace|debug|info|notice|warn|warning|error|critical|fatal|stdout|stderr|UTC|[A-Z]{3,4}|AM|PM)$/i;

/** The lines, each without what stands before all of them. Null where nothing does. */
export function takeOuter(lines: readonly Slice[]): readonly Outer[] | null {
  const patterns = learn(lines);
  if (patterns.length === 0) return null;
  return lines.map((line) => {
    for (const pattern of patterns) {
      const [taken] = pattern.exec(line.text.slice(0, LONGEST + 80)) ?? [];
      if (taken === undefined) continue;
      return {
        rest: withoutQuote(cut(line, taken.length), taken),
        isTaken: true,
        opens: null,
        ...told(taken),
      };
    }
    return withNothing(line);
  });
}

/** A line that nothing stands before. */
export function withNothing(rest: Slice): Outer {
  return { rest, isTaken: false, time: null, stream: null, opens: null };
}

/** A value in quotes (`msg="…"`) ends with one. */
function withoutQuote(rest: Slice, taken: string): Slice {
  const quote = taken.at(-1);
  const text = rest.text.trimEnd();
  const isQuoted = (quote === '"' || quote === "'" || quote === '`') && text.endsWith(quote);
  return isQuoted ? cut(rest, 0, text.length - 1) : rest;
}

/** The time and the stream that stand in it. */
function told(taken: string): Pick<Outer, 'time' | 'stream'> {
  const stream =
    /\d{4}\/\d\d\/\d\d\/[^\s[\]/]{0,140}\[[^\s\]]{1,140}\][0-9a-f]{0,64}/.exec(taken)?.[0] ?? null;
  // A time in whole seconds is often when a line was collected: it doesn't tell which was first.
  const time =
    /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{1,9}(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d))?/.exec(taken)?.[0] ??
    /(?<!\d)\d\d?:\d\d:\d\d[.,]\d{1,6}(?!\d)/.exec(taken)?.[0];
  return { stream, time: time === undefined ? null : pasteTime(time) };
}

function learn(lines: readonly Slice[]): readonly RegExp[] {
  const kinds = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  let bare = 0;
  let seen = 0;
  for (const line of lines) {
    if (seen >= MOST_LINES) break;
    const mark = MARK.exec(line.text.slice(0, LONGEST + 60));
    if (mark === null || mark.index > LONGEST) continue;
    seen += 1;
    // An emulator's own log says by itself whose it is.
    const whole = readText(line.text.trim());
    if (whole !== null && kindOwner(whole.kind) === 'tool') continue;
    const kind = mark.slice(1).find(Boolean) ?? '';
    const at = outerEnd(line, mark.index);
    if (at === 0) bare += 1;
    if (at === 0 || kind === 'File') continue;
    const source = sourceOf(line.text.slice(0, at));
    if (source === null) continue;
    kinds.set(source, (kinds.get(source) ?? new Set()).add(kind));
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const found: RegExp[] = [];
  let taken = 0;
  for (const [source, own] of kinds) {
    const pattern = new RegExp(source);
    const isClock =
      /\d[^\d\s]\\d\+:|\\d\+:\\d\+/.test(source) &&
      lines.filter(({ text }) => pattern.test(text)).length >= 4;
    const isBeforeFrames =
      own.size === 1 &&
      lines.some(({ text }) => pattern.test(text) && /\bFile "[^"]{1,300}", line \d/.test(text));
    if ((own.size < 2 && !isBeforeFrames && !isClock) || found.length >= MOST_PATTERNS) continue;
    found.push(pattern);
    taken += counts.get(source) ?? 0;
  }
  return taken >= bare ? found : [];
}

/** Where what `prefix.ts` knows, or the line itself, begins; 0 where nothing else stands before it. */
function outerEnd({ text }: Slice, mark: number): number {
  if (text.slice(0, mark).trim() === '') return 0;
  for (let at = 0; at <= mark; at += 1) {
    const isEdge = at === 0 || (/[\s|:=>\])"'`]/.test(text.charAt(at - 1)) && !/\s/.test(text.charAt(at)));
    if (!isEdge) continue;
    const { rest } = takePrefix({ text: text.slice(at), parts: [] });
    const left = rest.text.trimStart();
    if (text.length - left.length === mark) return at;
  }
  return mark;
}

const PART = /[A-Za-z_][\w.-]*="[^"]*"(?=\s|$)|\S+|\s+/g;
/** A pair whose value may be any other one. */
const PAIR = /^[A-Za-z_][\w.-]*=(?:"[^"]*"|[^\s"']+)$/;

/** A pattern for what stands before a line: with its signs and words, but with any numbers. Null where it would fit too much. */
function sourceOf(taken: string): string | null {
  const trimmed = taken.trim();
  // An object's or a table's field is read by its form.
  if (trimmed.length === 0 || /[{}]|["'“”]\s*:\s*["'“]?$|[,[(]\s*["'“]$|^["'“]$/.test(trimmed)) return null;
  let source = String.raw`^\s*`;
  for (const [word] of trimmed.matchAll(PART)) {
    if (/^\s/.test(word)) source += String.raw`\s+`;
    else if (PAIR.test(word))
      source += `${literal(word.slice(0, word.indexOf('=') + 1))}(?:"[^"]*"(?=\\s)|[^\\s"]*)`;
    else if (/\d/.test(word))
      source +=
        String.raw`(?=\S*\d)` +
        word.replaceAll(/[A-Za-z0-9]+|[^A-Za-z0-9]/g, (run) => {
          if (/^\d+$/.test(run)) return String.raw`\d+`;
          return /^[A-Za-z0-9]/.test(run) ? (/\d/.test(run) ? '[A-Za-z0-9]+' : '[A-Za-z]+') : literal(run);
        });
    else if (CHANGING.test(word.replaceAll(/[^A-Za-z]/g, '')))
      source += word.replaceAll(/[A-Za-z]+|[^A-Za-z]/g, (run) =>
        /^[A-Za-z]/.test(run) ? '[A-Za-z]+' : literal(run),
      );
    else source += literal(word);
  }
  // What is left of it behind: no more than stood before the platform's line, as the rest may be indented.
  const blanks = taken.length - taken.trimEnd().length;
  return source + (blanks === 0 ? '' : String.raw`(?:\s{1,${String(blanks)}}|$)`);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
