/**
 * The files of the sandbox on the page: fetched with their progress counted together, unpacked, verified,
 * and kept, so that the next environment needs no network. A file that failed is fetched anew when it is
 * next asked for; the others are not.
 */
import { ownValue } from '../trace/own-value.ts';
import type { Asset, SandboxAssets, ServedPlatform } from './assets.ts';
import {
  InsecureOrigin,
  PythonFileDamaged,
  PythonFileMissing,
  PythonFileStalled,
  WebAssemblyMissing,
} from './errors.ts';
import type { Packing, PythonFile } from './protocol.ts';

/** What Python boots from, in the order of use: the scripts import while the large ones are still on their way. */
export const BOOT_FILES: readonly PythonFile[] = [
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'boot.image',
];

/** Python's standard library: what is not in the boot image. */
export const LIBRARY = 'python_stdlib.zip';

/** The compiled time zones: no file of Python's own. */
export const ZONES = 'zoneinfo.bin';

const STALL_MILLISECONDS = 30_000;

/** What fetching needs of the place it runs in. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly origin: string;
  /** Whether what is fetched could be run at all. */
  readonly runsWebAssembly: boolean;
  /** Undefined on an insecure origin. */
  readonly digest: ((bytes: ArrayBuffer) => Promise<ArrayBuffer>) | undefined;
  /** Calls back after so many milliseconds, unless the function that it gives is called before. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
}

export type Progress = (received: number, total: number) => void;

interface Download {
  readonly bytes: Promise<ArrayBuffer>;
  /** Nearly all of it is there: whatever is asked for now arrives when the line is free. */
  readonly nearly: PromiseWithResolvers<void>;
  received: number;
  /** Leaves what is on its way and fetches the file once more, for those who wait already; null once it has settled. */
  again: (() => void) | null;
}

/** So many bytes are on their way while a request goes to the host: 20 Mbit/s for a tenth of a second. */
const NEARLY = 250_000;

export class PythonFiles {
  readonly #assets: SandboxAssets;
  readonly #base: URL;
  readonly #network: Network;
  readonly #downloads = new Map<Asset, Download>();
  /** Assets that failed: the browser's cache may hold the damaged copy, or the host's refusal. */
  readonly #distrusted = new Set<Asset>();
  /** What has come of files that were cut off on their way: only the rest is asked for. */
  readonly #begun = new Map<Asset, Uint8Array<ArrayBuffer>[]>();
  readonly #watchers = new Set<Progress>();

  constructor(assets: SandboxAssets, base: URL, network: Network = browserNetwork()) {
    this.#assets = assets;
    this.#base = base;
    this.#network = network;
  }

  /** The frame's document needs no fetching: it came with the page. */
  get frame(): string {
    return this.#assets.frame;
  }

  /**
   * The bytes stay here: hand on a copy. The boot image comes behind the WebAssembly, and
   * does not share the line with it: the one compiles while the other arrives.
   */
  python(file: PythonFile): Promise<ArrayBuffer> {
    const asset = this.#assets.python[file];
    if (file !== 'boot.image') return this.#get(file, asset);
    const before = this.#assets.python['pyodide.asm.wasm'];
    const bytes = this.#get('pyodide.asm.wasm', before);
    const nearly = this.#downloads.get(before)?.nearly.promise;
    return this.#get(file, asset, Promise.race([bytes, nearly]));
  }

  /** How those bytes are packed. */
  packing(file: PythonFile): Packing {
    return this.#assets.python[file].packing === 'brotli' ? 'brotli' : 'none';
  }

  async worker(): Promise<string> {
    return new TextDecoder().decode(await this.#get('environment.worker.js', this.#assets.worker));
  }

  /** The compiled time zones, packed with Brotli. */
  zones(asset: Asset): Promise<ArrayBuffer> {
    return this.#get(ZONES, asset);
  }

  async image(platform: string): Promise<ServedPlatform> {
    const asset = ownValue(this.#assets.platforms, platform);
    if (asset === undefined) throw new PythonFileMissing(platform, null);
    const text = new TextDecoder().decode(await this.#get(platform, asset));
    // The build wrote it and its hash was right.
    return JSON.parse(text) as ServedPlatform;
  }

  /** Calls `progress` now and at each change, as long as something is on its way; gives the end of it. */
  watch(progress: Progress): () => void {
    this.#watchers.add(progress);
    this.#tell();
    return () => this.#watchers.delete(progress);
  }

  /**
   * Fetches all that is not there yet once more. Call it when the page was kept by the browser and is shown again: a
   * browser may let go of what it has frozen, without an error.
   */
  beginAnew(): void {
    for (const { again } of this.#downloads.values()) again?.();
  }

  /** A file whose turn comes later counts at once, as its bytes belong to what the reader waits for. */
  #get(file: string, asset: Asset, turn?: Promise<unknown>): Promise<ArrayBuffer> {
    const known = this.#downloads.get(asset);
    if (known !== undefined) return known.bytes;
    const bytes = Promise.withResolvers<ArrayBuffer>();
    let attempt = new AbortController();
    const load = (): void => {
      const own = (attempt = new AbortController());
      download.received = 0;
      const loaded = this.#load(file, asset, own, (count) => {
        if (own !== attempt) return;
        download.received += count;
        if (asset.transferred - download.received < NEARLY) download.nearly.resolve();
        this.#tell();
      });
      loaded.then(bytes.resolve, (error: unknown) => {
        if (own === attempt) bytes.reject(error);
      });
    };
    const download: Download = {
      received: 0,
      nearly: Promise.withResolvers(),
      bytes: bytes.promise,
      again: null,
    };
    this.#downloads.set(asset, download);
    const begin = (): void => {
      download.again = () => {
        const left = attempt;
        load();
        left.abort();
      };
      load();
    };
    if (turn === undefined) begin();
    else turn.then(begin, begin);
    bytes.promise.then(
      () => {
        download.again = null;
        this.#begun.delete(asset);
      },
      () => {
        this.#downloads.delete(asset);
        this.#distrusted.add(asset);
      },
    );
    return bytes.promise;
  }

  #tell(): void {
    let received = 0;
    let total = 0;
    for (const [asset, download] of this.#downloads) {
      received += Math.min(download.received, asset.transferred);
      total += asset.transferred;
    }
    if (received < total) for (const watcher of this.#watchers) watcher(received, total);
  }

  async #load(
    file: string,
    asset: Asset,
    aborter: AbortController,
    count: (bytes: number) => void,
  ): Promise<ArrayBuffer> {
    const { digest, origin, runsWebAssembly } = this.#network;
    if (!runsWebAssembly) throw new WebAssemblyMissing();
    if (digest === undefined) throw new InsecureOrigin(origin);
    const { packed, isPage } = await this.#fetch(file, asset, aborter, count);
    const open = async (): Promise<ArrayBuffer> => {
      const bytes =
        asset.packing === 'gzip' ? await unpack(file, packed, isPage) : await packed.arrayBuffer();
      if (bytesToHex(await digest(bytes)) !== asset.sha256) throw new PythonFileDamaged(file, isPage);
      return bytes;
    };
    const bytes = await this.#inTime(file, open());
    this.#distrusted.delete(asset);
    return bytes;
  }

