/** What do tools and consoles put before a log's line? Times, streams, names of containers, bars of tables. */
import type { PasteTime } from '../explanation.ts';
import { cut, type Slice } from './slice.ts';
import { timeToEpoch } from './values.ts';

/** What was found before a line, and what is left of it. */
export interface Prefixed {
  readonly rest: Slice;
  /** The kinds of pieces that stood before it (`stream iso`); empty where nothing did. */
  readonly shape: string;
  readonly time: PasteTime | null;
  readonly stream: string | null;
}

type Name =
  | 'arrow'
  | 'bar'
  | 'compose'
  | 'label'
  | 'labels'
  | 'function'
  | 'group'
  | 'stream'
  | 'iso'
  | 'epoch'
  | 'clock'
  | 'copy';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

interface Piece {
  readonly name: Name;
  /** Characters that it may begin with, where they are few: one that can't fit isn't tried. */
  readonly first: string | null;
  readonly pattern: RegExp;
}

const PIECES: readonly Piece[] = [
  { name: 'arrow', first: '▶▼►▸▾', pattern: /^[▶▼►▸▾]\s{0,4}/u },
  { name: 'bar', first: null, pattern: /^\s*\|{1,2}\s?/ },
  { name: 'compose', first: LETTERS, pattern: /^([A-Za-z][\w.-]{0,60})\s*\|(?:\s|$)/ },
  { name: 'label', first: '@', pattern: /^@message(?:\s*\||\t|:)\s?/ },
  // Loki's, in front of a line of its own.
  {
    name: 'labels',
    first: '{',
    pattern: /^\{(?:[A-Za-z_]\w{0,80}=~?"(?:[^"\\]|\\.){0,400}"(?:,\s?|(?=\})))*\}\s/,
  },
  { name: 'function', first: '[', pattern: /^\[[\w.-]{2,140}\]\s+(?=\d\d?:\d\d:\d\d)/ },
  { name: 'group', first: '/', pattern: /^\/(?:aws|ecs|custom)\/[\w/.#-]{1,400}:?\s+(?=\d{4}\/|\d{4}-|\[)/ },
  {
    name: 'stream',
    first: `[${DIGITS}`,
    pattern:
      /^(\d{4}\/\d\d\/\d\d\/[^\s[\]/]{0,140}\[[^\s\]]{1,140}\][0-9a-zA-Z*<>_-]{0,64}|\[\$?\w{1,40}\][0-9a-f]{32})(?:\s|$|:\s)/,
  },
  {
    name: 'iso',
    first: `[${DIGITS}`,
    pattern:
      /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\s?(?:Z|UTC|\([+-]\d\d:?\d\d\)|[+-]\d\d:?\d\d)?)(?=\s|Copy|[|,\]]|$)[\],]?(?:\t|\s{0,2})/,
  },
  {
    name: 'epoch',
    first: `[${DIGITS}`,
    pattern: /^(?:\[(?=\d{13}\]))?(\d{13})(?=[\s|,\]]|$)\]?,?(?:\t|\s{0,2})/,
  },
  {
    name: 'clock',
    first: `[${DIGITS}`,
    pattern: /^\[?(\d\d?:\d\d:\d\d(?:[.,]\d{1,6})?(?:\s[AP]M)?)(?=[\s|\]:]|$)[\]:]?(?:\t|\s{0,2})/,
  },
  { name: 'copy', first: 'C', pattern: /^Copy/ },
];

const DAY = 86_400_000;
const STREAM = /\d{4}\/\d\d\/\d\d\/[^\s[\]"]{0,140}\[[^\s\]]{1,140}\][0-9a-f]{0,64}/;

function clockOf(text: string): number | null {
  const match = /(\d\d?):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:\s([AP])M)?/.exec(text);
  if (match === null) return null;
  const [, hour, minute, second, fraction = '', half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
}

/** A time as it stands beside a line: null where it is none. */
export function pasteTime(text: string): PasteTime | null {
  const trimmed = text.trim();
  // Milliseconds, or nanoseconds as Loki has them.
  const digits = /^(1\d{12}|2[0-2]\d{11})(?:\d{6})?$/.exec(trimmed)?.[1];
  if (digits !== undefined) return { epoch: Number(digits), clock: Number(digits) % DAY };
  const clock = clockOf(trimmed);
  if (clock === null) return null;
  const hasZone = /(?:Z|UTC|[+-]\d\d:?\d\d\)?)$/.test(trimmed);
  return { epoch: hasZone ? timeToEpoch(trimmed) : null, clock };
}

/**
 * Takes off everything that may stand before a line. Whether it isn't the writer's own is for the whole paste to tell. With `hasBars`
 * bars are the line's own.
 */
export function takePrefix(slice: Slice, hasBars = false): Prefixed {
  let at = 0;
  let time: PasteTime | null = null;
  let stream: string | null = null;
  const names: Name[] = [];
  for (let round = 0; round < 7; round += 1) {
    // Prefixes are short: nothing is gained by handing a long line to each pattern.
    const text = slice.text.slice(at, at + 700);
    const start = names.length === 0 || names.at(-1) === 'bar' ? text.length - text.trimStart().length : 0;
    const head = start === 0 ? text : text.slice(start);
    // Words: only a container's name may stand before a line like that.
    if (/^[A-Za-z]/.test(head) && names.at(-1) !== 'iso' && !head.slice(0, 66).includes('|')) break;
    let taken = 0;
    const begins = head.charAt(0);
    for (const { name, first, pattern } of PIECES) {
      if (first !== null && !first.includes(begins)) continue;
      if (name === 'bar' ? hasBars : names.includes(name)) continue;
      if (name === 'copy' && names.at(-1) !== 'iso') continue;
      if (name === 'clock' && names.includes('iso')) continue;
      if (name === 'labels' && head.startsWith('{}') && !names.includes('iso')) continue;
      const match = pattern.exec(head);
      if (match === null) continue;
      if (name === 'stream') stream = match[1] ?? null;
      if (name === 'labels') stream ??= STREAM.exec(match[0])?.[0] ?? null;
      if (name === 'iso' || name === 'epoch' || name === 'clock') {
        const found = pasteTime(match[1] ?? '');
        if (found === null || (name === 'epoch' && !/^1[4-9]|^2[0-2]/.test(match[1] ?? ''))) continue;
        time ??= found;
      }
      names.push(name);
      taken = match[0].length;
      break;
    }
    if (taken === 0) break;
    at += start + taken;
  }
  return { rest: cut(slice, at), shape: names.join(' '), time, stream };
}
