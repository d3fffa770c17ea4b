/**
 * What of an article must be alike in every language: read from the text of its MDX file.
 */
import { createHash } from 'node:crypto';
import { elementsNamed, readMdx } from '../src/components/article/read-mdx.ts';

/** What a translation shares with the article it follows; the order is its own. */
export interface ArticleShape {
  /** The levels of its headings: `heading of level 2`. */
  readonly headings: ReadonlySet<string>;
  /** Each lab's attributes as written. */
  readonly labs: ReadonlySet<string>;
  /** Its claims, exercises and sources by their ids. */
  readonly parts: ReadonlySet<string>;
}

/** One article's file, taken apart. */
export interface ArticleText {
  /** Frontmatter by key, each value as it is written. */
  readonly frontmatter: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Keys that change without the words changing: a translation follows them at once or not at all. */
const NOT_TEXT = ['order', 'updated', 'draft'];

/** Takes a file apart. Throws RangeError when it does not begin with frontmatter. */
export function parseArticle(source: string): ArticleText {
  const [, frontmatter, body] = /^---\r?\n(.*?\n)---\r?\n(.*)$/s.exec(source) ?? [];
  if (frontmatter === undefined || body === undefined)
    throw new RangeError('it does not begin with frontmatter');
  // A line that does not begin a key belongs to the key before it.
  const entries = frontmatter.trimEnd().split(/\r?\n(?=\w+:)/);
  const pairs = entries.map((entry): [string, string] => {
    const colon = entry.indexOf(':');
    return [entry.slice(0, colon), entry.slice(colon + 1).trim()];
  });
  return { frontmatter: new Map(pairs), body };
}

/** Reads the shape of an article. */
export function shapeOf({ body }: ArticleText): ArticleShape {
  const mdx = readMdx(body);
  const headings = mdx.headings.map(({ depth }) => `heading of level ${depth}`);
  const labs = elementsNamed(mdx, 'Lab').map(({ written }) => `<Lab ${written.toSorted().join(' ')}>`);
  const parts = ['Claim', 'Exercise', 'Graded', 'Source'].flatMap((name) =>
    elementsNamed(mdx, name)
      .filter(({ attributes }) => attributes.has('id'))
      .map(({ attributes }) => `${name} ${attributes.get('id') ?? ''}`),
  );
  return { headings: new Set(headings), labs: new Set(labs), parts: new Set(parts) };
}

/** The hash by which a translation names the text that it follows. */
export function hashOf({ frontmatter, body }: ArticleText): string {
  const words = [...frontmatter].filter(([key]) => !NOT_TEXT.includes(key));
  const text = JSON.stringify([words, body.replaceAll('\r\n', '\n').trim()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The file of a translation with `follows` set to a hash, in place of an older one. */
export function withFollows(source: string, hash: string): string {
  const [, head = '', rest = ''] = /^(---\r?\n.*?\n)(---\r?\n.*)$/s.exec(source) ?? [];
  return `${head.replace(/^follows:.*\r?\n/m, '')}follows: ${hash}\n${rest}`;
}
