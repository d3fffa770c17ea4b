/**
 * What is kept, a cache for each build, so that no page ever meets a file of another build. Every entry carries the hash
 * of its bytes, and what is read is compared with it: a damaged entry is removed, and counts as none.
 */
import { hashFile, isNamedByContent, listedFile, type BuildFiles } from './build-files.ts';
import type { KeptPage } from './messages.ts';

/** What is written about an entry. */
export interface Entry {
  readonly bytes: ArrayBuffer;
  readonly type: string;
  /** Of a page. */
  readonly title?: string;
}

/** Headers of an entry that the worker alone reads. */
const HASH = 'x-kept-hash';
const SIZE = 'x-kept-size';
const TITLE = 'x-kept-title';

/** Entries of the worker's own; no page and no file has such an address. */
const LIST = '~files';
const OPENED = '~opened/';
const KEEPING = '~keeping';

/** Builds whose pages are kept beside the own one and those that open pages need: the one before. */
const MAX_OTHERS = 1;

export class BuildCaches {
  readonly #own: BuildFiles;
  readonly #storage: CacheStorage;
  readonly #lists = new Map<string, BuildFiles | null>();
  /** Other sites may be served from the same origin, under paths of their own. */
  readonly #prefix: string;

  constructor(own: BuildFiles, storage: CacheStorage) {
    this.#own = own;
    this.#storage = storage;
    this.#prefix = `handler ${own.base} `;
  }

