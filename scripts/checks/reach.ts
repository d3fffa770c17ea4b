/**
 * Does everything that machines read of the site hold? Walks a build with SITE and a base path as a crawler does (canonical
 * addresses, languages, the map, the feeds, what a link shows as a card) and as WordPress does that was given a link to embed.
 */
import { Parser } from 'htmlparser2';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { feedPath, oembedPath, SITEMAP } from '../../src/i18n/links.ts';
import { kindOf } from '../../src/layouts/page-kinds.ts';
import { addressFromEnvironment, DIST } from '../build.ts';
import type { PageHead } from '../reach/page-head.ts';
import { Published } from '../reach/published.ts';
import { toWordPressFrame } from '../reach/wordpress.ts';
import { BASE_ADDRESS, reportFaultsUnderBase, UNDER_BASE } from '../site-under-base.ts';

/** Kinds of pages that a search may find, and that the map of the site does not name: parts of what it names. */
const UNMAPPED = ['moment', 'source'];

/** Pixels within which a blog shows a frame. */
const FRAME_SIZES = { least: 200, most: 1000 };

type Heads = ReadonlyMap<string, PageHead>;

/** What is wrong, a line for each fault. */
export async function findReachFaults(
  folder: string,
  site: string,
  base: string,
): Promise<readonly string[]> {
  const published = await Published.read(folder, site, base);
  const heads = await published.heads();
  return [
    ...(await Promise.all(Array.from(heads, (entry) => faultsOfPage(published, heads, ...entry)))).flat(),
    ...(await faultsOfMap(published, heads)),
    ...(await Promise.all(LANGUAGES.map((language) => faultsOfFeed(published, heads, language)))).flat(),
    ...(await faultsOfRecords(published, heads)),
  ];
}

/** What a build says of addresses that knows none of its own: nothing. */
export async function findInventedAddresses(folder: string, base: string): Promise<readonly string[]> {
  const published = await Published.read(folder, 'https://site.invalid', base);
  const files = published.files.filter((file) =>
    /^(?:sitemap\.xml|\w+\/feed\.xml|\w+\/oembed\/.*)$/.test(file),
  );
  const pages = Array.from(await published.heads(), ([file, head]) => {
    const said = [
      head.canonical,
      head.meta('og:url'),
      head.meta('og:image'),
      ...head.versions.values(),
      ...['application/rss+xml', 'application/json+oembed'].flatMap((type) => head.alternates(type)),
      ...head.structured,
    ];
    return said.some((one) => one !== null) ? [file] : [];
  });
  return [...files, ...pages.flat()].map(
    (file) => `${file}: names an origin, and the build was told of none`,
  );
}

async function faultsOfPage(
  published: Published,
  heads: Heads,
  file: string,
  head: PageHead,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const check = (what: string, address: string | null): void => {
    const found = published.find(address);
    if ('fault' in found) faults.push(`${what} ${found.fault}`);
  };
  const own = published.addressOf(file);
  if (head.title.trim() === '') faults.push('it has no title');
  if ((head.meta('description') ?? '').trim() === '') faults.push('it has no description');
  if (head.isListed) {
    if (head.canonical !== own) faults.push(`its canonical address is ${String(head.canonical)}`);
    if (head.meta('og:url') !== own) faults.push(`its og:url is ${String(head.meta('og:url'))}`);
    if (!head.title.includes(head.meta('og:title') ?? '?')) faults.push('its og:title is not its title');
  } else if (head.canonical !== null) {
    // An embed is shown on other sites, and leads whoever crawls it to the page that it is of.
    const found = published.find(head.canonical);
    if ('fault' in found) faults.push(`its canonical address ${found.fault}`);
    else if (heads.get(found.file)?.isListed !== true)
      faults.push(`its canonical address ${head.canonical} is that of a page that no search shows`);
  }
  if (isEmbed(file) && (head.isListed || head.canonical === null))
    faults.push('an embed is for no search, and has the address of its page as the canonical one');
  faults.push(...faultsOfVersions(published, heads, own, head));
  faults.push(...(await faultsOfPicture(published, head)));
  for (const type of ['application/rss+xml', 'application/json+oembed'])
    for (const { href, title } of head.alternates(type)) {
      check(`its ${type}`, href ?? null);
      if (!title) faults.push(`its ${type} has no title`);
    }
  for (const text of head.structured) {
    const data = JSON.parse(text) as { readonly '@context'?: unknown };
    if (data['@context'] !== 'https://schema.org') faults.push('its JSON-LD is in no known vocabulary');
    for (const address of addressesIn(data)) check('its JSON-LD', address);
  }
  return faults.map((fault) => `${file}: ${fault}`);
}

