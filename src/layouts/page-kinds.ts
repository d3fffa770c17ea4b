/**
 * The kinds of pages, a row each: where they are, what they are called, and how much of a host's disk one of them may take.
 * A new kind is a new row. Readers: the pages' layout, the check of sizes.
 */
import {
  CONTENTS_PAGE,
  DUMP_PAGE,
  ERRORS_PAGE,
  EXPLAIN_PAGE,
  GLOSSARY_PAGE,
  OFFLINE_PAGE,
  PLATFORMS_PAGE,
  PLAYGROUND_PAGE,
  embedPage,
} from '../i18n/links.ts';
import type { Strings } from '../i18n/strings.ts';
import { fill } from '../lab/words.ts';

/** What a page is called, in lists and by search engines. */
export interface PageWords {
  /** Null where it is the site's. */
  readonly title: string | null;
  readonly description: string;
}

/** One kind of pages. */
export interface PageKind {
  /** The page below its language, without slashes at the ends; null where it is in no language's folder. */
  readonly address: RegExp | null;
  /** Bytes that one page in both languages may take, with the traces that its labs fetch. */
  readonly share: number;
  /** What one of them is called; `own` is what it has of its own: the words of an article, the name of a platform or file. */
  readonly words: (strings: Strings, own: PageWords) => PageWords;
}

const ofItsOwn = (_: Strings, own: PageWords): PageWords => own;

export const PAGE_KINDS = {
  home: {
    address: /^$/,
    share: 300_000,
    words: ({ site }) => ({ title: null, description: site.description }),
  },
  contents: {
    address: new RegExp(`^${CONTENTS_PAGE}$`),
    share: 40_000,
    words: ({ contents: { title, description } }) => ({ title, description }),
  },
  glossary: {
    address: new RegExp(`^${GLOSSARY_PAGE}$`),
    share: 40_000,
    words: ({ glossary: { title, description } }) => ({ title, description }),
  },
  playground: {
    address: new RegExp(`^${PLAYGROUND_PAGE}$`),
    share: 1_000_000,
    words: ({ playground: { title, description } }) => ({ title, description }),
  },
  offline: {
    address: new RegExp(`^${OFFLINE_PAGE}$`),
    share: 30_000,
    words: ({ offline: { title, description } }) => ({ title, description }),
  },
  explain: {
    address: new RegExp(`^${EXPLAIN_PAGE}$`),
    share: 120_000,
    words: ({ explain: { page } }) => ({ title: page.title, description: page.description }),
  },
  dump: {
    address: new RegExp(`^${DUMP_PAGE}$`),
    share: 900_000,
    words: ({ dump: { page } }) => ({ title: page.title, description: page.description }),
  },
  errors: {
    address: new RegExp(`^${ERRORS_PAGE}$`),
    share: 250_000,
    words: ({ errors: { title, description } }) => ({ title, description }),
  },
  error: { address: new RegExp(`^${ERRORS_PAGE}/[^/]+$`), share: 700_000, words: ofItsOwn },
  platforms: {
    address: new RegExp(`^${PLATFORMS_PAGE}$`),
    share: 30_000,
    words: ({ platforms: { title, description } }) => ({ title, description }),
  },
  platform: {
    address: new RegExp(`^${PLATFORMS_PAGE}/[^/]+$`),
    share: 130_000,
    words: ({ platforms }, { title }) => ({
      title: fill(platforms.page, { title: title ?? '' }),
      description: fill(platforms.about, { title: title ?? '' }),
    }),
  },
  moment: { address: /^moments\/[^/]+\/[^/]+$/, share: 24_000, words: ofItsOwn },
  source: { address: /^source\/.+$/, share: 50_000, words: ofItsOwn },
  /** A lab in a frame of another site. Its script is in it, and its run and its platform's files are there as scripts. */
  embed: {
    address: new RegExp(`^${embedPage('[^/]+')}$`),
    share: 420_000,
    words: ({ embed }, { title }) => ({
      title: fill(embed.title, { title: title ?? '' }),
      description: embed.description,
    }),
  },
  front: {
    address: null,
    share: 15_000,
    words: ({ site }) => ({ title: null, description: site.description }),
  },
  missing: {
    address: null,
    share: 10_000,
    words: ({ missing: { title, text } }) => ({ title, description: text }),
  },
  moved: {
    address: null,
    share: 0,
    words: ({ moved: { title, text } }) => ({ title, description: text }),
  },
  /** Last: every other name is an article's. */
  article: { address: /^[^/]+$/, share: 1_000_000, words: ofItsOwn },
} as const satisfies Record<string, PageKind>;

export type PageKindName = keyof typeof PAGE_KINDS;

/** The kind of a page by its address below a language. Throws RangeError where no row has such an address. */
export function kindOf(page: string): PageKindName {
  const names = Object.keys(PAGE_KINDS) as PageKindName[];
  const found = names.find((name) => PAGE_KINDS[name].address?.test(page) === true);
  if (found === undefined)
    throw new RangeError(`No kind of pages has the address "${page}": src/layouts/page-kinds.ts.`);
  return found;
}

/** Kinds whose pages have their Markdown beside them. */
const WITH_TWIN: readonly PageKindName[] = ['article', 'error', 'moment'];

/** Whether a page has. */
export function hasTwin(page: string): boolean {
  return WITH_TWIN.includes(kindOf(page));
}
