/** A finding in a language's words, numbers in that language's form. Text between backquotes is code. */
import { ownValue } from '../trace/own-value.ts';
import { withTurnsNamed } from '../trace/unseen.ts';
import type { Finding } from './explanation.ts';
import type { FindingId } from './findings.ts';

/** `explain.findings` of the interface's strings: one sentence, or one for once and one for several times. */
export type FindingWords = Readonly<
  Record<FindingId, string | { readonly one: string; readonly other: string }>
>;

/** The sentence of a finding. `locale` is for numbers. */
export function sayFinding(
  { id, values }: Pick<Finding, 'id' | 'values'>,
  words: FindingWords,
  locale: string,
): string {
  const word = words[id];
  const template =
    typeof word === 'string'
      ? word
      : values.count === undefined || values.count === 1
        ? word.one
        : word.other;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = ownValue(values, name);
    if (value === undefined) return whole;
    // A backquote from the paste would end the code that it's shown in.
    return typeof value === 'number' ? format.format(value) : withTurnsNamed(value.replaceAll('`', '\u2019'));
  });
}
