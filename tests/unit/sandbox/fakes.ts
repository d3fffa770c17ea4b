/** A page without a browser: a runner that notes what it is told, time that passes when told to, a host of bytes. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Asset, SandboxAssets, ServedPlatform } from '../../../src/sandbox/assets.ts';
import type { PlatformDescription } from '../../../src/platforms/description.ts';
import type { RunnerBlocked } from '../../../src/sandbox/errors.ts';
import type {
  EarlierProcesses,
  PageMessage,
  QueuedInvocation,
  WorkerMessage,
} from '../../../src/sandbox/protocol.ts';
import { EnvironmentPool, type Neighbours } from '../../../src/sandbox/environment-pool.ts';
import { BOOT_FILES, PythonFiles, type Network } from '../../../src/sandbox/python-files.ts';
import type { OpenRunner, Runner, RunnerObserver } from '../../../src/sandbox/runner-frame.ts';
import {
  Sandbox,
  type RunObserver,
  type RunRequest,
  type SandboxOptions,
} from '../../../src/sandbox/sandbox.ts';
import type { OnRestored } from '../../../src/sandbox/kept-page.ts';
import type { Clock } from '../../../src/sandbox/visible-time.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';

export class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];
  #listeners = new Set<() => void>();
  #restored: (() => void)[] = [];
  visible = true;

  readonly now = (): number => this.#now;

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  readonly isVisible = (): boolean => this.visible;

  readonly onVisibility = (callback: () => void): (() => void) => {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  };

  /** How many wait for time to pass or for the page to change. */
  get waiting(): number {
    return this.#timers.length + this.#listeners.size;
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#now = next.at;
      this.#timers = this.#timers.filter((other) => other !== next);
      next.callback();
    }
    this.#now = end;
  }

  readonly onRestored: OnRestored = (callback) => {
    this.#restored.push(callback);
  };

  /** The page was left, and the browser shows it again as it was. */
  restore(): void {
    for (const callback of this.#restored) callback();
  }

  show(visible: boolean): void {
    this.visible = visible;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** An environment's inside, played by the test. */
export class FakeRunner implements Runner {
  readonly posted: PageMessage[] = [];
  readonly code: string;
  readonly #observer: RunnerObserver;
  removed = false;
  /** Whether it can prove that it can begin another run. */
  proves = true;

  constructor(code: string, observer: RunnerObserver) {
    this.code = code;
    this.#observer = observer;
  }

  post(message: PageMessage): void {
    this.posted.push(message);
    if (message.type === 'ping' && this.proves) this.say({ type: 'pong', number: message.number, now: 1 });
  }

  remove(): void {
    this.removed = true;
  }

  say(message: WorkerMessage): void {
    this.#observer.message(message);
  }

  /** What reader code could send: anything at all. */
  forge(value: unknown): void {
    this.#observer.message(value);
  }

  block(error: RunnerBlocked): void {
    this.#observer.blocked(error);
  }

  /** The invocations it was asked for, by the messages they came in. */
  get queues(): (readonly QueuedInvocation[])[] {
    return this.posted.flatMap((message) => (message.type === 'invoke' ? [message.queue] : []));
  }

  /** The run that was asked for last. */
  get lastRun(): number {
    return this.queues.at(-1)?.at(-1)?.run ?? -1;
  }

  ready(waits = true): void {
    this.say({ type: 'ready', python: '3.14.2', waits });
  }

  begin(run = this.lastRun, cold = true): void {
    this.say({
      type: 'began',
      run,
      beginning: { format: 'trace/1', platform: 'p', python: '3.14.2', cold, request: 'r', event: '{}' },
    });
  }

  record(events: TraceEvent[], blobs: Record<string, Uint8Array> = {}, run = this.lastRun): void {
    this.say({ type: 'recorded', run, events, blobs });
  }

  /** Tells what the platform will say when the function's time is up. */
  tellTimeout(milliseconds: number, log = '', run = this.lastRun): void {
    const outcome = { status: 'timed-out', milliseconds, payload: '{"late": true}' } as const;
    this.say({ type: 'timeout', run, milliseconds, log, outcome });
  }

  answer(payload: string, run = this.lastRun): void {
    this.say({ type: 'finished', run, outcome: { status: 'returned', payload } });
  }
}

/** What an environment was told of the processes before it; undefined where it is new. */
export function beforeOf({ posted }: FakeRunner): EarlierProcesses | undefined {
  const start = posted.find(
    (message): message is Extract<PageMessage, { type: 'start' }> => message.type === 'start',
  );
  return start?.environment.before;
}

/** A host that answers with bytes, and counts the requests. */
export class FakeHost {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly requests: string[] = [];
  readonly caches: (string | undefined)[] = [];
  readonly clock: FakeClock;
  /** Files whose bytes never come. */
  readonly silent = new Set<string>();

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  add(name: string, text: string, packing: Asset['packing'] = 'gzip'): Asset {
    const bytes = new TextEncoder().encode(text);
    const packed = packing === 'gzip' ? new Uint8Array(gzipSync(bytes)) : bytes;
    const path = `_sandbox/${name}.bin`;
    this.files.set(path, packed);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path, sha256, size: bytes.length, transferred: packed.length, packing };
  }

  readonly network: Network = {
    origin: 'http://host',
    runsWebAssembly: true,
    digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
    after: (milliseconds, callback) => this.clock.after(milliseconds, callback),
    fetch: async (input, init) => {
      const path = (input as URL).href.replace('http://host/base/', '');
      this.requests.push(path);
      this.caches.push(init?.cache);
      if (this.silent.has(path)) {
        await new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(init.signal?.reason as Error);
          });
        });
      }
      const bytes = this.files.get(path);
      return bytes === undefined ? new Response('Not found', { status: 404 }) : new Response(bytes);
    },
  };
}