/** A page names its versions, itself among them, and each of these names it. */
function faultsOfVersions(
  published: Published,
  heads: Heads,
  own: string,
  { versions, isListed }: PageHead,
): readonly string[] {
  if (!isListed) return versions.size === 0 ? [] : ['it is for no search, and names versions in languages'];
  const faults: string[] = [];
  if (![...versions.values()].includes(own)) faults.push('it is none of its own versions in languages');
  for (const [language, address] of versions) {
    const found = published.find(address);
    if ('fault' in found) faults.push(`its version in ${language} ${found.fault}`);
    else if (![...(heads.get(found.file)?.versions.values() ?? [])].includes(own))
      faults.push(`its version in ${language} does not name it in turn`);
  }
  return faults;
}

async function faultsOfPicture(published: Published, head: PageHead): Promise<readonly string[]> {
  const address = head.meta('og:image');
  if (address === null) return head.isListed ? ['it has no picture'] : [];
  const found = published.find(address);
  if ('fault' in found) return [`its picture ${found.fault}`];
  const bytes = await published.bytes(found.file);
  // Width and height are the first things in a PNG's header.
  const size = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)].join(' × ');
  const said = [head.meta('og:image:width'), head.meta('og:image:height')].join(' × ');
  return [
    ...(size === said ? [] : [`its picture is ${size}, and is said to be ${said}`]),
    ...(head.meta('og:image:alt') ? [] : ['its picture has no words']),
  ];
}

/** The map names what a search shows, but for what is a part of it; and says of each the same as the page. */
async function faultsOfMap(published: Published, heads: Heads): Promise<readonly string[]> {
  const robots = await textOf(published, 'robots.txt');
  const faults = robots.includes(`Sitemap: ${published.root}${SITEMAP}\n`)
    ? []
    : ['robots.txt: names no map'];
  const entries = new Map<string, { changed: string | null; versions: Record<string, string> }>();
  let entry: { changed: string | null; versions: Record<string, string> } = { changed: null, versions: {} };
  let text = '';
  readXml(await textOf(published, SITEMAP), {
    open(name, { hreflang = '', href = '' }) {
      if (name === 'url') entry = { changed: null, versions: {} };
      if (name === 'xhtml:link') entry.versions[hreflang] = href;
      text = '';
    },
    text(part) {
      text += part;
    },
    close(name) {
      if (name === 'lastmod') entry.changed = text;
      if (name === 'loc') entries.set(text, entry);
    },
  });
  const wanted = new Map(
    [...heads].flatMap(([file, head]) =>
      head.isListed && isMapped(file) ? [[published.addressOf(file), head] as const] : [],
    ),
  );
  for (const address of wanted.keys()) if (!entries.has(address)) faults.push(`${SITEMAP}: lacks ${address}`);
  for (const [address, { changed, versions }] of entries) {
    const head = wanted.get(address);
    const pageChanged = head?.meta('article:modified_time')?.slice(0, 10) ?? null;
    if (head === undefined) faults.push(`${SITEMAP}: ${address} is no page that belongs there`);
    else if (changed !== pageChanged)
      faults.push(
        `${SITEMAP}: ${address} changed on ${String(changed)}, its page says ${String(pageChanged)}`,
      );
    else if (toSortedText(Object.entries(versions)) !== toSortedText([...head.versions]))
      faults.push(`${SITEMAP}: ${address} has other versions than its page`);
  }
  return faults;
}

