/**
 * The rules of a time zone: those of a compiled file (TZif, RFC 9636), and those of a variable such as
 * `EST5EDT,M3.2.0,M11.1.0` (POSIX). Both as the C library of Linux reads them.
 */
import { calendarAt, DAY, daysFrom1970, weekday } from './calendar.ts';

/** What holds in a zone at some moments. */
export interface LocalType {
  /** Seconds that its clocks are ahead of UTC. */
  readonly offset: number;
  readonly isDst: boolean;
  readonly name: string;
}

/** What holds in the zone so many seconds after 1970. */
export type TimeZone = (seconds: number) => LocalType;

export const UTC: TimeZone = zoneOf({ offset: 0, isDst: false, name: 'UTC' });

function zoneOf(type: LocalType): TimeZone {
  return () => type;
}

const MAGIC = 0x54_5a_69_66; // "TZif"
const HEADER_BYTES = 44;

/** Reads a compiled zone; null where it is none. */
export function readZoneFile(bytes: Uint8Array): TimeZone | null {
  try {
    return readBlocks(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // It ends before its own counts say.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** How many of each a block has, and how wide its moments are. */
interface Block {
  readonly start: number;
  readonly width: 4 | 8;
  readonly times: number;
  readonly types: number;
  readonly letters: number;
  readonly end: number;
}

function readBlocks(view: DataView): TimeZone | null {
  if (view.getUint32(0) !== MAGIC) return null;
  const first = readHeader(view, 0, 4);
  // The first block is for readers that know no more than 32 bits.
  const block = view.getUint8(4) === 0 ? first : readHeader(view, first.end, 8);
  const { start, width, times, types, letters } = block;
  const moments = Array.from({ length: times }, (_, at) =>
    width === 4 ? view.getInt32(start + at * 4) : Number(view.getBigInt64(start + at * 8)),
  );
  const indexes = start + times * width;
  const records = indexes + times;
  const names = textOf(view, records + types * 6, letters);
  const kinds = Array.from({ length: types }, (_, at): LocalType => {
    const record = records + at * 6;
    const name = names.slice(view.getUint8(record + 5)).split('\0', 1)[0] ?? '';
    return { offset: view.getInt32(record), isDst: view.getUint8(record + 4) !== 0, name };
  });
  const after = moments.map((_, at) => kinds[view.getUint8(indexes + at)]);
  const [initial = kinds[0]] = kinds.filter(({ isDst }) => !isDst);
  if (initial === undefined || after.includes(undefined)) return null;
  const last = moments.at(-1) ?? Infinity;
  const footer = width === 4 ? '' : (textOf(view, block.end).split('\n')[1] ?? '');
  const later = footer === '' ? null : readZoneText(footer);
  return (seconds) =>
    later !== null && seconds >= last ? later(seconds) : (after[countUntil(moments, seconds) - 1] ?? initial);
}

function readHeader(view: DataView, at: number, width: 4 | 8): Block {
  const [universal = 0, standard = 0, leaps = 0, times = 0, types = 0, letters = 0] = Array.from(
    { length: 6 },
    (_, index) => view.getUint32(at + 20 + index * 4),
  );
  const start = at + HEADER_BYTES;
  const size = times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standard + universal;
  return { start, width, times, types, letters, end: start + size };
}

function textOf(view: DataView, start: number, length = view.byteLength - start): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, length));
}

