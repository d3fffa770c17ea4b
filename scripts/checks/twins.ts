/**
 * Every Markdown twin says what its page says: its headings, its blocks of code with the recorded outputs, its links, and its
 * sentences, each in the page's order. The page is read here by a parser that knows nothing of how a twin is made, and the
 * twin by the build's engine for Markdown.
 *
 * Of a lab a twin has the code, the event, the log, the answer and the stops. Controls, the messages, and the links within a
 * log are the page's alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'htmlparser2';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { readTwin, withoutBlanks, type ReadTwin } from '../../src/integrations/twin/read-twin.ts';
import { hasTwin, kindOf } from '../../src/layouts/page-kinds.ts';
import { reportFaults } from '../article-files.ts';
import { addressFromEnvironment, DIST, type Address } from '../build.ts';

/** What a page says, as far as its twin has to say it. */
export interface PageSays {
  readonly headings: readonly { readonly depth: number; readonly text: string }[];
  readonly code: readonly string[];
  /** Addresses as they are written. */
  readonly links: readonly string[];
  /** The ids of the stops in its labs. */
  readonly stops: readonly string[];
  /** Its sentences, points and cells, without blanks. */
  readonly sentences: readonly string[];
}

/** Parts of a page that say nothing of its own: controls, ways to other pages, pictures, and words for ears beside them. */
const SILENT = {
  names: ['nav', 'script', 'style', 'svg', 'noscript', 'button', 'select', 'copied-status', 'progress'],
  classes: [
    'contents-folded',
    'heading-link',
    'visually-hidden',
    'copy-page',
    'statement-mark',
    'exercise-acts',
    'choices-check',
    'guess',
    'to-playground',
  ],
};

/** Parts of a lab's apparatus: of what is in them, a twin has the code alone. */
const APPARATUS = ['bench-body', 'bench-time', 'pair-sides'];

/** A lab's head: its sentences are about controls, and about which run is shown; its title and its link are a twin's, too. */
const HEAD = 'bench-head';

/** Pieces of one line that are set apart by more than blanks. */
const PIECES = ['fold-verb', 'fold-title', 'fold-end', 'stack-owner', 'stack-place', 'stack-source'];

/** Elements whose text is one thing said, where no other of them is in it. */
const SAYING = [
  'p',
  'li',
  'td',
  'th',
  'dt',
  'dd',
  'figcaption',
  'legend',
  'summary',
  'label',
  'caption',
  'pre',
];

/** What a page says. */
export function readPage(html: string): PageSays {
  const says = { headings: [], code: [], links: [], stops: [], sentences: [] } as {
    -readonly [Key in keyof PageSays]: PageSays[Key][number][];
  };
  const visit = (element: Element, isApparatus: boolean, isHead: boolean): void => {
    if (isSilent(element)) return;
    const { name, attribs } = element;
    const classes = classesOf(element);
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level !== undefined && !isApparatus)
      says.headings.push({ depth: Number(level), text: withoutBlanks(textOf(element)) });
    if (name === 'pre') {
      if (!classes.includes('lab-body')) says.code.push(textOf(element));
      return;
    }
    if (name === 'a' && attribs.href !== undefined && !isApparatus) says.links.push(attribs.href);
    if (classes.includes('lab-stops'))
      for (const stop of childrenOf(element)) says.stops.push(stop.attribs.id ?? '');
    if (!isApparatus && !isHead && isSaying(element) && !holds(element, isSaying)) {
      const text = withoutBlanks(textOf(element));
      if (text !== '') says.sentences.push(text);
    }
    for (const child of childrenOf(element)) {
      const own = classesOf(child);
      visit(child, isApparatus || APPARATUS.some((one) => own.includes(one)), isHead || own.includes(HEAD));
    }
  };
  const main = findMain(parseDocument(html).children);
  if (main !== null) visit(main, false, false);
  return says;
}

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: object }>;

function childrenOf({ children }: Pick<Element, 'children'>): readonly Element[] {
  return children.filter((child) => 'attribs' in child);
}

function findMain(nodes: readonly Node[]): Element | null {
  for (const node of nodes) {
    if (!('attribs' in node)) continue;
    const found = node.name === 'main' ? node : findMain(node.children);
    if (found !== null) return found;
  }
  return null;
}

function classesOf({ attribs }: Element): readonly string[] {
  return (attribs.class ?? '').split(/\s+/);
}

function isSilent(element: Element): boolean {
  const { name, attribs } = element;
  const classes = classesOf(element);
  if (SILENT.names.includes(name) || SILENT.classes.some((one) => classes.includes(one))) return true;
  if (attribs.hidden !== undefined && attribs.hidden !== 'until-found') return true;
  return attribs['aria-hidden'] === 'true' && !classes.includes('exercise-label');
}

/** What can be seen of an element's text. */
function textOf(element: Element): string {
  if (element.name === 'br') return '\n';
  return element.children
    .map((child) => {
      if ('attribs' in child) return isSilent(child) ? '' : textOf(child);
      return child.nodeType === 3 && 'data' in child ? child.data : '';
    })
    .join('');
}

function isSaying(element: Element): boolean {
  const { name, parent } = element;
  const isOfFrame =
    name === 'code' && parent !== null && 'attribs' in parent && classesOf(parent).includes('stack-name');
  return isOfFrame || SAYING.includes(name) || PIECES.some((one) => classesOf(element).includes(one));
}

function holds(element: Element, isWanted: (inner: Element) => boolean): boolean {
  return childrenOf(element).some((child) => isWanted(child) || holds(child, isWanted));
}