/** A feed has every article of its language, those that were changed last first, with what its labs printed. */
async function faultsOfFeed(
  published: Published,
  heads: Heads,
  language: (typeof LANGUAGES)[number],
): Promise<readonly string[]> {
  const name = feedPath(language);
  const items: Record<string, string>[] = [];
  const faults: string[] = [];
  let item: Record<string, string> = {};
  let text = '';
  const xml = await textOf(published, name);
  readXml(xml, {
    open(tag, { href }) {
      if (tag === 'item') items.push((item = {}));
      if (tag === 'atom:link' && href !== published.root + name) faults.push('names another feed as itself');
      text = '';
    },
    text(part) {
      text += part;
    },
    close(tag) {
      item[tag] = text;
    },
  });
  // eslint-disable-next-line no-control-regex -- these make a text no XML
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(xml)) faults.push('has control characters');
  const articles = [...heads].filter(
    ([file]) => file.startsWith(`${language}/`) && kindOfFile(file) === 'article',
  );
  const links = items.map(({ link = '' }) => link);
  const addresses = articles.map(([file]) => published.addressOf(file));
  if (toSortedText(links) !== toSortedText(addresses)) faults.push('has other articles than the site');
  const days = items.map(({ pubDate = '' }) => Date.parse(pubDate));
  if (days.some((day, index) => !(day <= (days[index - 1] ?? Infinity))))
    faults.push('is not in the order of days');
  for (const { link, guid, description, 'content:encoded': content = '' } of items) {
    if (guid !== link) faults.push(`${String(link)} has another guid`);
    if (!description) faults.push(`${String(link)} has no description`);
    if (!/<pre>[^<]*-- run 1/.test(content)) faults.push(`${String(link)} has no output of a lab`);
  }
  return faults.map((fault) => `${name}: ${fault}`);
}

/** Every oEmbed record is found from its page, and WordPress makes a frame of it that shows something. */
async function faultsOfRecords(published: Published, heads: Heads): Promise<readonly string[]> {
  const faults: string[] = [];
  const reached = new Set<string>();
  for (const [file, head] of heads) {
    const kind = kindOfFile(file);
    const [link, ...more] = head.alternates('application/json+oembed');
    if (more.length > 0) faults.push(`${file}: it has several oEmbed records`);
    if (link === undefined) {
      if (kind === 'article' || kind === 'embed') faults.push(`${file}: it has no oEmbed record`);
      continue;
    }
    const { language = '', page = '' } = placeOf(file) ?? {};
    const known = LANGUAGES.find((one) => one === language) ?? 'en';
    const found = published.find(link.href ?? null);
    if ('fault' in found) continue;
    reached.add(found.file);
    if (found.file !== oembedPath(known, page)) faults.push(`${file}: its oEmbed record is ${found.file}`);
    // What is at another page's address is shared as that page.
    const url = head.isListed ? published.addressOf(file) : head.canonical;
    faults.push(
      ...(
        await faultsOfRecord(published, heads, await published.text(found.file), url, kind === 'article')
      ).map((fault) => `${found.file}: ${fault}`),
    );
  }
  const records = published.files.filter((file) => /^\w+\/oembed\/.*\.json$/.test(file));
  for (const file of records) if (!reached.has(file)) faults.push(`${file}: no page leads to it`);
  if (records.length === 0) faults.push('There is no oEmbed record.');
  return faults;
}