/** How many of these moments, which go up, are over. */
function countUntil(moments: readonly number[], seconds: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When in a year the clocks are changed: seconds from its first midnight, by the clocks that are changed. */
type Change = (year: number) => number;

const NAME = '<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,}';
const CLOCK = '[+-]?\\d{1,3}(?::\\d{1,2}){0,2}';
const ZONE = new RegExp(`^(${NAME})(?:(${CLOCK})(?:(${NAME})(${CLOCK})?(?:,([^,]*),([^,]*))?)?)?`);
const DAY_OF_YEAR = new RegExp(`^(J?)(\\d{1,3})(?:/(${CLOCK}))?$`);
const DAY_OF_MONTH = new RegExp(`^M(\\d{1,2})\\.([1-5])\\.([0-6])(?:/(${CLOCK}))?$`);
const MAX_OFFSET = DAY;
/** When clocks are changed in the United States: what a zone without rules of its own follows. */
const DEFAULT_RULES = ['M3.2.0', 'M11.1.0'] as const;
const DEFAULT_CLOCK = '2';

/** Reads a zone that is written as a text. One that is not understood is UTC, under the name that it begins with. */
export function readZoneText(text: string): TimeZone {
  const [, name = '', west, otherName, otherWest, start, end] = ZONE.exec(text) ?? [];
  const standard: LocalType = { offset: westToEast(west ?? '0'), isDst: false, name: bare(name) };
  if (otherName === undefined) return zoneOf(standard);
  const offset = otherWest === undefined ? standard.offset + 3600 : westToEast(otherWest);
  const summer: LocalType = { offset, isDst: true, name: bare(otherName) };
  const begins = readChange(start) ?? ruleOf(DEFAULT_RULES[0]);
  const ends = readChange(end) ?? ruleOf(DEFAULT_RULES[1]);
  return (seconds) => {
    const { year } = calendarAt(seconds);
    // Before 1970 the C library of Linux takes the clocks' changes of 1970.
    const firstDay = Math.max(0, daysFrom1970(year, 0, 1)) * DAY;
    const from = firstDay + begins(year) - standard.offset;
    const to = firstDay + ends(year) - summer.offset;
    // South of the equator the summer goes over the turn of the year.
    const isSummer = from > to ? seconds < to || seconds >= from : seconds >= from && seconds < to;
    return isSummer ? summer : standard;
  };
}

function bare(name: string): string {
  return name.startsWith('<') ? name.slice(1, -1) : name;
}

/** The text counts west of Greenwich. */
function westToEast(clock: string): number {
  return Math.max(-MAX_OFFSET, Math.min(MAX_OFFSET, 0 - secondsOf(clock)));
}

function secondsOf(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.replace(/^[+-]/, '').split(':').map(Number);
  return (clock.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}

function readChange(rule: string | undefined): Change | null {
  if (rule === undefined) return null;
  return DAY_OF_YEAR.test(rule) || DAY_OF_MONTH.test(rule) ? ruleOf(rule) : null;
}

function ruleOf(rule: string): Change {
  const ofYear = DAY_OF_YEAR.exec(rule);
  if (ofYear !== null) {
    const [, julian, number = '0', clock = DEFAULT_CLOCK] = ofYear;
    const time = secondsOf(clock);
    if (julian === '') return () => Number(number) * DAY + time;
    // Counted from 1, and never on the leap day.
    return (year) => (Number(number) - (Number(number) >= 60 && isLeap(year) ? 0 : 1)) * DAY + time;
  }
  const [, month = '1', week = '1', day = '0', clock = DEFAULT_CLOCK] = DAY_OF_MONTH.exec(rule) ?? [];
  const time = secondsOf(clock);
  return (year) => {
    const first = daysFrom1970(year, Number(month) - 1, 1);
    const next = daysFrom1970(year, Number(month), 1);
    let found = first + ((Number(day) - weekday(first) + 7) % 7) + (Number(week) - 1) * 7;
    // The fifth is the last one.
    if (found >= next) found -= 7;
    return (found - daysFrom1970(year, 0, 1)) * DAY + time;
  };
}

function isLeap(year: number): boolean {
  return daysFrom1970(year, 2, 1) - daysFrom1970(year, 1, 1) === 29;
}

/** Longer than any zone keeps its clocks as they are, where it changes them at all. */
const SEARCH_SECONDS = 536_454_000;
/** Shorter than any time that clocks stay as they are. */
const SEARCH_STEP = 601_200;
const MAX_PROBES = 6;

/**
 * The moment at which the clocks of a zone show a time, which `local` gives in seconds as if it were UTC. `asked` is 1 where it is
 * daylight saving time, 0 where it is not, negative where that is not known. C's `mktime` decides so as well where clocks
 * show it twice or never.
 */
export function momentOf(local: number, asked: number, zone: TimeZone): number {
  let before = NaN;
  let moment = local;
  for (let probe = 0; probe < MAX_PROBES; probe += 1) {
    const next = local - zone(moment).offset;
    if (next === moment) return withAsked(moment, local, asked, zone);
    if (next === before) return inGap(moment, next, asked, zone);
    before = moment;
    moment = next;
  }
  return moment;
}

/** The clocks never show that time: one of the moments that lie as far from the gap as it is asked into it. */
function inGap(one: number, other: number, asked: number, zone: TimeZone): number {
  const wanted = asked < 0 ? true : asked === 0;
  const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
  return zone(earlier).isDst === wanted && zone(later).isDst !== wanted ? earlier : later;
}

/** Counts by the clocks that were asked for, where the zone has such at some time around. */
function withAsked(moment: number, local: number, asked: number, zone: TimeZone): number {
  const { isDst } = zone(moment);
  if (asked < 0 || isDst === asked > 0) return moment;
  for (let distance = SEARCH_STEP; distance < SEARCH_SECONDS; distance += SEARCH_STEP) {
    for (const other of [zone(moment - distance), zone(moment + distance)]) {
      if (other.isDst === asked > 0) return local - other.offset;
    }
  }
  return moment + (isDst ? 3600 : -3600);
}