/** What is wrong with a twin, a line for each fault. `wayTo` gives the id of the stop that a moment's page leads to, or null. */
export function compareTwin(
  page: PageSays,
  twin: ReadTwin,
  addressOf: (href: string) => string,
  wayTo: (address: string) => string | null,
): readonly string[] {
  const faults: string[] = [];
  const compare = (what: string, wanted: readonly string[], found: readonly string[]): void => {
    const at = wanted.findIndex((one, index) => one !== found[index]);
    const place = at === -1 && found.length > wanted.length ? wanted.length : at;
    if (place === -1) return;
    faults.push(
      `${what} ${String(place + 1)} of ${String(wanted.length)}: the page has ${quote(wanted[place])}, the twin ${quote(found[place])}`,
    );
  };
  compare(
    'heading',
    page.headings.map(({ depth, text }) => `${'#'.repeat(depth)} ${text}`),
    twin.headings.map(({ depth, text }) => `${'#'.repeat(depth)} ${text.replace('·', '')}`),
  );
  compare('block of code', page.code.map(withoutLastEnd), twin.code.map(withoutLastEnd));
  const { stops, others } = splitLinks(twin, page.stops, wayTo);
  compare('stop', page.stops, stops);
  compare('link', page.links.map(addressOf), others);
  let place = 0;
  for (const sentence of page.sentences) {
    const found = twin.words.indexOf(sentence, place);
    if (found === -1) {
      faults.push(`the twin does not say ${quote(sentence)}, or not there`);
      break;
    }
    place = found + sentence.length;
  }
  return faults;
}

/** A twin's links: the ids of the stops that some of them lead to, and the addresses of the others. */
function splitLinks(
  { links }: ReadTwin,
  wanted: readonly string[],
  wayTo: (address: string) => string | null,
): { readonly stops: readonly string[]; readonly others: readonly string[] } {
  const stops: string[] = [];
  const others: string[] = [];
  for (const { address } of links) {
    const next = wanted[stops.length];
    // A stop's own page says by its link into the lab which stop it is of.
    if (next !== undefined && wayTo(address) === next) stops.push(next);
    else others.push(address);
  }
  return { stops, others };
}

function withoutLastEnd(text: string): string {
  return text.replace(/\n$/, '');
}

function quote(text: string | undefined): string {
  return text === undefined ? 'nothing' : JSON.stringify(text.slice(0, 120));
}

/** What is wrong with the twins of a built site, a line for each fault; and how many there are. */
export async function checkTwins(
  folder: string,
  { site, base }: Address,
): Promise<{ readonly faults: readonly string[]; readonly count: number }> {
  const files = await Array.fromAsync(glob('**/{index.html,*.md}', { cwd: folder }));
  const names = new Set(files.map((file) => file.replaceAll(path.sep, '/')));
  const faults: string[] = [];
  let count = 0;
  for (const file of [...names].toSorted()) {
    const [, language = '', page = ''] = /^(\w+)\/(.*)\/index\.html$/.exec(file) ?? [];
    const isTwin = file.endsWith('.md');
    if (isTwin && !names.has(file.replace(/\.md$/, '/index.html'))) faults.push(`${file} is of no page`);
    if (isTwin || !LANGUAGES.some((known) => known === language)) continue;
    if (!isKnown(page) || !hasTwin(page)) continue;
    const own = `${language}/${page}.md`;
    if (!names.has(own)) {
      faults.push(`${file} has no ${own} beside it`);
      continue;
    }
    const html = await readFile(path.join(folder, file), 'utf8');
    const place = new URL(`${base}${language}/${page}/`, PLAIN);
    const addressOf = (href: string): string => {
      const url = new URL(href, place);
      return url.origin === PLAIN ? `${site ?? ''}${url.pathname}${url.search}${url.hash}` : url.href;
    };
    const wayTo = wayToStop(folder, base, site ?? '');
    const twin = readTwin(await readFile(path.join(folder, own), 'utf8'));
    faults.push(...compareTwin(readPage(html), twin, addressOf, wayTo).map((fault) => `${own}: ${fault}`));
    if (!twin.front.includes(JSON.stringify(addressOf(place.pathname))))
      faults.push(`${own} does not name its page`);
    if (!html.includes(`<link rel="alternate" type="text/markdown" href="${base}${own}"`))
      faults.push(`${file} does not name ${own}`);
    count += 1;
  }
  return { faults, count };
}

/** Of an address, the stop that its page leads to. */
function wayToStop(folder: string, base: string, site: string): (address: string) => string | null {
  return (address) => {
    const below = address.startsWith(`${site}${base}`) ? address.slice(site.length + base.length) : null;
    if (below === null || !/^\w+\/moments\/[^#]+\/$/.test(below)) return null;
    const file = path.join(folder, below, 'index.html');
    if (!existsSync(file)) return null;
    return (
      /class="moment-way"[^>]*>\s*<a[^>]*href="[^"#]*#([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? null
    );
  };
}

/** Pages that moved, and others that were never in a menu, are of no kind. */
function isKnown(page: string): boolean {
  try {
    kindOf(page);
    return true;
  } catch {
    return false;
  }
}

/** An origin for addresses that have none. */
const PLAIN = 'https://site.invalid';

if (import.meta.main) {
  const { faults, count } = await checkTwins(DIST, addressFromEnvironment());
  reportFaults(faults);
  if (count === 0) reportFaults(['There is no page with a twin: run npm run build first.']);
  if (faults.length === 0) console.log(`${String(count)} twins say what their pages say`);
}
