/**
 * The pages of a built site as a browser takes them: what each links to, loads at once, and has as places.
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Parser } from 'htmlparser2';

/** An address that a page mentions. */
export interface Reference {
  /** As it is written. */
  readonly address: string;
  /** Loaded by the browser itself, or followed by a person. */
  readonly kind: 'loaded' | 'followed';
  /** The element that it stands on, for example `<a href>`. */
  readonly where: string;
}

/** One HTML file of the site. */
export interface Page {
  /** Path below the site's folder, with slashes. */
  readonly file: string;
  readonly html: string;
  readonly references: readonly Reference[];
  /** Every `id`, in order; one that stands there twice is in the list twice. */
  readonly ids: readonly string[];
  /** Those of them that are inside a `<template>`: no address leads there. */
  readonly idsInTemplates: readonly string[];
  /** The text of each script that stands in the page itself. */
  readonly inlineScripts: readonly string[];
}

/** Reads all pages of a built site. Throws RangeError when there is none: then nothing was built. */
export async function readPages(folder: string): Promise<readonly Page[]> {
  const files = (await Array.fromAsync(glob('**/*.html', { cwd: folder }))).toSorted();
  if (files.length === 0) throw new RangeError(`There is no page in ${folder}: run npm run build first.`);
  return Promise.all(
    files.map(async (file) =>
      parsePage(file.replaceAll('\\', '/'), await readFile(path.join(folder, file), 'utf8')),
    ),
  );
}

/** Reads one page's HTML. */
export function parsePage(file: string, html: string): Page {
  const references: Reference[] = [];
  const ids: string[] = [];
  const idsInTemplates: string[] = [];
  let templates = 0;
  const inlineScripts: string[] = [];
  let script: string | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'template') templates += 1;
      if (attributes.id !== undefined) ids.push(attributes.id);
      if (attributes.id !== undefined && templates > 0) idsInTemplates.push(attributes.id);
      references.push(...referencesOf(name, attributes));
      if (name === 'script' && attributes.src === undefined) script = '';
    },
    ontext(text) {
      if (script !== null) script += text;
    },
    onclosetag(name) {
      if (name === 'template') templates -= 1;
      if (name !== 'script' || script === null) return;
      inlineScripts.push(script);
      script = null;
    },
  });
  parser.end(html);
  return { file, html, references, ids, idsInTemplates, inlineScripts };
}

/** What a browser loads by itself of a `<link>`; other relations only tell. */
const LOADED_LINKS = [
  'stylesheet',
  'modulepreload',
  'preload',
  'prefetch',
  'icon',
  'apple-touch-icon',
  'manifest',
];

function referencesOf(name: string, attributes: Readonly<Record<string, string>>): readonly Reference[] {
  const { href, src, srcset, poster, content } = attributes;
  const found: Reference[] = [];
  const add = (address: string | undefined, kind: Reference['kind'], attribute: string): void => {
    if (address !== undefined) found.push({ address: address.trim(), kind, where: `<${name} ${attribute}>` });
  };
  const isLoaded =
    name === 'link' && (attributes.rel ?? '').split(/\s+/).some((rel) => LOADED_LINKS.includes(rel));
  add(href, isLoaded || name === 'image' || name === 'use' ? 'loaded' : 'followed', 'href');
  add(src, name === 'iframe' && attributes.loading === 'lazy' ? 'followed' : 'loaded', 'src');
  for (const candidate of srcset?.split(/,\s+/) ?? [])
    add(candidate.trim().split(/\s+/)[0], 'loaded', 'srcset');
  add(poster, 'loaded', 'poster');
  if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') {
    add(/url=(.*)$/i.exec(content ?? '')?.[1], 'followed', 'content');
  }
  return found;
}

/** The addresses that a stylesheet loads. */
export function addressesInCss(css: string): readonly string[] {
  return Array.from(css.matchAll(/url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3/g), (match) =>
    (match[2] ?? match[4] ?? '').trim(),
  );
}

/** Where a page is found, below the base: `en/index.html` by `en/`. */
export function pageToPath(file: string): string {
  return file.replace(/(^|\/)index\.html$/, '$1');
}
