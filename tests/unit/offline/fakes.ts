/** A browser's cache and a host, in memory: what `Answers` needs of the place it lives in. */
import { Answers } from '../../../src/offline/answers.ts';
import { hashFile, type BuildFiles } from '../../../src/offline/build-files.ts';

const ORIGIN = 'http://host';

/**
 * `CacheStorage` as far as the worker uses it. `refuses` makes every write fail as a full disk does, `isBroken` everything
 * as a damaged profile does.
 */
export class FakeCaches {
  readonly stored = new Map<string, Map<string, Response>>();
  refuses = false;
  isBroken = false;

  open(name: string): Promise<Cache> {
    if (this.isBroken) return Promise.reject(new DOMException('broken', 'UnknownError'));
    const entries = this.stored.get(name) ?? new Map<string, Response>();
    this.stored.set(name, entries);
    const urlOf = (key: RequestInfo | URL): string =>
      new URL(key instanceof Request ? key.url : key, ORIGIN).href;
    return Promise.resolve({
      match: (key: RequestInfo) => Promise.resolve(entries.get(urlOf(key))?.clone()),
      put: (key: RequestInfo, response: Response) => {
        if (this.refuses) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
        entries.set(urlOf(key), response.clone());
        return Promise.resolve();
      },
      delete: (key: RequestInfo) => Promise.resolve(entries.delete(urlOf(key))),
      keys: () => Promise.resolve(Array.from(entries.keys(), (url) => new Request(url))),
    } as unknown as Cache);
  }

  async match(key: string, { cacheName }: { cacheName: string }): Promise<Response | undefined> {
    if (this.isBroken) await this.open(cacheName);
    return this.stored.has(cacheName) ? (await this.open(cacheName)).match(key) : undefined;
  }

  async keys(): Promise<string[]> {
    if (this.isBroken) await this.open('');
    return [...this.stored.keys()];
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.stored.delete(name));
  }
}

/** A host whose files a test changes; null is a line that is cut. */
export class FakeHost {
  files: ReadonlyMap<string, Response> | null = new Map();
  readonly requests: string[] = [];
  /** Resolves when the host shall answer. */
  turn: Promise<void> = Promise.resolve();

  readonly fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, ORIGIN);
    this.requests.push(pathname);
    await this.turn;
    if (this.files === null) throw new TypeError('no network');
    return this.files.get(pathname)?.clone() ?? answer('Not found', 'text/plain', 404);
  };
}

/** What a host answers; Node makes no answer that is `basic`, as a browser's of the page's own origin is. */
export function answer(text: string, type: string, status = 200): Response {
  const made = (response: Response): Response =>
    Object.defineProperties(response, {
      type: { value: 'basic' },
      clone: { value: () => made(Response.prototype.clone.call(response)) },
    });
  return made(new Response(text, { status, headers: { 'content-type': type } }));
}

export function page(build: string, title: string, text = ''): string {
  return `<!doctype html><meta name="build" content="${build}"><title>${title} · Site</title>${text}`;
}

/** A build of a few texts by path; `.html` is what a page's address answers with. */
export async function makeBuild(
  build: string,
  texts: Readonly<Record<string, string>>,
): Promise<{ readonly own: BuildFiles; readonly files: ReadonlyMap<string, Response> }> {
  const files = new Map<string, Response>();
  const listed: Record<string, readonly [string, number]> = {};
  for (const [path, text] of Object.entries(texts)) {
    const isPage = path.endsWith('/');
    files.set(`/base/${path}`, answer(text, isPage ? 'text/html; charset=utf-8' : 'application/json'));
    const bytes = new TextEncoder().encode(text);
    if (!isPage) listed[path] = [await hashFile(bytes), bytes.length];
  }
  return { own: { build, base: '/base/', files: listed, first: [] }, files };
}

/** A worker of a build, at a host and a cache. */
export class Worker {
  readonly answers: Answers;
  readonly #held: Promise<unknown>[] = [];
  /** Resolves when the reader has waited long enough. */
  patience = new Promise<void>(() => undefined);

  constructor(own: BuildFiles, caches: FakeCaches, host: FakeHost) {
    this.answers = new Answers(own, {
      caches: caches as unknown as CacheStorage,
      fetch: host.fetch,
      after: () => this.patience,
    });
  }

  /** The text that a page or file gets; null where the browser says that there is no network. */
  async get(path: string, client: string, init: RequestInit = {}): Promise<string | null> {
    const request = new Request(`${ORIGIN}/base/${path}`, init);
    const hold = (work: Promise<unknown>): void => {
      this.#held.push(work);
    };
    const isPage = path.endsWith('/');
    const response = await (
      isPage ? this.answers.page(request, path, client, hold) : this.answers.file(request, path, client, hold)
    ).catch(() => Response.error());
    return response.type === 'error' ? null : response.text();
  }

  /** Ends when all that went on behind the answers has ended. */
  async settle(): Promise<void> {
    // What ends may have begun something else, as it may in a browser.
    for (let waited = -1; waited < this.#held.length;) {
      waited = this.#held.length;
      await Promise.allSettled(this.#held);
    }
  }
}
