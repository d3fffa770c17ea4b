/**
 * How the worker answers a page's requests: pages from the network with the cache behind, files from the cache with the
 * network behind. What comes from the network is kept if it is what the page's build says; what is not, never.
 */
import { BuildCaches, type Entry } from './build-caches.ts';
import {
  filesWith,
  hashFile,
  isNamedByContent,
  listedFile,
  type BuildFiles,
  type ListedFile,
} from './build-files.ts';
import { buildOfPage, dataOfPage, titleOfPage } from './page-text.ts';

/** A page that is kept is shown when the network has not answered for so long. */
const PATIENCE_MILLISECONDS = 4000;

/** What answering needs of the place it happens in. */
export interface Surroundings {
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
  readonly after: (milliseconds: number) => Promise<void>;
}

/** What goes on behind an answer; the worker lives until it has ended. */
export type Hold = (work: Promise<unknown>) => void;

export class Answers {
  readonly caches: BuildCaches;
  readonly #own: BuildFiles;
  readonly #surroundings: Surroundings;
  /** The builds of pages that are arriving: their files are asked for before the page is whole. */
  readonly #arriving = new Map<string, Promise<string | null>>();

  constructor(own: BuildFiles, surroundings: Surroundings) {
    this.#own = own;
    this.#surroundings = surroundings;
    this.caches = new BuildCaches(own, surroundings.caches);
  }

  /** A page that the reader goes to. `client` is the page to be. */
  async page(request: Request, path: string, client: string, hold: Hold): Promise<Response> {
    let isShown = true;
    const fresh = this.#surroundings.fetch(request).then((response) => {
      if (isPage(response)) hold(this.#takePage(response.clone(), path, () => (isShown ? client : '')));
      return response;
    });
    const late = this.#surroundings.after(PATIENCE_MILLISECONDS).then(() => null);
    const soon = await Promise.race([fresh.catch(() => null), late]);
    // A host in trouble is no better than none; a page that it says is gone, or elsewhere, is.
    if (soon !== null && soon.status < 500) return soon;
    const kept = await this.caches.find(path).catch(nothing);
    if (kept === null) return soon ?? fresh.catch(() => this.#instead(request, path, client));
    // What comes now is kept for the next time, and is not what this page is of.
    isShown = false;
    await this.#note(client, kept.build);
    hold(fresh.catch(() => null));
    return kept.response;
  }

