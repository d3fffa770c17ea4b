/**
 * Every address of `index.json` and of the files `llms.txt` is there in the built site, down to the place in the page; the list
 * has the form of its schema, and no twin is missing from it.
 */
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { indexSchema } from '../../src/components/machine/index-schema.ts';
import { reportFaults } from '../article-files.ts';
import { addressFromEnvironment, DIST, type Address } from '../build.ts';

/** Files of the site that list addresses. */
const LISTS = ['llms.txt', 'en/llms.txt', 'ja/llms.txt'];

/** What is wrong, a line for each fault; and how many addresses were looked at. */
export async function checkSiteIndex(
  folder: string,
  { site, base }: Address,
): Promise<{ readonly faults: readonly string[]; readonly count: number }> {
  const root = `${site ?? ''}${base}`;
  const faults: string[] = [];
  const index: unknown = JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8'));
  const form = indexSchema.safeParse(index);
  for (const { path: place, message } of form.error?.issues ?? [])
    faults.push(`index.json: ${place.join('.')}: ${message}`);
  const named = new Map<string, string>();
  for (const address of addressesIn(index)) {
    if (address.startsWith(root)) named.set(address, 'index.json');
    else faults.push(`index.json: ${address} is no address of this build`);
  }
  for (const file of LISTS) {
    const text = await readFile(path.join(folder, file), 'utf8');
    const links = Array.from(text.matchAll(/^- \[.*?\]\(([^)\s]+)\)/gm), ([, address = '']) => address);
    if (links.length === 0) faults.push(`${file} has no links`);
    for (const address of links) {
      if (address.startsWith(root)) named.set(address, file);
      else faults.push(`${file}: ${address} is no address of this build`);
    }
  }
  const ids = new Map<string, string>();
  for (const [address, list] of named) {
    const [place = '', fragment] = address.slice(root.length).split('#');
    const file = place === '' || place.endsWith('/') ? `${place}index.html` : place;
    if (!existsSync(path.join(folder, file))) {
      faults.push(`${list}: ${address} is not there`);
      continue;
    }
    if (fragment === undefined) continue;
    const html = ids.get(file) ?? (await readFile(path.join(folder, file), 'utf8'));
    ids.set(file, html);
    if (!html.includes(` id="${fragment}"`)) faults.push(`${list}: ${address}: the page has no such place`);
  }
  for (const twin of (await Array.fromAsync(glob('{en,ja}/**/*.md', { cwd: folder }))).toSorted()) {
    const address = `${root}${twin.replaceAll(path.sep, '/')}`;
    if (!named.has(address)) faults.push(`index.json: ${address} is missing`);
  }
  return { faults, count: named.size };
}

/** The keys whose texts, in each language or alone, are addresses. */
const ADDRESS_KEYS = ['$schema', 'home', 'page', 'twin', 'embed', 'trace', 'card'];

function addressesIn(value: unknown, isAddress = false): readonly string[] {
  if (typeof value === 'string') return isAddress ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    addressesIn(inner, isAddress || ADDRESS_KEYS.includes(key)),
  );
}

if (import.meta.main) {
  const { faults, count } = await checkSiteIndex(DIST, addressFromEnvironment());
  reportFaults(faults);
  if (faults.length === 0) console.log(`${String(count)} addresses are there`);
}