export interface FakePage {
  readonly clock: FakeClock;
  readonly host: FakeHost;
  readonly assets: SandboxAssets;
  readonly files: PythonFiles;
  readonly runners: FakeRunner[];
  readonly openRunner: OpenRunner;
  readonly onRestored: OnRestored;
  readonly pool: EnvironmentPool;
  readonly mayPrepare: boolean;
  readonly maySpare: boolean;
  /** The nth runner, as soon as it has Python's files and was asked to do `count` invocations. */
  readonly runner: (index: number, count?: number) => Promise<FakeRunner>;
  /** The runner that has not been removed, as soon as it has Python's files and was asked to do something. */
  readonly living: () => Promise<FakeRunner>;
}

/** `about` is what the page's one platform says of itself besides; `neighbours` are the pages that share room with it. */
export function fakePage(
  about: Partial<PlatformDescription> = {},
  neighbours: Neighbours | null = null,
): FakePage {
  const clock = new FakeClock();
  const host = new FakeHost(clock);
  const image: ServedPlatform = {
    description: {
      platform: 'p',
      service: 'p',
      entry: '/var/run.py',
      cwd: '/',
      task: '/var/task',
      directories: [],
      variables: {},
      native: [],
      ...about,
    },
    files: { '/var/run.py': { text: 'run()' }, '/var/run.so': { base64: 'AQI=' } },
    zones: host.add('zones', 'zones', 'brotli'),
  };
  const assets: SandboxAssets = {
    python: {
      'pyodide.mjs': host.add('mjs', 'export {}'),
      'pyodide.asm.mjs': host.add('asm', 'export default 1'),
      'pyodide.asm.wasm': host.add('wasm', 'wasm '.repeat(1000)),
      'boot.image': host.add('image', 'image', 'none'),
      'python_stdlib.zip': host.add('zip', 'zip', 'none'),
    },
    worker: host.add('worker', 'worker()'),
    platforms: { p: host.add('p', JSON.stringify(image)) },
    frame: '<frame>',
  };
  const files = new PythonFiles(assets, new URL('http://host/base/'), host.network);
  const runners: FakeRunner[] = [];
  const openRunner: OpenRunner = (_document, code, observer) => {
    const runner = new FakeRunner(code, observer);
    runners.push(runner);
    return runner;
  };
  const { onRestored } = clock;
  const pool = new EnvironmentPool({ files, openRunner, clock, onRestored }, neighbours);
  const runner = (index: number, count = 1): Promise<FakeRunner> => untilAble(() => runners[index], count);
  const living = (): Promise<FakeRunner> => untilAble(() => runners.find(({ removed }) => !removed), 1);
  const mayPrepare = true;
  const maySpare = true;
  return {
    clock,
    host,
    assets,
    files,
    runners,
    openRunner,
    onRestored,
    pool,
    mayPrepare,
    maySpare,
    runner,
    living,
  };
}

/** A lab's sandbox on such a page. */
export function sandboxOn(page: FakePage, options: Partial<SandboxOptions> = {}): Sandbox {
  const base = new URL('http://host/base/');
  return new Sandbox({ assets: page.assets, base, document: null as unknown as Document, ...options }, page);
}

/** Milliseconds. Unpacking and hashing a few bytes takes other threads, which a busy machine may let wait. */
const PATIENCE = 60_000;

/** The runner that `find` gives, as soon as it can do what it was asked for: no real one begins without its files. */
async function untilAble(find: () => FakeRunner | undefined, count: number): Promise<FakeRunner> {
  const able = await until(() => {
    const found = find();
    if (found === undefined || found.queues.length < count) return null;
    return found.posted.filter(({ type }) => type === 'python').length >= BOOT_FILES.length ? found : null;
  });
  // The page, too, has to hear that it has handed over everything.
  await nextTurn();
  return able;
}

/** What `find` gives, as soon as it gives something. */
export async function until<Found>(find: () => Found | null): Promise<Found> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const found = find();
    if (found !== null) return found;
    await nextTurn();
  }
  throw new Error('What the test waits for does not come.');
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export const request: RunRequest = {
  platform: 'p',
  task: { '/var/task/main.py': 'def handler(): ...' },
  image: {},
  setup: { handler: 'main.handler', suppressInit: false, timeout: 3000, variables: {} },
  event: '{}',
};

/** Notes what a run tells, as one word each. */
export function notingObserver(): RunObserver & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    loading: () => {
      if (told.at(-1) !== 'loading') told.push('loading');
    },
    starting: () => told.push('starting'),
    began: ({ cold }) => told.push(cold ? 'began cold' : 'began warm'),
    resumed: () => told.push('resumed'),
    recorded: (events) => told.push(...events.map(({ kind }) => kind)),
    left: () => told.push('left'),
  };
}