  /** The builds that anything is kept of, the newest first. */
  async builds(): Promise<readonly string[]> {
    const names = (await this.#storage.keys()).filter((name) => name.startsWith(this.#prefix));
    return names
      .map((name) => name.slice(this.#prefix.length))
      .filter((build) => build !== '')
      .reverse();
  }

  /** What a build has said of itself; null when its worker has not been here. */
  async filesOf(build: string): Promise<BuildFiles | null> {
    if (build === this.#own.build) return this.#own;
    const known = this.#lists.get(build);
    if (known !== undefined) return known;
    const files = readList((await (await this.#match(build, LIST))?.text()) ?? '', build);
    if (files !== null) this.#lists.set(build, files);
    return files;
  }

  /** Tells the workers of other builds what the own one is made of. */
  async writeList(): Promise<void> {
    const list = JSON.stringify(this.#own);
    if ((await (await this.#match(this.#own.build, LIST))?.text()) === list) return;
    await (await this.#open(this.#own.build)).put(this.#key(LIST), new Response(list));
  }

  /** An entry of one build, whole and undamaged; null when there is none. */
  async read(build: string, path: string): Promise<Response | null> {
    const kept = await this.#match(build, path);
    if (kept === undefined) return null;
    const bytes = await kept.arrayBuffer();
    const list = await this.filesOf(build);
    const [listed] = (list === null ? undefined : listedFile(list, path)) ?? [];
    if ((await hashFile(bytes)) === (listed ?? kept.headers.get(HASH)))
      return new Response(bytes, { headers: kept.headers });
    await (await this.#open(build)).delete(this.#key(path));
    return null;
  }

  /** A file that is named by its content is the same in every build; a page is taken of the newest that has it. */
  async find(path: string): Promise<{ readonly build: string; readonly response: Response } | null> {
    for (const build of await this.builds()) {
      const response = await this.read(build, path);
      if (response !== null) return { build, response };
    }
    return null;
  }

  /** Whether a file need not be fetched. Its bytes are looked at when it is read. */
  async has(build: string, path: string): Promise<boolean> {
    if ((await this.#match(build, path)) !== undefined) return true;
    if (!isNamedByContent(path)) return false;
    for (const other of await this.builds()) if ((await this.#match(other, path)) !== undefined) return true;
    return false;
  }

  /** Rejects with what the browser says where there is no room. */
  async write(build: string, path: string, { bytes, type, title = '' }: Entry): Promise<void> {
    const headers = {
      'content-type': type,
      [HASH]: await hashFile(bytes),
      [SIZE]: String(bytes.byteLength),
      // A header holds no Japanese.
      [TITLE]: encodeURIComponent(title),
    };
    await (await this.#open(build)).put(this.#key(path), new Response(bytes, { headers }));
  }

  /** Remembers which build an open page is of: the browser may end the worker and start it anew between two requests. */
  async noteClient(client: string, build: string): Promise<void> {
    await (
      await this.#storage.open(this.#prefix)
    ).put(this.#key(OPENED + encodeURIComponent(client)), new Response(build));
  }

  /** The build of an open page; null when it was opened past the worker. */
  async buildOfClient(client: string): Promise<string | null> {
    const note = await this.#note(OPENED + encodeURIComponent(client));
    return note === undefined ? null : note.text();
  }

  /** Whether the reader wants labs to run without a network, in later builds too. */
  async isKeeping(): Promise<boolean> {
    return (await this.#note(KEEPING)) !== undefined;
  }

  async startKeeping(): Promise<void> {
    await (await this.#storage.open(this.#prefix)).put(this.#key(KEEPING), new Response(''));
  }

  /** The pages that are kept, and the bytes of everything. */
  async measure(): Promise<{ readonly pages: readonly KeptPage[]; readonly bytes: number }> {
    const pages = new Map<string, KeptPage>();
    let bytes = 0;
    for (const build of await this.builds()) {
      const cache = await this.#open(build);
      for (const request of await cache.keys()) {
        const path = this.#path(request.url);
        const headers = (await cache.match(request))?.headers;
        bytes += Number(headers?.get(SIZE) ?? 0);
        const title = decode(headers?.get(TITLE) ?? '');
        if (title !== '' && !pages.has(path) && !this.#own.first.includes(path))
          pages.set(path, { path, title });
      }
    }
    return { pages: [...pages.values()], bytes };
  }

  /** The texts of the pages that are kept of the own build. */
  async *pageTexts(): AsyncGenerator<string> {
    const cache = await this.#open(this.#own.build);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request);
      if ((kept?.headers.get(TITLE) ?? '') !== '') yield (await kept?.text()) ?? '';
    }
  }

  /**
   * Removes the builds that no open page is of and that are neither the own one nor the newest of the others from which pages
   * are kept.
   */
  async prune(open: readonly string[]): Promise<void> {
    const notes = await this.#storage.open(this.#prefix);
    const used = new Set<string>([this.#own.build]);
    for (const request of await notes.keys()) {
      const path = this.#path(request.url);
      if (!path.startsWith(OPENED)) continue;
      const client = decodeURIComponent(path.slice(OPENED.length));
      if (open.includes(client)) used.add((await this.buildOfClient(client)) ?? '');
      else await notes.delete(request);
    }
    let rest = MAX_OTHERS;
    for (const build of await this.builds()) {
      if (used.has(build)) continue;
      if (rest > 0 && (await this.#hasPages(build))) rest -= 1;
      else await this.#remove(build);
    }
  }

  /** A worker whose first day was cut short has left a cache, and nothing in it that anybody has read. */
  async #hasPages(build: string): Promise<boolean> {
    const cache = await this.#open(build);
    const paths = (await cache.keys()).map(({ url }) => this.#path(url));
    return paths.some((path) => path.endsWith('/') && !this.#own.first.includes(path));
  }

  /** What the own build names the same moves over to it, as far as there is room. */
  async #remove(build: string): Promise<void> {
    await this.#moveOver(build).catch(() => undefined);
    await this.#storage.delete(this.#prefix + build);
  }

  async #moveOver(build: string): Promise<void> {
    const [from, to] = [await this.#open(build), await this.#open(this.#own.build)];
    for (const request of await from.keys()) {
      const path = this.#path(request.url);
      if (!isNamedByContent(path) || listedFile(this.#own, path) === undefined) continue;
      const kept = await from.match(request);
      if (kept !== undefined && (await to.match(request)) === undefined) await to.put(request, kept);
    }
  }

  /**
   * Removes all that is kept but what the worker has from its first day, and the wish to keep more. Which builds the open
   * pages are of stays known.
   */
  async forget(): Promise<void> {
    const { build, first } = this.#own;
    for (const other of await this.builds()) if (other !== build) await this.#remove(other);
    const cache = await this.#open(build);
    for (const request of await cache.keys())
      if (![LIST, ...first].includes(this.#path(request.url))) await cache.delete(request);
    await (await this.#storage.open(this.#prefix)).delete(this.#key(KEEPING));
  }

  async #note(name: string): Promise<Response | undefined> {
    return (await this.#storage.open(this.#prefix)).match(this.#key(name));
  }

  /** Asking must not make a cache: an empty one would count as a build. */
  async #match(build: string, path: string): Promise<Response | undefined> {
    return this.#storage.match(this.#key(path), { cacheName: this.#prefix + build });
  }

  #open(build: string): Promise<Cache> {
    return this.#storage.open(this.#prefix + build);
  }

  #key(path: string): string {
    return this.#own.base + path;
  }

  #path(url: string): string {
    return new URL(url).pathname.slice(this.#own.base.length);
  }
}

/** What the worker of a build has said of it; null where that was cut short, or is anything else. */
function readList(text: string, build: string): BuildFiles | null {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return null;
  }
  const { build: named, base, files, first } = (list ?? {}) as Partial<Record<keyof BuildFiles, unknown>>;
  if (named !== build || typeof base !== 'string' || !Array.isArray(first)) return null;
  if (typeof files !== 'object' || files === null) return null;
  return Object.values(files).every(Array.isArray) ? (list as BuildFiles) : null;
}

/** Empty for what no worker has written so. */
function decode(title: string): string {
  try {
    return decodeURIComponent(title);
  } catch {
    return '';
  }
}
