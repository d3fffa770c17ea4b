/**
 * One execution environment as the page sees it, from its frame to its removal: hands Python's files over
 * one by one as they arrive, says when it is late, and passes on what comes out of it, checked.
 */
import { contentToFile } from '../trace/file-content.ts';
import type { Asset, ServedPlatform } from './assets.ts';
import { Refused, Tally } from './bounds.ts';
import { BootStalled, EnvironmentCrashed, RunnerBlocked } from './errors.ts';
import { parseWorkerMessage } from './parse-worker-message.ts';
import type {
  EnvironmentSpec,
  Files,
  LateFile,
  Limits,
  PageMessage,
  PythonFile,
  QueuedInvocation,
  WorkerMessage,
} from './protocol.ts';
import type { OnRestored } from './kept-page.ts';
import { BOOT_FILES, LIBRARY, ZONES, type PythonFiles } from './python-files.ts';
import type { OpenRunner, Runner } from './runner-frame.ts';
import { afterVisible, type Clock } from './visible-time.ts';

/** What an environment says as long as it lives. */
export type LivingMessage = Exclude<WorkerMessage, { type: 'crashed' | 'awaits' }>;

export interface EnvironmentObserver {
  /** All files are there: from now on it is Python's turn. */
  handedOver(): void;
  /** Python goes on only when a file has come; `handedOver` tells of that. */
  awaitsFile(): void;
  /** A crash comes as a failure. */
  message(message: LivingMessage): void;
  /** The environment cannot be used any more; it is the owner's to remove it. */
  failed(error: Error): void;
}

/** What an environment is started with beside the platform's own; `changed` replaces files of its disk. */
export interface EnvironmentStart extends Omit<EnvironmentSpec, 'platform' | 'image'> {
  readonly changed: Files;
}

/** What an environment on the page is made with. */
export interface EnvironmentParts {
  readonly files: PythonFiles;
  readonly openRunner: OpenRunner;
  readonly clock: Clock;
  readonly onRestored: OnRestored;
}

/** Verified bytes that do not boot within a minute of the reader's looking on never will. */
const BOOT_MILLISECONDS = 60_000;

export class RemoteEnvironment {
  readonly #parts: EnvironmentParts;
  readonly #observer: EnvironmentObserver;
  readonly #runner: Promise<Runner>;
  #removed = false;
  #isFetching = false;
  #isComplete = false;
  #isOrdered = false;
  #isBooted = false;
  /** What it has sent since it was asked for something last. */
  #tally = new Tally();
  /** Files that follow, on their way to Python or there. */
  readonly #coming = new Map<LateFile, Promise<void>>();
  readonly #there = new Set<LateFile>();
  /** The platform's time zones; null before it is known what it is. */
  #zones: Asset | null = null;
  #hasFailed = false;
  #stopWatching: (() => void) | null = null;

