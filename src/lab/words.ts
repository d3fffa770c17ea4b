/**
 * The words of a lab in the reader's language. They come with the page (`lab` in `content/ui`), so that
 * an element holds no language; here is only how they are chosen and filled.
 */
import { ownValue } from '../trace/own-value.ts';
import { isolated } from '../trace/unseen.ts';
import type en from '../../content/ui/en.json';

/** The words of a lab: what `content/ui/en.json` has under `lab.live`, which is the schema of the other languages. */
export type LabWords = (typeof en)['lab']['live'];

/** What there is a sentence for in `problem`: it comes with what runs a lab (`problem-texts.ts`). */
export type ProblemKey = keyof (typeof en)['problem'];

/** What a lab says of what a browser has not: it comes with the script of a run (`output/lack-texts.ts`). */
export type LackTexts = (typeof en)['lack'];

/** The words of links, which a lab fetches: `lab.link`. */
export type LinkWords = (typeof en)['lab']['link'];

/** The words of the playground, which its page holds: `playground.live`. */
export type PlaygroundWords = (typeof en)['playground']['live'];

/** The words of the functions that a reader keeps: `functions`. */
export type FunctionWords = (typeof en)['functions'];

/** What the panes Files and Bucket say. */
export type StorageWords = LabWords['storage'];

/** A text for each plural form of a language. */
export type Plural = LabWords['status']['finished'];

export type Values = Readonly<Record<string, string | number>>;

/** A text with its `{names}` replaced. Throws RangeError when a value is missing, so that no brace reaches a reader. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = ownValue(values, name);
    if (value === undefined) throw new RangeError(`No value for {${name}} in "${text}".`);
    return typeof value === 'string' ? isolated(value) : String(value);
  });
}

/** The form that goes with a number, with `{count}` replaced as the language writes numbers. */
export function fillPlural(forms: Plural, count: number, language: string): string {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
  return fill(forms[form], { count: numberToText(count, language) });
}

/** A number as the language writes it: `18,740`. */
export function numberToText(number: number, language: string): string {
  return formatOf(language, 'number').format(number);
}

/** Bytes as megabytes with one decimal, as the language writes them: `2.1`. */
export function bytesToMegabytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    bytes / 1_000_000,
  );
}

/** A size in bytes, exact, as the language writes it: `18,740 bytes`. */
export function sizeToText(bytes: number, language: string): string {
  return formatOf(language, 'bytes').format(bytes);
}

/** A moment of the day, in UTC: what S3 tells is told so as well. A dash for a number that no calendar knows. */
export function momentToClock(milliseconds: number): string {
  return momentToDate(milliseconds)?.slice(-13, -5) ?? '—';
}

/** A moment as `datetime` has it; null for a number that no calendar knows. */
export function momentToDate(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const FORMATS = {
  number: {},
  bytes: { style: 'unit', unit: 'byte', unitDisplay: 'long' },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const formats = new Map<string, Intl.NumberFormat>();

/** Made once: a list of hundreds of sizes would feel it. */
function formatOf(language: string, kind: keyof typeof FORMATS): Intl.NumberFormat {
  const key = `${kind} ${language}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language, FORMATS[kind]);
  formats.set(key, format);
  return format;
}

/** Milliseconds as seconds with no more decimals than it takes: `10`, `1.5`. */
export function millisecondsToSeconds(milliseconds: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(milliseconds / 1000);
}
