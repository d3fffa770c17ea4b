/**
 * An oEmbed record: what a blog that finds it in a page's head puts in the place of a link. WordPress takes `rich` records by
 * discovery alone, and of their HTML one `<iframe>`, to which it adds `sandbox="allow-scripts"` and, behind whatever fragment
 * is there, `#?secret=…`.
 * https://oembed.com/
 */
import type { Language } from '../../i18n/languages.ts';
import { embedPage, pagePath, pathUnder } from '../../i18n/links.ts';

/** Pixels of the frame: as wide as a blog's column, as high as a lab needs to be read without scrolling the frame much. */
const FRAME = { width: 720, height: 720 } as const;

/** Seconds for which a blog may keep a record: a day. */
const CACHE_AGE = 86_400;

/** A picture of a page. */
export interface Thumbnail {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** The record, as it is sent. */
export interface OembedRecord {
  readonly version: '1.0';
  readonly type: 'rich';
  readonly title: string;
  /** The page that is embedded, for those who follow it: an article, an error, or a moment. No part of the standard for `rich`. */
  readonly url: string;
  readonly provider_name: string;
  readonly provider_url: string;
  readonly cache_age: number;
  readonly width: number;
  readonly height: number;
  readonly html: string;
  readonly thumbnail_url?: string;
  readonly thumbnail_width?: number;
  readonly thumbnail_height?: number;
}

/** What a record is of. */
export interface Embedded {
  readonly title: string;
  /** The page that its `url` names, below the language. */
  readonly page: string;
  /** The lab in its frame. */
  readonly lab: string;
  /** The stop at which that lab opens; null for its beginning. */
  readonly stop: string | null;
}

/** Where the records are served from, and by whom. */
export interface Provider {
  readonly site: URL;
  readonly base: string;
  readonly language: Language;
  readonly name: string;
}

/** Makes a record. */
export function toOembed(
  { title, page, lab, stop }: Embedded,
  { site, base, language, name }: Provider,
  thumbnail: Thumbnail | null = null,
): OembedRecord {
  const addressOf = (path: string): string => new URL(pathUnder(base, path), site).href;
  const src = addressOf(pagePath(language, embedPage(lab))) + (stop === null ? '' : `#${stop}`);
  const { width, height } = FRAME;
  return {
    version: '1.0',
    type: 'rich',
    title,
    url: addressOf(pagePath(language, page)),
    provider_name: name,
    provider_url: addressOf(pagePath(language, '')),
    cache_age: CACHE_AGE,
    width,
    height,
    html:
      `<iframe src="${toAttribute(src)}" title="${toAttribute(title)}" width="${String(width)}" ` +
      `height="${String(height)}" loading="lazy"></iframe>`,
    ...(thumbnail !== null && {
      thumbnail_url: thumbnail.url,
      thumbnail_width: thumbnail.width,
      thumbnail_height: thumbnail.height,
    }),
  };
}

function toAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