async function faultsOfRecord(
  published: Published,
  heads: Heads,
  text: string,
  url: string | null,
  isOfArticle: boolean,
): Promise<readonly string[]> {
  const record = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const faults: string[] = [];
  const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  const { least, most } = FRAME_SIZES;
  const isSize = (value: unknown): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  if (record.version !== '1.0' || record.type !== 'rich') faults.push('is no rich record of oEmbed 1.0');
  for (const name of ['title', 'provider_name', 'provider_url', 'html'])
    if (!isText(record[name])) faults.push(`has no ${name}`);
  for (const name of ['width', 'height'])
    if (!isSize(record[name])) faults.push(`its ${name} is not from ${String(least)} to ${String(most)}`);
  if (record.url !== url) faults.push(`its url is ${String(record.url)}, its page's ${String(url)}`);
  for (const name of ['url', 'provider_url', 'thumbnail_url']) {
    if (!(name in record)) continue;
    const found = published.find(isText(record[name]) ? record[name] : null);
    if ('fault' in found) faults.push(`its ${name} ${found.fault}`);
  }
  const frame = toWordPressFrame(isText(record.html) ? record.html : '');
  if (frame === null) return [...faults, 'WordPress shows nothing of it'];
  if (frame.width !== String(record.width) || frame.height !== String(record.height))
    faults.push('its frame is of another size');
  if (!frame.title) faults.push('its frame has no title');
  const found = published.find(frame.src ?? null);
  if ('fault' in found) return [...faults, `its frame ${found.fault}`];
  if (!isEmbed(found.file)) faults.push(`its frame shows ${found.file}, which is no embed`);
  const home = heads.get(found.file)?.canonical ?? null;
  if (isOfArticle && home !== null && home !== url) faults.push(`its frame is at home at ${home}`);
  const [, stop = ''] = /#([^#]*)#\?secret=/.exec(frame.src ?? '') ?? [];
  if (stop !== '' && !(await published.text(found.file)).includes(`"${stop}"`))
    faults.push(`its frame has no stop ${stop}`);
  return faults;
}

/** Every address in a piece of JSON-LD that is of a page, not of a vocabulary or a licence. */
function addressesIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    ['url', 'item', 'mainEntityOfPage', 'image'].includes(name) && typeof value === 'string'
      ? [value]
      : addressesIn(value),
  );
}

async function textOf(published: Published, file: string): Promise<string> {
  return published.files.includes(file) ? published.text(file) : '';
}

interface XmlReader {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text: (part: string) => void;
  readonly close: (name: string) => void;
}

function readXml(xml: string, { open, text, close }: XmlReader): void {
  const parser = new Parser({ onopentag: open, ontext: text, onclosetag: close }, { xmlMode: true });
  parser.end(xml);
}

/** Language and address of a page by its file; null for the pages above the languages. */
function placeOf(file: string): { readonly language: string; readonly page: string } | null {
  const [, language, page = ''] = /^(\w+)\/(?:(.*)\/)?index\.html$/.exec(file) ?? [];
  return LANGUAGES.some((known) => known === language) && language !== undefined ? { language, page } : null;
}

function kindOfFile(file: string): string | null {
  const place = placeOf(file);
  if (isEmbed(file)) return 'embed';
  return place === null ? null : kindOf(place.page);
}

function isMapped(file: string): boolean {
  const kind = kindOfFile(file);
  return kind === null || !UNMAPPED.includes(kind);
}

function isEmbed(file: string): boolean {
  return /^\w+\/embed\//.test(file);
}

function toSortedText(values: readonly unknown[]): string {
  return values
    .map((value) => JSON.stringify(value))
    .toSorted()
    .join('\n');
}

if (import.meta.main)
  await reportFaultsUnderBase(async () => {
    const { site, base } = BASE_ADDRESS;
    const own = addressFromEnvironment();
    return [
      ...(await findReachFaults(UNDER_BASE, site, base)),
      // What is to be published is walked as well.
      ...(own.site === null
        ? await findInventedAddresses(DIST, own.base)
        : await findReachFaults(DIST, own.site, own.base)),
    ];
  });