  /** What an open page asks for. */
  async file(request: Request, path: string, client: string, hold: Hold): Promise<Response> {
    const { fetch } = this.#surroundings;
    // Asked for anew, because what came before was damaged.
    const mayBeKept = request.cache !== 'reload' && request.cache !== 'no-store';
    if (isNamedByContent(path)) {
      const kept = mayBeKept ? await this.caches.find(path).catch(nothing) : null;
      if (kept !== null) return kept.response;
      const response = await fetch(request);
      // The page need not wait until it is whole: it counts the bytes of Python as they come.
      if (isWhole(response)) hold(this.#takeFile(response.clone(), path, client));
      return response;
    }
    const build = await this.#buildOf(client);
    const [hash] = await this.#listed(build, path);
    if (build === null || hash === undefined) return fetch(request);
    const kept = mayBeKept ? await this.caches.read(build, path).catch(nothing) : null;
    if (kept !== null) return kept;
    const { response, bytes } = await this.#fetchListed(request, hash);
    // Under this address is a file of another build, or a form of the network: for this page it is not there.
    if (bytes === null) return response.ok ? Response.error() : response;
    const type = response.headers.get('content-type') ?? '';
    hold(this.#keepWithRest(build, path, { bytes, type }).catch(nothing));
    return new Response(bytes, { headers: { 'content-type': type } });
  }

  /** Keeps an open page, be it older than the worker, with the files that it has loaded and the data of its labs. */
  async keepOpened(path: string, client: string, files: readonly string[]): Promise<void> {
    await this.#note(client, this.#own.build);
    const { base, build } = this.#own;
    if (!(await this.caches.has(build, path))) {
      const response = await this.#surroundings.fetch(base + path);
      if (isPage(response)) await this.#takePage(response, path, () => '');
    }
    await this.#keepFiles(files.flatMap((file) => [file, ...filesWith(file, this.#own)]));
    // Not as soon as it arrives: by now it has all that it needs at once.
    const html = await (await this.caches.read(build, path))?.text();
    if (html !== undefined) await this.keepData(html);
  }

  async #keepFiles(paths: readonly string[]): Promise<void> {
    for (const path of paths) if (!(await this.caches.has(this.#own.build, path))) await this.fetchFile(path);
  }

  /** Fetches a file of the own build to keep it; false where it is not what the build has. Rejects where there is no network or no room. */
  async fetchFile(path: string): Promise<boolean> {
    const { base, build } = this.#own;
    const [hash] = listedFile(this.#own, path) ?? [];
    if (hash === undefined) return false;
    const { response, bytes } = await this.#fetchListed(base + path, hash);
    if (bytes === null) return false;
    await this.caches.write(build, path, { bytes, type: response.headers.get('content-type') ?? '' });
    return true;
  }

  /** Fetches a page of the own build to keep it. Rejects where the host has another one. */
  async fetchPage(path: string): Promise<void> {
    const response = await this.#surroundings.fetch(this.#own.base + path, { cache: 'no-cache' });
    const html = isPage(response) ? await response.clone().text() : '';
    if (buildOfPage(html) !== this.#own.build) throw new TypeError(`${path} is not of this build.`);
    await this.#keepPage(html, response, path);
  }

  /** The bytes of a file, asked for a second time past the browser's own cache, as that may hold another build's. */
  async #fetchListed(
    request: Request | string,
    hash: string,
  ): Promise<{ readonly response: Response; readonly bytes: ArrayBuffer | null }> {
    const response = await this.#surroundings.fetch(request);
    const first = await bytesOf(response, hash);
    if (first !== null || !response.ok) return { response, bytes: first };
    const again = await this.#surroundings.fetch(request, { cache: 'reload' });
    return { response: again, bytes: await bytesOf(again, hash) };
  }

  /** Keeps a page under the build that it says it is of. */
  async #takePage(response: Response, path: string, client: () => string): Promise<void> {
    const html = response.clone().text();
    const build = html.then(buildOfPage, () => null);
    if (client() !== '') this.#arriving.set(client(), build);
    const known = await build;
    if (known === null) return;
    await this.#note(client(), known);
    await this.#keepPage(await html, response, path).catch(nothing);
  }

  async #keepPage(html: string, response: Response, path: string): Promise<void> {
    const build = buildOfPage(html);
    if (build === null) return;
    const type = response.headers.get('content-type') ?? '';
    const title = titleOfPage(html);
    await this.caches.write(build, path, { bytes: await response.arrayBuffer(), type, title });
  }

  /** What a page's labs may ask for later. */
  async keepData(html: string): Promise<void> {
    await this.#keepFiles(dataOfPage(html, this.#own.base));
  }

  async #takeFile(response: Response, path: string, client: string): Promise<void> {
    const build = (await this.#buildOf(client)) ?? this.#own.build;
    const [hash] = await this.#listed(build, path);
    if (hash === undefined) return;
    const bytes = await bytesOf(response, hash).catch(nothing);
    if (bytes === null) return;
    const type = response.headers.get('content-type') ?? '';
    await this.#keepWithRest(build, path, { bytes, type }).catch(nothing);
  }

  /** Keeps a file that came for a page, and what it is of little use without. */
  async #keepWithRest(build: string, path: string, entry: Entry): Promise<void> {
    await this.caches.write(build, path, entry);
    if (build === this.#own.build) await this.#keepFiles(filesWith(path, this.#own));
  }

  /**
   * What is shown of a page that was never opened: the page about what is kept, which leads to those that were. A page whose
   * address has lost its last slash is where a host would lead.
   */
  async #instead(request: Request, path: string, client: string): Promise<Response> {
    const whole = path.endsWith('/') ? null : await this.caches.find(`${path}/`).catch(nothing);
    if (whole !== null) {
      const url = new URL(request.url);
      url.pathname += '/';
      return Response.redirect(url);
    }
    const pages = this.#own.first.filter((each) => each.endsWith('/'));
    const [language = ''] = path.split('/', 1);
    const page = pages.find((each) => each.startsWith(`${language}/`)) ?? pages[0];
    const kept = page === undefined ? null : await this.caches.find(page).catch(nothing);
    if (kept === null) return Response.error();
    await this.#note(client, kept.build);
    return kept.response;
  }

  async #note(client: string, build: string): Promise<void> {
    if (client === '') return;
    this.#arriving.set(client, Promise.resolve(build));
    await this.caches.noteClient(client, build).catch(nothing);
  }

  async #buildOf(client: string): Promise<string | null> {
    if (client === '') return null;
    return (await this.#arriving.get(client)) ?? this.caches.buildOfClient(client).catch(nothing);
  }

  async #listed(build: string | null, path: string): Promise<ListedFile | []> {
    const list = await this.#filesOf(build);
    return (list === null ? undefined : listedFile(list, path)) ?? [];
  }

  async #filesOf(build: string | null): Promise<BuildFiles | null> {
    return build === null ? null : this.caches.filesOf(build).catch(nothing);
  }
}

/** A file as the host has it: not a part, not of another origin, no answer that is a fault. */
function isWhole(response: Response): boolean {
  return response.status === 200 && response.type === 'basic';
}

function isPage(response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  return isWhole(response) && !response.redirected && type.startsWith('text/html');
}

/** Null for what is not what the build says. */
async function bytesOf(response: Response, hash: string): Promise<ArrayBuffer | null> {
  if (!isWhole(response)) return null;
  const bytes = await response.clone().arrayBuffer();
  return (await hashFile(bytes)) === hash ? bytes : null;
}

/** No room, or storage is forbidden or broken: the site works as it does without a worker. */
function nothing(): null {
  return null;
}
