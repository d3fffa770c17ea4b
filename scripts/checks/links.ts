/**
 * Every link inside the site leads to something: pages, files, places on pages. Checked on the build in dist/ and on
 * a second build under a base path, where a link that forgets the base shows. Links to other sites are not followed;
 * but nothing may be *loaded* from another site.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fragmentToPlace, readCodeLink } from '../../src/lab/link/code-link.ts';
import { addressFromEnvironment, DIST, type Address } from '../build.ts';
import { addressesInCss, pageToPath, readPages, type Page, type Reference } from '../built-pages.ts';
import { BASE_ADDRESS, reportFaultsUnderBase, UNDER_BASE } from '../site-under-base.ts';

/** Stands for wherever the site is served from when it was built for no origin of its own. */
const NOWHERE = 'https://site.invalid';

/** What is wrong with the links of a built site, a line for each fault. */
export async function findDeadLinks(folder: string, address: Address): Promise<readonly string[]> {
  const pages = await readPages(folder);
  const site = new Site(folder, address, pages);
  const faults: string[] = [];
  for (const page of pages) {
    faults.push(...repeatedIds(page));
    for (const reference of page.references) {
      const fault = await site.faultOf(page, reference);
      if (fault !== null) faults.push(`${page.file}: ${reference.where} ${reference.address} ${fault}`);
    }
  }
  return [...new Set([...faults, ...(await site.faultsOfStyles())])];
}

function repeatedIds({ file, ids }: Page): readonly string[] {
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return Array.from(repeated, (id) => `${file}: the id ${id} stands there more than once`);
}

class Site {
  readonly #folder: string;
  readonly #origin: string;
  readonly #base: string;
  readonly #pages: ReadonlyMap<string, Page>;
  readonly #styles = new Set<string>();

  constructor(folder: string, { site, base }: Address, pages: readonly Page[]) {
    this.#folder = folder;
    this.#origin = site === null ? NOWHERE : new URL(site).origin;
    this.#base = base;
    this.#pages = new Map(pages.map((page) => [pageToPath(page.file), page]));
  }

  /** What is wrong with a page's reference, as the end of a sentence; null when it is good. */
  async faultOf(page: Page, { address, kind }: Reference): Promise<string | null> {
    const from = `${this.#origin}${this.#base}${pageToPath(page.file)}`;
    if (page.file === '404.html' && !/^(?:[a-z]+:|\/|#)/i.test(address)) {
      return 'is relative, and this page answers at any depth';
    }
    return this.#follow(address, from, kind);
  }

  /** What is wrong with what the stylesheets load; call it last, when the pages have named them. */
  async faultsOfStyles(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const style of this.#styles) {
      for (const address of addressesInCss(await readFile(path.join(this.#folder, style), 'utf8'))) {
        const fault = await this.#follow(address, `${this.#origin}${this.#base}${style}`, 'loaded');
        if (fault !== null) faults.push(`${style}: ${address} ${fault}`);
      }
    }
    return faults;
  }

  async #follow(address: string, from: string, kind: Reference['kind']): Promise<string | null> {
    if (!URL.canParse(address, from)) return 'is no address';
    const url = new URL(address, from);
    if (['data:', 'mailto:', 'blob:'].includes(url.protocol)) return null;
    if (url.origin !== this.#origin) return kind === 'loaded' ? 'is loaded from another site' : null;
    if (!url.pathname.startsWith(this.#base)) return `leaves the base path ${this.#base}`;
    const place = decodeURIComponent(url.pathname.slice(this.#base.length));
    const page = this.#pages.get(place);
    if (page !== undefined)
      return fragmentToPlace(url.hash) === null ? faultOfFragment(page, url.hash) : faultOfCodeLink(url.hash);
    const status = await stat(path.join(this.#folder, place)).catch(() => null);
    if (status?.isDirectory()) return 'lacks the slash at its end';
    if (!status?.isFile()) return 'is not there';
    if (place.endsWith('.css')) this.#styles.add(place);
    return null;
  }
}

/** A fragment names an id; behind a lab's id may stand a moment in it: `#lab/step-14`. */
function faultOfFragment({ file, ids }: Page, hash: string): string | null {
  const fragment = decodeURIComponent(hash.slice(1)).replace(/:~:.*$/, '');
  if (fragment === '' || fragment === 'top' || ids.includes(fragment)) return null;
  return ids.includes(fragment.split('/')[0] ?? '') ? null : `names no place on ${file}`;
}

/** A code link holds its code itself: what was written has to be read again. */
async function faultOfCodeLink(hash: string): Promise<string | null> {
  try {
    await readCodeLink(hash);
    return null;
  } catch {
    return 'is no code link that can be opened';
  }
}

if (import.meta.main)
  await reportFaultsUnderBase(async () => [
    ...(await findDeadLinks(DIST, addressFromEnvironment())),
    ...(await findDeadLinks(UNDER_BASE, BASE_ADDRESS)).map((fault) => `under a base path: ${fault}`),
  ]);
