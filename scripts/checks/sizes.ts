/**
 * What a reader's browser must load before a page is whole, against budgets; and that no Python is part of it.
 */
import { glob, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { init, parse } from 'es-module-lexer';
import { listPlatforms } from '../../src/integrations/platforms.ts';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { embedPage } from '../../src/i18n/links.ts';
import { kindOf, PAGE_KINDS, type PageKindName } from '../../src/layouts/page-kinds.ts';
import { addressFromEnvironment, DIST } from '../build.ts';
import { addressesInCss, pageToPath, readPages, type Page } from '../built-pages.ts';

/** Bytes as they travel (compressed, fonts and pictures as they are). */
export const BUDGETS = {
  /** First load of any page: its HTML, styles, scripts, fonts and pictures. */
  page: 120_000,
  /** An embed's HTML with its script: a host's page may hold a dozen of them. */
  embed: 60_000,
  /** Python on the host’s disk: its own files, the boot image, the worker and the platforms’ files. */
  python: 10_000_000,
  /**
   * What a run fetches before its first output: all of that but what follows where it is asked for, the standard library’s
   * archive and the time zones, and the files of one platform, counted by the largest. The harness is 80 kB of it since it
   * plays an operating system's signals, locales, error numbers and clock.
   */
  boot: 5_860_000,
  /** What all pages share: scripts, styles, downloads. Each page's own share is its kind's, in `page-kinds.ts`. */
  shared: 900_000,
  /** The pictures of shared links, which no reader's page loads: one, and the mean of all. */
  card: 100_000,
  cards: 40_000,
} as const;

/** The folder of the pictures of shared links. */
const CARDS = 'cards/';

/** The folder of what the sandbox fetches, and the beginnings of names in it of what follows the boot: the archive, the time zones. */
const SANDBOX = '_sandbox/';
const LATE = [`${SANDBOX}python_stdlib-zip.`, `${SANDBOX}zoneinfo.`];

/** The embed pages. */
const EMBED = new RegExp(`^\\w+/${embedPage('[^/]+')}/`);

const TITLES = {
  python: 'Python',
  boot: 'What Python boots from',
} as const;

/** What belongs to the sandbox, and is fetched when a reader runs something. */
const PYTHON = /(?:^|\/)_sandbox\/|\.(?:wasm|whl|zip|bin|py)$/;

/** Kinds of file that are packed already. */
const PACKED = /\.(?:woff2?|png|jpe?g|webp|avif|gif|gz|bin|zip)$/;

/** The first load of one page. */
export interface FirstLoad {
  readonly page: string;
  /** Bytes of each file below the site's folder, the page itself among them. */
  readonly files: ReadonlyMap<string, number>;
}

/** What is too large or does not belong there, a line for each fault; and a summary of what was measured. */
export async function checkSizes(
  folder: string,
  base: string,
  budgets: Readonly<Record<keyof typeof BUDGETS, number>> = BUDGETS,
): Promise<{ readonly faults: readonly string[]; readonly summary: string }> {
  const faults: string[] = [];
  let largest = { page: '', size: 0 };
  let largestEmbed = 0;
  for (const page of await readPages(folder)) {
    const { files } = await measureFirstLoad(folder, base, page);
    const own = files.get(page.file) ?? 0;
    if (EMBED.test(page.file) && own > budgets.embed)
      faults.push(`${page.file}: ${toKilobytes(own)} of HTML, of at most ${toKilobytes(budgets.embed)}`);
    if (EMBED.test(page.file)) largestEmbed = Math.max(largestEmbed, own);
    const size = sum(files.values());
    if (size > largest.size) largest = { page: page.file, size };
    if (size > budgets.page) {
      const parts = Array.from(files, ([file, bytes]) => `${file} ${toKilobytes(bytes)}`).join(', ');
      faults.push(`${page.file}: ${toKilobytes(size)} of at most ${toKilobytes(budgets.page)} (${parts})`);
    }
    for (const file of files.keys()) {
      if (PYTHON.test(file)) faults.push(`${page.file} loads ${file} before anybody runs anything`);
    }
  }
  const sizes = await sizesOf(folder);
  const platforms = (await listPlatforms()).map((name) => `${SANDBOX}${name}.`);
  const isPlatform = (file: string): boolean => platforms.some((beginning) => file.startsWith(beginning));
  const isLate = (file: string): boolean => LATE.some((beginning) => file.startsWith(beginning));
  const kinds = countKinds(sizes.keys());
  const shares = sum(Array.from(kinds, ([kind, count]) => count * PAGE_KINDS[kind].share));
  const parts = {
    python: sumWhere(sizes, (file) => file.startsWith(SANDBOX)),
    boot:
      sumWhere(sizes, (file) => file.startsWith(SANDBOX) && !isLate(file) && !isPlatform(file)) +
      largestWhere(sizes, isPlatform),
  };
  const cards = Array.from(sizes).filter(([file]) => file.startsWith(CARDS));
  const pictures = sum(cards.map(([, size]) => size));
  const pages = sumWhere(sizes, (file) => !file.startsWith(SANDBOX)) - pictures;
  const whole = shares + budgets.shared;
  for (const name of ['python', 'boot'] as const) {
    const size = parts[name];
    if (size > budgets[name])
      faults.push(`${TITLES[name]}: ${toKilobytes(size)} of at most ${toKilobytes(budgets[name])}`);
  }
  for (const [file, size] of cards)
    if (size > budgets.card)
      faults.push(`${file}: ${toKilobytes(size)} of at most ${toKilobytes(budgets.card)}`);
  const gallery = cards.length * budgets.cards;
  if (pictures > gallery)
    faults.push(
      `Pictures of shared links: ${toKilobytes(pictures)} of at most ${toKilobytes(gallery)} (${String(cards.length)} × ${toKilobytes(budgets.cards)})`,
    );
  const rows = Array.from(
    kinds,
    ([kind, count]) => `${kind} ${String(count)} × ${toKilobytes(PAGE_KINDS[kind].share)}`,
  );
  if (pages > whole)
    faults.push(
      `The site without Python: ${toKilobytes(pages)} of at most ${toKilobytes(whole)} (${rows.join(', ')})`,
    );
  const summary =
    `first load at most ${toKilobytes(largest.size)} (${largest.page}), an embed at most ${toKilobytes(largestEmbed)}, Python ${toKilobytes(parts.python)}, ` +
    `to boot ${toKilobytes(parts.boot)}, everything else ${toKilobytes(pages)} of ${toKilobytes(whole)}: ` +
    `shared ${toKilobytes(budgets.shared)}, ${rows.join(', ')}; ` +
    `${String(cards.length)} pictures of shared links ${toKilobytes(pictures)} of ${toKilobytes(gallery)}`;
  return { faults, summary };
}

/** Measures what a browser loads of a page without being asked: scripts with what they import, not import(). */
export async function measureFirstLoad(folder: string, base: string, page: Page): Promise<FirstLoad> {
  await init;
  const files = new Map([[page.file, gzipSync(page.html).length]]);
  const add = async (address: string, from: string): Promise<void> => {
    const file = addressToFile(address, from, base);
    if (file === null || files.has(file)) return;
    const bytes = await readFile(path.join(folder, file));
    files.set(file, PACKED.test(file) ? bytes.length : gzipSync(bytes).length);
    if (file.endsWith('.css')) for (const inner of addressesInCss(bytes.toString())) await add(inner, file);
    if (/\.m?js$/.test(file)) for (const inner of staticImports(bytes.toString())) await add(inner, file);
  };
  const place = pageToPath(page.file);
  for (const { address, kind } of page.references) if (kind === 'loaded') await add(address, place);
  for (const script of page.inlineScripts) {
    for (const address of staticImports(script)) await add(address, place);
  }
  return { page: page.file, files };
}

/** The file of the site that an address names; null when it lies elsewhere: the check of links says so. */
function addressToFile(address: string, from: string, base: string): string | null {
  const origin = 'https://site.invalid';
  const url = URL.canParse(address, `${origin}${base}${from}`)
    ? new URL(address, `${origin}${base}${from}`)
    : null;
  if (url?.origin !== origin || !url.pathname.startsWith(base)) return null;
  return decodeURIComponent(url.pathname.slice(base.length));
}

function staticImports(script: string): readonly string[] {
  try {
    return parse(script)[0].flatMap(({ d, n }) => (d === -1 && n !== undefined ? [n] : []));
  } catch {
    // Data, not a module: a `<script type="application/json">`.
    return [];
  }
}

/** How many pages of each kind there are; one in two languages is one page. Those that were never in a menu are left out. */
function countKinds(files: Iterable<string>): ReadonlyMap<PageKindName, number> {
  const pages = new Set<string>();
  for (const file of files) {
    const [, language = '', page = ''] = /^(\w+)\/(?:(.*)\/)?index\.html$/.exec(file) ?? [];
    if (LANGUAGES.some((known) => known === language)) pages.add(page);
  }
  const counts = new Map<PageKindName, number>();
  for (const page of pages) {
    const kind = kindOf(page);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function largestWhere(sizes: ReadonlyMap<string, number>, isMeant: (file: string) => boolean): number {
  return Math.max(0, ...Array.from(sizes, ([file, size]) => (isMeant(file) ? size : 0)));
}

async function sizesOf(folder: string): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for await (const name of glob('**', { cwd: folder })) {
    const status = await stat(path.join(folder, name));
    if (status.isFile()) sizes.set(name.replaceAll(path.sep, '/'), status.size);
  }
  return sizes;
}

function sumWhere(sizes: ReadonlyMap<string, number>, isWanted: (file: string) => boolean): number {
  return sum(Array.from(sizes, ([file, size]) => (isWanted(file) ? size : 0)));
}

function sum(numbers: Iterable<number>): number {
  return Array.from(numbers).reduce((total, number) => total + number, 0);
}

function toKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

async function main(): Promise<void> {
  try {
    const { faults, summary } = await checkSizes(DIST, addressFromEnvironment().base);
    for (const fault of faults) console.error(fault);
    console.log(summary);
    if (faults.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
