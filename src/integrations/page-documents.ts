/** What can be found on a page of the built site: the page is read as it is served, so nothing is found that is not on it. */
import { Parser } from 'htmlparser2';
import type { SearchDocument } from '../search/documents.ts';
import { namesIn } from '../search/python-names.ts';

/** Parts of a page that are not its text. A lab has a page for each of its stops, and its files have pages, too. */
const LEFT_OUT =
  /^(?:script|style|noscript|nav|button|svg|select|template|textarea|form|lab-root|lab-group|lab-pair|lab-exercise|copied-status)$/;
/** What lists the texts that an article rests on: a section of them answers nothing. */
const SOURCE_CLASS = 'source-name';
const LEFT_OUT_CLASS =
  /(?:^|\s)(?:heading-link|contents-folded|visually-hidden|article-about|error-crumb|bench-head|walk-bench|more|answer|exercise-label|source-mark|copy-page)(?:\s|$)/;
/** The part of an error's page that only leads to others. */
const RELATED = 'related';
/** Elements without a gap before and after them. */
const INLINE =
  /^(?:a|abbr|b|code|em|i|kbd|mark|q|ruby|rb|rt|s|small|span|strong|sub|sup|time|var|wbr|del|ins|dfn|cite)$/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** What a page says of a document: questions are written apart. */
type PageDocument = Omit<SearchDocument, 'asks'>;

interface Part {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** A part that is still being read. */
interface OpenPart {
  readonly id: string;
  title: string;
  text: string;
  isSources: boolean;
}

interface PageParts {
  readonly title: string;
  /** Text by the class of the element that it is in. */
  readonly classed: ReadonlyMap<string, string>;
  /** What is before the first h2, then each h2 with what follows. */
  readonly parts: readonly Part[];
  /** Each `<div id>` of a `<dl class="glossary">`. */
  readonly terms: readonly Part[];
}

/** What can be found on a page, whose address is below its language. Empty for pages that only lead to others. */
export function documentsOnPage(page: string, html: string): readonly PageDocument[] {
  const [folder = '', ...rest] = page.split('/');
  const read = (): PageParts => readParts(html);
  switch (folder) {
    case '':
    case 'articles':
    case 'embed':
      return [];
    case 'glossary':
      return read().terms.map(({ id, title, text }) => ({
        kind: 'term',
        address: `${page}#${id}`,
        title,
        of: '',
        names: '',
        text,
      }));
    case 'errors':
      return rest.length === 0 ? [] : [errorOf(page, read())];
    case 'platforms': {
      if (rest.length === 0) return [];
      const { title, parts } = read();
      return [{ kind: 'platform', address: page, title, of: '', names: rest.join(), text: textOf(parts) }];
    }
    case 'moments': {
      const { title, classed } = read();
      const of = classed.get('moment-about/span') ?? '';
      return [
        { kind: 'moment', address: page, title, of, names: '', text: classed.get('moment-says') ?? '' },
      ];
    }
    case 'source': {
      const { title, classed } = read();
      const { names, docstrings } = namesIn(classed.get('code') ?? '');
      return [
        {
          kind: 'file',
          address: page,
          title,
          of: rest[0] ?? '',
          names: names.join(' '),
          text: docstrings.join('\n'),
        },
      ];
    }
    default:
      return rest.length === 0 ? sectionsOf(page, read()) : [];
  }
}

function errorOf(page: string, { title, classed, parts }: PageParts): PageDocument {
  return {
    kind: 'error',
    address: page,
    title,
    of: '',
    names: classed.get('error-names/code') ?? '',
    text: textOf(parts.filter(({ id }) => id !== RELATED)),
  };
}

function sectionsOf(page: string, { title, parts }: PageParts): readonly PageDocument[] {
  return parts
    .filter(({ text }) => text !== '')
    .map((part) => ({
      kind: 'section',
      address: part.id === '' ? page : `${page}#${part.id}`,
      title: part.title || title,
      of: part.id === '' ? '' : title,
      names: '',
      text: part.text,
    }));
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ title, text }) => `${title}\n${text}`.trim()).join('\n');
}

function readParts(html: string): PageParts {
  const open: { readonly name: string; readonly skips: boolean; readonly classes: readonly string[] }[] = [];
  const classed = new Map<string, string>();
  let part: OpenPart = { id: '', title: '', text: '', isSources: false };
  const parts = [part];
  const terms: OpenPart[] = [];
  let title = '';
  let skipping = 0;
  let inMain = false;
  const isIn = (name: string): boolean => open.some((element) => element.name === name);
  const add = (text: string): void => {
    if (!inMain || skipping > 0) return;
    for (const name of new Set(open.flatMap(({ classes }) => classes)))
      classed.set(name, (classed.get(name) ?? '') + text);
    if (isIn('h1')) title += text;
    else if (isIn('h2')) part.title += text;
    else part.text += text;
    const term = terms.at(-1);
    if (term !== undefined) {
      if (isIn('dt')) term.title += text;
      else if (isIn('dd')) term.text += text;
    }
  };
  const parser = new Parser({
    onopentag(name, { id = '', class: written = '', hidden }) {
      if (name === 'main') inMain = true;
      if (name === 'br' || !INLINE.test(name)) add('\n');
      if (VOID.test(name)) return;
      const skips = LEFT_OUT.test(name) || LEFT_OUT_CLASS.test(written) || hidden !== undefined;
      if (name === 'h2' && inMain && skipping === 0) {
        part = { id, title: '', text: '', isSources: false };
        parts.push(part);
      }
      if (name === 'div' && isIn('dl') && id !== '')
        terms.push({ id, title: '', text: '', isSources: false });
      if (written === SOURCE_CLASS) part.isSources = true;
      const classes = written.split(/\s+/).filter((one) => one !== '');
      const within = (open.at(-1)?.classes ?? [])
        .filter((one) => !one.includes('/'))
        .map((one) => `${one}/${name}`);
      for (const known of within) if (classed.has(known)) classed.set(known, `${classed.get(known) ?? ''} `);
      open.push({ name, skips, classes: [...classes, ...within] });
      if (skips) skipping += 1;
    },
    ontext: add,
    onclosetag(name) {
      if (VOID.test(name)) return;
      const closed = open.pop();
      if (closed?.skips === true) skipping -= 1;
      if (!INLINE.test(name)) add('\n');
      if (name === 'main') inMain = false;
    },
  });
  parser.end(html);
  const tidyPart = (part: Part): Part => ({ id: part.id, title: tidy(part.title), text: tidy(part.text) });
  return {
    title: tidy(title),
    classed: new Map(Array.from(classed, ([name, text]) => [name, name === 'code' ? text : tidy(text)])),
    parts: parts.filter(({ isSources }) => !isSources).map(tidyPart),
    terms: terms.map(tidyPart),
  };
}

/** One line a block, without gaps at the ends. */
function tidy(text: string): string {
  return text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[\s]*/g, '\n')
    .trim();
}
