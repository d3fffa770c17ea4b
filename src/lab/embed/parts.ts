/**
 * What an embed brings when it is needed: parts of its script, whole runs, and the texts of the runtime's files. All of it
 * comes as classic scripts, which a document of an opaque origin may load without a header of the host's.
 */
import type { RecordedRun } from '../../trace/format.ts';
import { ownValue } from '../../trace/own-value.ts';
import type { LinkData } from '../site-files.ts';
import { readLabPage } from '../page-data.ts';
import { FrameRefuses } from '../part-missing.ts';

// What `integrations/embed-script.ts` writes around the page's own script.
/** The paths of the scripts that a part is made of, below the base. */
declare const embedParts: Readonly<Record<string, readonly string[]>>;
/** The values that scripts have handed over, by name. */
declare const embedTaken: Readonly<Record<string, unknown>>;
/** The exports of a module whose part is there. */
declare const embedRequire: (module: string) => unknown;

/** Parts that are of no use where the site's other files cannot be fetched. */
const NEEDS_FILES: readonly string[] = ['editor', 'sandbox'];

const scripts = new Map<string, Promise<void>>();
let allowed: Promise<boolean> | null = null;

/**
 * What the bundler writes in the place of `import()`. Rejects with `FrameRefuses` where the part would be of no use.
 * @public
 */
export async function importPart(name: string): Promise<unknown> {
  if (NEEDS_FILES.includes(name) && !(await mayFetch())) throw new FrameRefuses();
  await Promise.all((ownValue(embedParts, name) ?? []).map(bring));
  return embedRequire(`${name}.js`);
}

/** The recorded run, by the address that pages of the site fetch it from. */
export async function bringRun(address: URL): Promise<RecordedRun> {
  return (await bringJson(address)) as RecordedRun;
}

/** What links need, by the address that pages of the site fetch it from. */
export async function bringLinks(address: URL): Promise<LinkData> {
  return (await bringJson(address)) as LinkData;
}

function bringJson({ pathname }: URL): Promise<unknown> {
  return bringValue(toPlace(pathname).replace(/\.json$/, ''));
}

/** The code of a file of the runtime, by the address of the file's page in a language. */
export async function bringBlock(address: URL | string, page: Document): Promise<HTMLPreElement> {
  const { pathname } = new URL(address, page.baseURI);
  const place = toPlace(pathname)
    .replace(/^\w+\//, '')
    .replace(/\/$/, '');
  const html = await bringValue(place);
  const block = new DOMParser().parseFromString(String(html), 'text/html').querySelector('pre');
  if (block === null) throw new Error(`${place} holds no code.`);
  return page.adoptNode(block);
}

/**
 * Whether the site's files can be fetched. Of an opaque origin that takes a header of the host's; to ask without need of one
 * shows whether it is only the header that lacks.
 */
export function mayFetch(): Promise<boolean> {
  if (self.origin !== 'null') return Promise.resolve(true);
  allowed ??= ask().catch(() => {
    // Nothing can be reached: to say so is for whoever wants a file.
    allowed = null;
    return true;
  });
  return allowed;
}

async function ask(): Promise<boolean> {
  const address = toAddress(readLabPage(document).assets.worker.path);
  try {
    await fetch(address, { method: 'HEAD' });
    return true;
  } catch {
    await fetch(address, { method: 'HEAD', mode: 'no-cors' });
    return false;
  }
}

async function bringValue(name: string): Promise<unknown> {
  await bring(`${name}.js`);
  return ownValue(embedTaken, name);
}

function bring(place: string): Promise<void> {
  const coming = scripts.get(place) ?? load(toAddress(place));
  scripts.set(place, coming);
  coming.catch(() => scripts.delete(place));
  return coming;
}

function load(address: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address.href;
    script.addEventListener('load', () => {
      resolve();
    });
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`${address.pathname} could not be loaded.`));
    });
    document.head.append(script);
  });
}

function toAddress(place: string): URL {
  return new URL(place, new URL(readLabPage(document).base, document.baseURI));
}

/** Where below the base an address of the site is. */
function toPlace(pathname: string): string {
  const { base } = readLabPage(document);
  return decodeURI(pathname.startsWith(base) ? pathname.slice(base.length) : pathname);
}
