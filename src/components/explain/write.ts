/** Writes sentences and numbers of the page's language. */
import { textToNodes } from '../../lab/marks.ts';
import { fill } from '../../lab/words.ts';
import type { ExplainWords } from './page-data.ts';

/** A sentence as nodes: what's between backquotes is code. What is isolated in a sentence needs not be so in code. */
export function sentenceToNodes(sentence: string): readonly (Node | string)[] {
  return sentence.split(/(`[^`]+`)/).map((piece) => {
    if (!piece.startsWith('`')) return piece;
    const code = document.createElement('code');
    code.translate = false;
    code.append(...textToNodes(piece.replaceAll(/[`\u2068\u2069]/g, '')));
    return code;
  });
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number with two decimals at most. */
export function writeNumber(value: number, language: string): string {
  const format = formats.get(language) ?? new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  formats.set(language, format);
  return format.format(value);
}

/** A share from 0 to 1. */
export function writeShare(value: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
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

/** A time of the day by UTC, with milliseconds; a dash for a number that no calendar knows. */
export function writeClock(epoch: number): string {
  const date = new Date(epoch);
  return Number.isNaN(date.getTime()) ? '—' : date.toISOString().slice(11, 23);
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
