/**
 * One word for one thing: `content/terms.ja.json` lists the forms that the site's Japanese refuses, each with the form
 * that is wanted. It is read as prh reads its rules: a form is a text, or a pattern between slashes, and what a text
 * says within a form of `except` is let be.
 *
 * Code and quotations have words of their own.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readMdx } from '../../src/components/article/read-mdx.ts';
import { reportFaults } from '../article-files.ts';
import { lineOf, wordsOf } from '../article-words.ts';
import { readSiteTexts, ROOT, type SiteText } from '../site-texts.ts';

/** One term: the form that is wanted and those that are refused. */
export interface Term {
  readonly wanted: string;
  readonly refused: readonly string[];
  /** Forms that hold a refused one and are right nevertheless. */
  readonly except?: readonly string[];
  /** The reason, where the forms alone do not give it. */
  readonly why?: string;
}

/** A refused form in a text: where it is, and which is wanted. */
export interface Refused {
  readonly place: number;
  readonly form: string;
  readonly term: Term;
}

/** Finds the refused forms in a text of plain words, in their order. */
export function refusedIn(words: string, terms: readonly Term[]): readonly Refused[] {
  const found = terms.flatMap((term) => {
    const allowed = matchesOf(words, term.except ?? []);
    return matchesOf(words, term.refused)
      .filter(({ start, end }) => !allowed.some((other) => other.start <= start && end <= other.end))
      .map(({ start, end }) => ({ place: start, form: words.slice(start, end), term }));
  });
  return found.toSorted((a, b) => a.place - b.place);
}

/** What the terms refuse in a text of the site, a line for each finding. */
export function findRefused({ file, article, strings }: SiteText, terms: readonly Term[]): readonly string[] {
  const say = (place: string, { form, term }: Refused): string => {
    const reason = term.why === undefined ? '' : ` (${term.why})`;
    return `${file}${place}: 「${form}」 → ${term.wanted}${reason}`;
  };
  if (article !== null) {
    const words = withoutCode(article);
    return refusedIn(words, terms).map((refused) => say(`:${lineOf(words, refused.place)}`, refused));
  }
  return [...strings].flatMap(([place, text]) =>
    refusedIn(text.replace(/`[^`]*`/g, blank), terms).map((refused) => say(` ${place}`, refused)),
  );
}

function matchesOf(
  words: string,
  forms: readonly string[],
): readonly { readonly start: number; readonly end: number }[] {
  return forms.flatMap((form) =>
    Array.from(words.matchAll(patternOf(form)), ({ index, 0: match }) => ({
      start: index,
      end: index + match.length,
    })),
  );
}

function patternOf(form: string): RegExp {
  const [, pattern] = /^\/(.+)\/$/s.exec(form) ?? [];
  return new RegExp(pattern ?? form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gu');
}

function withoutCode(article: string): string {
  let words = wordsOf(article, { without: ['Quoted'] });
  for (const { start, end } of readMdx(article).inlineCode) {
    words = words.slice(0, start) + blank(words.slice(start, end)) + words.slice(end);
  }
  // What a link leads to is an address.
  return words.replace(/(?<=\])\([^)\s]*\)/g, blank);
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

async function checkTerms(root: string): Promise<readonly string[]> {
  const list = await readFile(path.join(root, 'content', 'terms.ja.json'), 'utf8');
  const terms = JSON.parse(list) as readonly Term[];
  return (await readSiteTexts(root, 'ja')).flatMap((text) => findRefused(text, terms));
}

if (import.meta.main) reportFaults(await checkTerms(ROOT));
