/** Writes sentences and numbers of the page's language. */
import { fill, type Values } from '../../lab/words.ts';
import type { ExplainWords } from './page-data.ts';

/** A sentence as nodes: between backquotes is code, between double asterisks is bold; values are put in after that, as text. */
export function sentenceToNodes(sentence: string, values: Values): readonly (Node | string)[] {
  return sentence.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece) => {
    if (piece.startsWith('`')) {
      const code = document.createElement('code');
      code.translate = false;
      code.textContent = fill(piece.slice(1, -1), values);
      return code;
    }
    if (piece.startsWith('**')) {
      const bold = document.createElement('b');
      bold.append(...sentenceToNodes(piece.slice(2, -2), values));
      return bold;
    }
    return fill(piece, values);
  });
}

/** The same as plain text. */
export function sentenceToText(sentence: string, values: Values): string {
  return fill(sentence.replaceAll(/\*\*|`/g, ''), values);
}

/** Values as the language writes them. Years, versions and ids are no numbers, but texts. */
export function writeValues(values: Values, language: string): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? writeNumber(value, language) : value,
    ]),
  );
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number with two decimals at most. */
export function writeNumber(value: number, language: string): string {
  const format = formats.get(language) ?? new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  formats.set(language, format);
  return format.format(value);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** How long something took, in the unit that fits: a REPORT's numbers stay in milliseconds up to ten seconds. */
export function writeDuration(ms: number, language: string): string {
  const [unit, size] = (ms < 10_000 ? undefined : UNITS.find(([, each]) => ms >= each * 2)) ?? [
    'millisecond',
    1,
  ];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'millisecond' ? 0 : 1,
  }).format(ms / size);
}

/** A time of the day by UTC, with milliseconds. */
export function writeClock(epoch: number): string {
  return new Date(epoch).toISOString().slice(11, 23);
}

/** What an invocation is called: its place in the table, and which try of one event it is. */
export function runName(
  index: number,
  attempt: number,
  { time }: ExplainWords['page'],
  language: string,
): string {
  return fill(attempt > 1 ? time.attempt : time.run, {
    number: writeNumber(index + 1, language),
    attempt: writeNumber(attempt, language),
  });
}