  /** Makes the frame and its worker. */
  constructor(parts: EnvironmentParts, observer: EnvironmentObserver, mayWait: boolean) {
    this.#parts = parts;
    this.#observer = observer;
    this.#runner = this.#open();
    this.#runner.catch((error: unknown) => {
      this.#fail(error);
    });
    this.#post({ type: 'boot', mayWait });
  }

  /** Fetches what is not there yet of Python's files, from which it boots. `start` may be called at any time. */
  boot(): void {
    if (this.#isFetching) return;
    this.#isFetching = true;
    this.#handOver().then(
      () => {
        if (this.#removed) return;
        this.#isComplete = true;
        this.#watchBoot();
        this.#observer.handedOver();
        if (this.#isOrdered) void this.#bring(LIBRARY);
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  /** `image` has the description of the platform as it is started. */
  start(image: ServedPlatform, { changed, ...spec }: EnvironmentStart): void {
    const files = Object.entries(image.files).map(
      ([path, content]) => [path, contentToFile(content)] as const,
    );
    const environment: EnvironmentSpec = {
      ...spec,
      platform: image.description,
      image: { ...Object.fromEntries(files), ...changed } satisfies Files,
    };
    this.#post({ type: 'start', environment });
    this.#isOrdered = true;
    this.#zones = image.zones;
    this.#watchBoot();
    if (this.#isComplete) void this.#bring(LIBRARY);
  }

  invoke(queue: readonly QueuedInvocation[], limits: Limits): void {
    this.#tally = new Tally(queue.length);
    this.#post({ type: 'invoke', queue, limits });
  }

  /** Asks whether it can begin another run; `pong` answers, with this number. */
  ping(number: number): void {
    this.#post({ type: 'ping', number });
  }

  /** Whether Python has come to life in it. */
  get isBooted(): boolean {
    return this.#isBooted;
  }

  /** Whether Python has all its files. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Ends it, whatever it is doing; nothing is observed of it afterwards. */
  remove(): void {
    this.#removed = true;
    this.#stopWatching?.();
    this.#runner.then(
      (runner) => {
        runner.remove();
      },
      () => undefined,
    );
  }

  async #open(): Promise<Runner> {
    const { files, openRunner } = this.#parts;
    const code = await files.worker();
    if (this.#removed) throw new RunnerBlocked('frame');
    return openRunner(files.frame, code, {
      message: (value) => {
        this.#receive(value);
      },
      blocked: (error) => {
        this.#fail(error);
      },
    });
  }

  async #handOver(): Promise<void> {
    await Promise.all(
      BOOT_FILES.map(async (file) => {
        try {
          await this.#hand(file);
        } catch (error) {
          if (file !== 'boot.image') throw error;
          // Python boots plainly then, and needs its library for that.
          this.#post({ type: 'python', file, bytes: null, packing: 'none' });
          await this.#hand(LIBRARY);
          this.#coming.set(LIBRARY, Promise.resolve());
          this.#there.add(LIBRARY);
        }
      }),
    );
  }

  async #hand(file: PythonFile): Promise<void> {
    const { files } = this.#parts;
    const [bytes, runner] = await Promise.all([files.python(file), this.#runner]);
    if (!this.#removed) runner.post({ type: 'python', file, bytes, packing: files.packing(file) });
  }

  async #handZones(): Promise<void> {
    // Reader code alone asks for them before there is anything to run.
    if (this.#zones === null) return;
    const [bytes, runner] = await Promise.all([this.#parts.files.zones(this.#zones), this.#runner]);
    if (!this.#removed) runner.post({ type: 'python', file: ZONES, bytes, packing: 'brotli' });
  }

  /**
   * Fetches a file that follows what Python boots from, unless it is on its way. That it does not come matters to those who
   * wait for it.
   */
  #bring(file: LateFile): Promise<void> {
    const known = this.#coming.get(file);
    if (known !== undefined) return known;
    const coming = file === ZONES ? this.#handZones() : this.#hand(file);
    this.#coming.set(file, coming);
    coming.then(
      () => {
        this.#there.add(file);
      },
      () => {
        this.#coming.delete(file);
      },
    );
    return coming;
  }

  #await(file: LateFile): void {
    // Reader code may say so as well, and must not gain time by it.
    if (this.#there.has(file)) return;
    this.#stopWatching?.();
    // Fetched before the observer hears of it, so that the observer finds a download to watch.
    const coming = this.#bring(file);
    this.#observer.awaitsFile();
    coming.then(
      () => {
        if (this.#removed) return;
        this.#watchBoot();
        this.#observer.handedOver();
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  /** A boot begins when Python has all its files; how long it takes counts once somebody waits for it. */
  #watchBoot(): void {
    if (!this.#isComplete || !this.#isOrdered || this.#isBooted) return;
    this.#stopWatching?.();
    this.#stopWatching = afterVisible(this.#parts.clock, BOOT_MILLISECONDS, () => {
      this.#fail(new BootStalled(BOOT_MILLISECONDS / 1000));
    });
  }

  #post(message: PageMessage): void {
    this.#runner.then(
      (runner) => {
        if (!this.#removed) runner.post(message);
      },
      () => undefined,
    );
  }

  #receive(value: unknown): void {
    if (this.#removed || this.#hasFailed) return;
    let message: WorkerMessage;
    try {
      message = parseWorkerMessage(value, this.#tally);
    } catch (error) {
      // What was refused may be a part of the run's record: what comes after it tells no whole story.
      this.#fail(error instanceof Refused ? error : new Refused());
      return;
    }
    if (message.type === 'ready') {
      this.#isBooted = true;
      this.#stopWatching?.();
    }
    if (message.type === 'crashed') this.#fail(new EnvironmentCrashed(message.name, message.message));
    else if (message.type === 'awaits') this.#await(message.file);
    else this.#observer.message(message);
  }

  #fail(error: unknown): void {
    // A frame that does not come rejects every promise that waits for it: one report is enough.
    if (this.#removed || this.#hasFailed) return;
    this.#hasFailed = true;
    this.#observer.failed(error instanceof Error ? error : new EnvironmentCrashed('Error', String(error)));
  }
}
