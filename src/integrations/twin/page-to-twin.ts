/**
 * A page as one Markdown file: what its reader is told, by the same words, from the page itself as it was built, so that
 * the two cannot differ in what they say.
 */
import { blocksOf } from './blocks.ts';
import { find, findAll, findName, lineOf, parseHtml, type HtmlElement } from './html.ts';

/** Where a page is served from. */
export interface PagePlace {
  /** The page's path from the root of its host. */
  readonly path: string;
  /** The path of its language's home page. */
  readonly home: string;
  /** The origin that the site is built for; null where the build does not know it. */
  readonly site: string | null;
  /** Whether the site has a page there. */
  readonly hasPage: (path: string) => boolean;
}

/** The path from the root at which a page says that its Markdown is; null where it has none. */
export function twinOf(html: string): string | null {
  const link = /<link rel="alternate" type="text\/markdown" href="([^"]+)"/.exec(html)?.[1];
  return link === undefined ? null : new URL(link, PLAIN).pathname;
}

/** A page's Markdown. Throws Error for a page without content. */
export function pageToTwin(html: string, { path, home, site, hasPage }: PagePlace): string {
  const nodes = parseHtml(html);
  const main = findName(nodes, 'main');
  if (main === null) throw new Error(`${path} has no <main>.`);
  const addressOf = (href: string): string => {
    const url = new URL(href, new URL(path, PLAIN));
    return url.origin === PLAIN ? `${site ?? ''}${url.pathname}${url.search}${url.hash}` : url.href;
  };
  const head = findAll(nodes, ({ name }) => name === 'meta' || name === 'html' || name === 'time');
  const valueOf = (isWanted: (element: HtmlElement) => boolean, attribute: string): string | null =>
    find(head, isWanted)?.attribs[attribute] ?? null;
  const title = find(main.children, ({ name }) => name === 'h1');
  const facts = {
    title: title === null ? null : lineOf(title),
    description: valueOf(({ attribs }) => attribs.name === 'description', 'content'),
    language: valueOf(({ name }) => name === 'html', 'lang'),
    address: addressOf(path),
    updated:
      valueOf(({ attribs }) => attribs.property === 'article:modified_time', 'content')?.slice(0, 10) ?? null,
    licence: 'CC BY 4.0 (text), Apache-2.0 (code)',
  };
  // JSON's strings are YAML's, too.
  const front = Object.entries(facts).flatMap(([key, value]) =>
    value === null ? [] : [`${key}: ${JSON.stringify(value)}`],
  );
  const blocks = blocksOf(main.children, { addressOf, home, hasPage });
  return `---\n${front.join('\n')}\n---\n\n${blocks.join('\n\n')}\n`;
}

/** An origin for addresses that have none. */
const PLAIN = 'https://site.invalid';
