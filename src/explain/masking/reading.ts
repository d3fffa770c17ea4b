/**
 * A text as it is meant: its escapes (JSON's, a URL's, HTML's) are the characters that they say, colours are away. An id is found in
 * it however it was wrapped, and each character knows where it stands in the text as it was pasted.
 */

/** A text as it is meant. */
export interface Reading {
  readonly text: string;
  /** Where the character at `index` begins in the source. */
  readonly begin: (index: number) => number;
  /** Where it ends there. */
  readonly end: (index: number) => number;
  /** Indices of the characters before which line breaks were taken away, in their order; see `joined`. */
  readonly joints: readonly number[];
}

/** What a terminal takes as a colour. */
const COLOUR = String.raw`\x1b\[[\d;]{0,20}[A-Za-z]`;

/** A text without its colours. */
export function withoutColours(text: string): string {
  return text.includes('\u001b') ? text.replaceAll(new RegExp(COLOUR, 'g'), '') : text;
}

/** Escapes of terminals (as they are, and written), JSON, URLs (encoded once and twice, and as the AWS console does) and HTML. */
const ESCAPE = new RegExp(
  [
    COLOUR,
    String.raw`\\{1,8}(?:u001b|x1b|033)\[[\d;]{0,20}[A-Za-z]`,
    String.raw`\\{1,8}u(?<json>[\da-f]{4})`,
    String.raw`\\{1,8}x(?<byte>[0-7][\da-f])`,
    String.raw`\\{1,8}(?<short>[nrt"'/])`,
    String.raw`[%$]25(?<twice>[2-7][\da-f])`,
    String.raw`%(?<once>[2-7][\da-f])`,
    String.raw`%0(?<line>[ad])`,
    String.raw`&#x(?<hex>[2-7][\da-f]);`,
    String.raw`&#(?<decimal>\d{2,3});`,
    String.raw`&(?<named>quot|apos|amp|lt|gt|sol|commat|colon);`,
  ].join('|'),
  'gi',
);

const NAMED: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['sol', '/'],
  ['commat', '@'],
  ['colon', ':'],
]);
const SHORT: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A line break inside of something that has no blanks, with what a quotation or docker writes ahead of the next line. */
const BREAK =
  /(?<=[\w:/+=.@%?&-])(?:\r\n?|\n|\\{1,8}n)(?:[ \t]{0,80}(?:[>|#][ \t]{0,4}){0,3}|[\w.-]{1,40} {0,20}\|[ \t]{1,4})(?=[\w:/+=.@%?&-])/g;

/** Stretches of the source that stand in the text otherwise: `length` characters from `at` on became `text`. */
interface Change {
  readonly at: number;
  readonly length: number;
  readonly text: string;
  readonly isBreak: boolean;
}

/** The text as it is meant, line by line. */
export function readMeant(source: string): Reading {
  return changesToReading(source, escapesIn(source));
}

/** The text as it is meant, with the breaks away that may have been made inside of an id. */
export function readJoined(source: string): Reading {
  const breaks = Array.from(source.matchAll(BREAK), (match) => ({
    at: match.index,
    length: match[0].length,
    text: '',
    isBreak: true,
  }));
  const ends = new Map(breaks.map(({ at, length }) => [at, at + length]));
  let behind = 0;
  const others = escapesIn(source).filter(({ at }) => {
    behind = Math.max(behind, ends.get(at) ?? 0);
    return at >= behind;
  });
  const changes = [...breaks, ...others].sort((a, b) => a.at - b.at);
  return changesToReading(source, changes);
}

function escapesIn(source: string): Change[] {
  return Array.from(source.matchAll(ESCAPE), (match) => ({
    at: match.index,
    length: match[0].length,
    text: meant(match.groups ?? {}),
    isBreak: false,
  }));
}

function meant(groups: Readonly<Record<string, string | undefined>>): string {
  const { json, byte, short, twice, once, line, hex, decimal, named } = groups;
  const code = json ?? byte ?? twice ?? once ?? hex;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (line !== undefined) return '\n';
  if (short !== undefined) return SHORT.get(short.toLowerCase()) ?? short;
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  if (named !== undefined) return NAMED.get(named.toLowerCase()) ?? ' ';
  return '';
}

function changesToReading(source: string, changes: readonly Change[]): Reading {
  let text = '';
  let from = 0;
  /** For each change where its text begins, and where the plain source behind it goes on. */
  const starts = [0];
  const sources = [0];
  const joints: number[] = [];
  for (const { at, length, text: to, isBreak } of changes) {
    if (at < from) continue;
    text += source.slice(from, at);
    if (to !== '') {
      starts.push(text.length);
      sources.push(at);
    }
    text += to;
    if (isBreak) joints.push(text.length);
    from = at + length;
    starts.push(text.length);
    sources.push(from);
  }
  text += source.slice(from);
  const place = (index: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return (sources[low] ?? 0) + index - (starts[low] ?? 0);
  };
  const atPlace = new Map(changes.filter(({ text: to }) => to !== '').map(({ at, length }) => [at, length]));
  return {
    text,
    joints,
    begin: place,
    end: (index) => {
      const at = place(index);
      return at + (atPlace.get(at) ?? 1);
    },
  };
}