  /** What a browser was asked for in a page that it then froze may never be answered: Firefox loses digests so. */
  async #inTime<Value>(file: string, work: Promise<Value>): Promise<Value> {
    const late = Promise.withResolvers<never>();
    const stop = this.#network.after(STALL_MILLISECONDS, () => {
      late.reject(new PythonFileStalled(file, STALL_MILLISECONDS / 1000));
    });
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      stop();
    }
  }

  async #fetch(
    file: string,
    asset: Asset,
    aborter: AbortController,
    count: (bytes: number) => void,
  ): Promise<{ readonly packed: Blob; readonly isPage: boolean }> {
    const watchdog = (): (() => void) =>
      this.#network.after(STALL_MILLISECONDS, () => {
        aborter.abort(new PythonFileStalled(file, STALL_MILLISECONDS / 1000));
      });
    let stop = watchdog();
    const begun = this.#begun.get(asset) ?? [];
    this.#begun.delete(asset);
    const length = lengthOf(begun);
    try {
      const response = await this.#network.fetch(new URL(asset.path, this.#base), {
        // The path has the content's hash in it and the bytes are verified: an old copy is as good as a new one.
        cache: this.#distrusted.has(asset) ? 'reload' : 'force-cache',
        credentials: 'omit',
        signal: aborter.signal,
        ...(length > 0 ? { headers: { range: `bytes=${String(length)}-` } } : {}),
      });
      if (!response.ok || response.body === null) throw new PythonFileMissing(file, response.status);
      const chunks = beginsAt(response, length) ? begun : [];
      count(lengthOf(chunks));
      const isWhole = readAll(response.body, (chunk) => {
        stop();
        stop = watchdog();
        chunks.push(chunk);
        count(chunk.length);
      });
      // What a host has packed once more on the way cannot be gone on with in the middle.
      if (!response.headers.has('content-encoding')) isWhole.catch(() => this.#begun.set(asset, chunks));
      await isWhole;
      const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
      return { packed: new Blob(chunks), isPage };
    } catch (error) {
      if (aborter.signal.reason instanceof PythonFileStalled) throw aborter.signal.reason;
      throw error instanceof PythonFileMissing ? error : new PythonFileMissing(file, null, error);
    } finally {
      stop();
    }
  }
}

/** The page's own network. */
export function browserNetwork(): Network {
  // TypeScript takes `subtle` for granted; on an insecure origin it is not there.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  return {
    fetch: (input, init) => fetch(input, init),
    origin: location.origin,
    runsWebAssembly: 'WebAssembly' in globalThis,
    digest: subtle === undefined ? undefined : (bytes) => subtle.digest('SHA-256', bytes),
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** The build packed the file itself, under a neutral name, so that no host unpacks it on the way. */
async function unpack(file: string, packed: Blob, isPage: boolean): Promise<ArrayBuffer> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const write = async (): Promise<void> => {
    await writer.write(await packed.arrayBuffer());
    await writer.close();
  };
  try {
    // Read by hand: from `pipeThrough` and from a Response, Firefox reports damage to the window as well.
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    await Promise.all([readAll(readable, (chunk) => chunks.push(chunk)), write()]);
    return await new Blob(chunks).arrayBuffer();
  } catch (error) {
    throw new PythonFileDamaged(file, isPage, error);
  }
}

async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onChunk: (chunk: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onChunk(value);
  }
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** Whether an answer is the part that begins there, which not every host and no service worker gives. */
function beginsAt({ status, headers }: Response, place: number): boolean {
  return status === 206 && headers.get('content-range')?.startsWith(`bytes ${String(place)}-`) === true;
}

function bytesToHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
