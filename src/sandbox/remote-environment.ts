/**
 * One execution environment as the page sees it, from its frame to its removal: hands Python's files over
 * one by one as they arrive, says when it is late, and passes on what comes out of it, checked.
 */
import { chooseStart } from '../services/service.ts';
import { contentToFile } from '../trace/recording.ts';
import type { ImageBundle } from './assets.ts';
import { BootStalled, EnvironmentCrashed, RunnerBlocked } from './errors.ts';
import { parseWorkerMessage } from './parse-worker-message.ts';
import type {
  EnvironmentSpec,
  Files,
  Limits,
  PageMessage,
  QueuedInvocation,
  WorkerMessage,
} from './protocol.ts';
import { PYTHON_FILES, type PythonFiles } from './python-files.ts';
import type { OpenRunner, Runner } from './runner-frame.ts';
import { afterVisible, type Clock } from './visible-time.ts';

/** What an environment says as long as it lives. */
export type LivingMessage = Exclude<WorkerMessage, { type: 'crashed' }>;

export interface EnvironmentObserver {
  /** All files are there: from now on it is Python's turn. */
  handedOver(): void;
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
}

/** Verified bytes that do not boot within a minute of the reader's looking on never will. */
const BOOT_MILLISECONDS = 60_000;

/** What reader code may send before it counts as a flood. */
const MOST_SENSELESS_MESSAGES = 100;

export class RemoteEnvironment {
  readonly #parts: EnvironmentParts;
  readonly #observer: EnvironmentObserver;
  readonly #runner: Promise<Runner>;
  #removed = false;
  #isComplete = false;
  #isStarted = false;
  #senseless = 0;
  #stopWatching: (() => void) | null = null;

  /** Fetches what is not there yet and makes the frame; `start` may be called at any time. */
  constructor(parts: EnvironmentParts, observer: EnvironmentObserver) {
    this.#parts = parts;
    this.#observer = observer;
    this.#runner = this.#open();
    this.#handOver().then(
      () => {
        if (this.#removed) return;
        this.#isComplete = true;
        this.#watchBoot();
        observer.handedOver();
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  start(image: ImageBundle, { changed, ...spec }: EnvironmentStart, mayWait: boolean): void {
    const { start } = spec.setup;
    const files = Object.entries(image.files).map(
      ([path, content]) => [path, contentToFile(content)] as const,
    );
    const environment: EnvironmentSpec = {
      ...spec,
      platform: start === undefined ? image.description : chooseStart(image.description, start),
      image: { ...Object.fromEntries(files), ...changed } satisfies Files,
    };
    this.#post({ type: 'start', environment, mayWait });
    this.#isStarted = true;
    this.#watchBoot();
  }

  invoke(queue: readonly QueuedInvocation[], limits: Limits): void {
    this.#post({ type: 'invoke', queue, limits });
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
    const { files } = this.#parts;
    await Promise.all(
      PYTHON_FILES.map(async (file) => {
        const [bytes, runner] = await Promise.all([files.python(file), this.#runner]);
        if (!this.#removed) runner.post({ type: 'python', file, bytes });
      }),
    );
  }

  /** A boot begins when Python has both its files and its order to start. */
  #watchBoot(): void {
    if (!this.#isComplete || !this.#isStarted) return;
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
    if (this.#removed) return;
    const message = parseWorkerMessage(value);
    if (message === null) {
      this.#senseless += 1;
      if (this.#senseless > MOST_SENSELESS_MESSAGES) {
        this.#fail(new EnvironmentCrashed('Error', 'It sent messages that make no sense.'));
      }
      return;
    }
    if (message.type === 'ready') this.#stopWatching?.();
    if (message.type === 'crashed') this.#fail(new EnvironmentCrashed(message.name, message.message));
    else this.#observer.message(message);
  }

  #fail(error: unknown): void {
    if (this.#removed) return;
    this.#observer.failed(error instanceof Error ? error : new EnvironmentCrashed('Error', String(error)));
  }
}
