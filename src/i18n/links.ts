import { LANGUAGES, type Language } from './languages.ts';

/**
 * A path of the site under the base that it is served from: `('/docs', 'en/')` gives `/docs/en/`.
 * The base may be written with or without slashes at its ends.
 */
export function pathUnder(base: string, path: string): string {
  const inner = base.replace(/^\/+|\/+$/g, '');
  return `${inner === '' ? '' : `/${inner}`}/${path.replace(/^\/+/, '')}`;
}

/** The page that lists the articles; no article can have its name. */
export const CONTENTS_PAGE = 'articles';

/** The page that explains the words; no article can have its name. */
export const GLOSSARY_PAGE = 'glossary';

/** The page that lists the platforms; each of them has a page below it. */
export const PLATFORMS_PAGE = 'platforms';

/** The page that tells how a platform's model does beside its original. */
export function platformPage(platform: string): string {
  return `${PLATFORMS_PAGE}/${platform}`;
}

/** The page that lists the errors; each of them has a page below it. No article can have its name. */
export const ERRORS_PAGE = 'errors';

/** The page of one error of the catalogue. */
export function errorPage(error: string): string {
  return `${ERRORS_PAGE}/${error}`;
}

/** The page with a bench for a handler of the reader's own; no article can have its name. */
export const PLAYGROUND_PAGE = 'playground';

/** The page that explains pasted lines of a log; no article can have its name. */
export const EXPLAIN_PAGE = 'explain';

/** The page that takes a runtime's own files; no article can have its name. */
export const DUMP_PAGE = 'dump';

/** The page about what a reader's browser keeps of the site; no article can have its name. */
export const OFFLINE_PAGE = 'offline';

/** The folder of the moments' pages. No article can have its name. */
export const MOMENTS = 'moments';

/** The page of one moment: a named stop of a lab, or a mark of a pair. */
export function momentPage(lab: string, stop: string): string {
  return `${MOMENTS}/${lab}/${stop}`;
}

/** The page of a lab alone, for other sites to show in a frame. Its address and its messages never change. */
export function embedPage(lab: string): string {
  return `embed/v1/${lab}`;
}

/** Where below the base a lab finds what it needs to open links and to make them. */
export function linksPath(language: Language): string {
  return `${language}/links.json`;
}

/** Where below the base the oEmbed record of a page is. */
export function oembedPath(language: Language, page: string): string {
  return `${language}/oembed/${page === '' ? 'home' : page}.json`;
}

/** Where below the base the feed of a language's articles is. */
export function feedPath(language: Language): string {
  return `${language}/feed.xml`;
}

/** Where below the base the map of the site is. */
export const SITEMAP = 'sitemap.xml';

/** Where below the base the picture of a page is that those who share its address see. */
export function cardPath(language: Language, page: string): string {
  return `cards/${language}/${page === '' ? 'home' : page}.png`;
}

/** Where below the base the list for language models is. */
export function llmsPath(language: Language): string {
  return `${language}/llms.txt`;
}

/** Where below the base the Markdown of a page is. */
export function twinPath(language: Language, page: string): string {
  return `${language}/${page}.md`;
}

/** Where a page of one language lies below the base; `page` is an article's id, or empty for the home page. */
export function pagePath(language: Language, page: string): string {
  return page === '' ? `${language}/` : `${language}/${page}/`;
}

/** One version of a page in a language. */
export interface PageVersion {
  readonly language: Language;
  /** Below the base. */
  readonly path: string;
  /** False when the page itself is not there in this language, and the link leads to its home page. */
  readonly exact: boolean;
}

/** The page in each of the site's languages, with the language's home page where it has no such page. */
export function versionsOf(page: string, available: readonly Language[]): readonly PageVersion[] {
  return LANGUAGES.map((language) => {
    const exact = available.includes(language);
    return { language, path: pagePath(language, exact ? page : ''), exact };
  });
}
