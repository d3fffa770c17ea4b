/**
 * The page side of one function's sandbox: decides whether a run is a cold start or a warm invocation,
 * and keeps what outlives an environment. The life of an environment is the life of a worker.
 */
import type { Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';
import type { FunctionSetup } from '../trace/recording.ts';
import type { Buckets } from '../services/objects.ts';
import type { SandboxAssets } from './assets.ts';
import { EnvironmentCrashed, SandboxStopped } from './errors.ts';
import { keepObjects, weighRecorded } from './kept-objects.ts';
import type { Files, Limits, RunId, WorkerMessage } from './protocol.ts';
import { PythonFiles } from './python-files.ts';
import { RemoteEnvironment, type EnvironmentParts } from './remote-environment.ts';
import { openRunnerIn } from './runner-frame.ts';
import { isSameFunction } from './same-function.ts';
import { afterVisible, pageClock } from './visible-time.ts';

/** What a live run keeps unless the page says otherwise: both are far above what a reader steps through. */
export const DEFAULT_LIMITS: Limits = { events: 40_000, output: 65_536 };

/** Milliseconds of visible time that an invocation may take unless the page says otherwise. */
export const DEFAULT_DEADLINE = 10_000;

export interface SandboxOptions {
  readonly assets: SandboxAssets;
  /** The site's base, with a slash at its end: the paths of `assets` are relative to it. */
  readonly base: URL;
  readonly document: Document;
  readonly limits?: Limits;
  /** Milliseconds of visible time from the beginning of an invocation to its end. */
  readonly deadline?: number;
  /** False forces the way of waiting that needs no JSPI. */
  readonly mayWait?: boolean;
}

export interface RunRequest {
  readonly platform: string;
  readonly task: Files;
  readonly setup: FunctionSetup;
  readonly event: string;
}

/** What a run tells while it goes on; its end is the promise's. */
export interface RunObserver {
  /** Bytes of all the files that are being fetched, together. Not called when everything is there. */
  loading(received: number, total: number): void;
  /** Python starts. Not called for a warm invocation. */
  starting(): void;
  began(beginning: TraceBeginning): void;
  recorded(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void;
}

/** `warm`: an environment waits for its next invocation. */
export type SandboxState = 'idle' | 'loading' | 'starting' | 'running' | 'warm';

/** Bytes and characters that one run may send to the page: far above what an honest one does. */
const HEAVIEST_RUN = 128 * 1024 * 1024;

/** The effects of the page: make them once where several sandboxes of a page share Python's files. */
export function pageParts({ assets, base, document }: SandboxOptions): EnvironmentParts {
  return {
    files: new PythonFiles(assets, base),
    openRunner: openRunnerIn(document),
    clock: pageClock(document),
  };
}

/** What the page knows of the environment that is there. */
interface Living {
  readonly environment: RemoteEnvironment;
  /** The function it was started for; null as long as it is only being prepared. */
  started: RunRequest | null;
  /** Whether it can wait for another invocation; null before Python has booted. */
  waits: boolean | null;
}

/**
 * The invocations of one environment that cannot wait: each run repeats the earlier ones in a new worker,
 * unseen, from what the buckets held when it all began.
 */
interface History {
  readonly function: RunRequest;
  readonly events: readonly string[];
  readonly objects: Buckets;
}

interface Pending {
  readonly run: RunId;
  readonly request: RunRequest;
  readonly observer: RunObserver;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  phase: 'loading' | 'starting' | 'running';
  begun: boolean;
  /** Earlier runs that are being repeated and have not begun yet. */
  readonly repeated: Set<RunId>;
  weight: number;
  /** An environment has already died before it took this run on. */
  replaced: boolean;
  stopLoading: () => void;
  stopDeadline: () => void;
}

export class Sandbox {
  readonly #parts: EnvironmentParts;
  readonly #limits: Limits;
  readonly #deadline: number;
  readonly #mayWait: boolean;
  #living: Living | null = null;
  #history: History | null = null;
  #buckets: Buckets = {};
  #pending: Pending | null = null;
  #runs: RunId = 0;

  constructor(options: SandboxOptions, parts: EnvironmentParts = pageParts(options)) {
    this.#parts = parts;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#deadline = options.deadline ?? DEFAULT_DEADLINE;
    this.#mayWait = options.mayWait ?? true;
  }

  get state(): SandboxState {
    if (this.#pending !== null) return this.#pending.phase;
    return this.#living !== null && this.#living.started !== null ? 'warm' : 'idle';
  }

  /** Call on the reader's intent (focus, pointer over Run): files begin to load, the frame is made. */
  prepare(): void {
    this.#living ??= this.#makeEnvironment();
  }

  /**
   * Runs one invocation: warm when platform, task and setup are those of the environment that waits,
   * else a cold start. A run that is still going on is stopped first. Rejects with a `SandboxError`.
   */
  run(request: RunRequest, observer: RunObserver): Promise<Outcome> {
    if (this.#pending !== null) this.stop();
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        run: this.#newRun(),
        request,
        observer,
        resolve,
        reject,
        phase: 'loading',
        begun: false,
        repeated: new Set(),
        weight: 0,
        replaced: false,
        stopLoading: () => undefined,
        stopDeadline: () => undefined,
      };
      this.#pending = pending;
      const living = this.#living;
      if (living?.started && isSameFunction(living.started, request)) {
        pending.phase = 'running';
        this.#startDeadline(pending);
        living.environment.invoke([{ run: pending.run, event: request.event }], this.#limits);
      } else {
        this.#startCold(pending);
      }
    });
  }

  /** Ends the run, if any, and removes the environment. */
  stop(): void {
    this.#fail(new SandboxStopped());
  }

  #startCold(pending: Pending): void {
    const { request } = pending;
    if (this.#history === null || !isSameFunction(this.#history.function, request)) {
      this.#history = { function: request, events: [], objects: this.#buckets };
    }
    if (this.#living !== null && this.#living.started !== null) this.#removeEnvironment();
    const living = (this.#living ??= this.#makeEnvironment());
    living.started = request;
    pending.phase = 'loading';
    pending.stopLoading = this.#parts.files.watch((received, total) => {
      pending.observer.loading(received, total);
    });
    this.#order(pending, living.environment, this.#history).catch((error: unknown) => {
      if (this.#pending === pending) this.#fail(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async #order(pending: Pending, environment: RemoteEnvironment, history: History): Promise<void> {
    const { platform, task, setup } = pending.request;
    const image = await this.#parts.files.image(platform);
    if (this.#living?.environment !== environment) return;
    environment.start(image, { task, setup, objects: history.objects }, this.#mayWait);
    const repeated = history.events.map((event) => ({ run: this.#newRun(), event }));
    for (const { run } of repeated) pending.repeated.add(run);
    environment.invoke([...repeated, { run: pending.run, event: pending.request.event }], this.#limits);
    if (environment.isComplete) this.#tellStarting(pending);
  }

  #makeEnvironment(): Living {
    const living: Living = {
      started: null,
      waits: null,
      environment: new RemoteEnvironment(this.#parts, {
        handedOver: () => {
          if (living.started !== null && this.#pending !== null) this.#tellStarting(this.#pending);
        },
        message: (message) => {
          this.#receive(living, message);
        },
        failed: (error) => {
          this.#fail(error);
        },
      }),
    };
    return living;
  }

  #tellStarting(pending: Pending): void {
    if (pending.phase !== 'loading') return;
    pending.phase = 'starting';
    pending.stopLoading();
    pending.observer.starting();
  }

  #receive(living: Living, message: WorkerMessage): void {
    const pending = this.#pending;
    switch (message.type) {
      case 'ready':
        if (living.waits === null && pending !== null) this.#startDeadline(pending);
        living.waits ??= message.waits;
        break;
      case 'began':
        if (pending !== null) this.#begin(pending, message.run, message.beginning);
        break;
      case 'recorded':
        if (pending?.begun === true && message.run === pending.run) {
          this.#record(pending, message.events, message.blobs);
        }
        break;
      case 'finished':
        if (pending?.begun === true && message.run === pending.run) {
          this.#finish(living, pending, message.outcome);
        }
        break;
      case 'exited':
        this.#leave(pending, message.code);
        break;
      case 'crashed':
        this.#fail(new EnvironmentCrashed(message.name, message.message));
        break;
      default:
        message satisfies never;
    }
  }

  /** Each run begins once: to say so again gains a reader's code no time. */
  #begin(pending: Pending, run: RunId, beginning: TraceBeginning): void {
    const isRepeated = pending.repeated.delete(run);
    if (!isRepeated && (run !== pending.run || pending.begun)) return;
    this.#startDeadline(pending);
    if (isRepeated) return;
    pending.begun = true;
    pending.phase = 'running';
    pending.stopLoading();
    pending.observer.began(beginning);
  }

  /** An invocation that an environment never begins is late as well. */
  #startDeadline(pending: Pending): void {
    pending.stopDeadline();
    pending.stopDeadline = afterVisible(this.#parts.clock, this.#deadline, () => {
      this.#settle({ status: 'limited', by: 'milliseconds' });
    });
  }

  #record(
    pending: Pending,
    events: readonly TraceEvent[],
    blobs: Readonly<Record<string, Uint8Array>>,
  ): void {
    pending.weight += weighRecorded(events, blobs);
    if (pending.weight > HEAVIEST_RUN) {
      this.#settle({ status: 'limited', by: 'memory' });
      return;
    }
    this.#buckets = keepObjects(this.#buckets, events, blobs);
    pending.observer.recorded(events, blobs);
  }

  #finish(living: Living, pending: Pending, outcome: Outcome): void {
    const history = this.#history;
    if (outcome.status === 'exited') this.#history = null;
    else if (history !== null)
      this.#history = { ...history, events: [...history.events, pending.request.event] };
    if (outcome.status === 'exited' || living.waits !== true) this.#removeEnvironment();
    this.#takePending()?.resolve(outcome);
  }

  /** The process is over. A run that it never took on goes to a new environment, as the platform would have it. */
  #leave(pending: Pending | null, code: number): void {
    if (pending !== null && !pending.begun && !pending.replaced) {
      pending.replaced = true;
      pending.repeated.clear();
      this.#history = null;
      this.#startCold(pending);
    } else {
      this.#fail(
        new EnvironmentCrashed('Exited', `The process ended with status ${code} and owes an answer.`),
      );
    }
  }

  /** Ends the run with an outcome that no environment survives. */
  #settle(outcome: Outcome): void {
    this.#history = null;
    this.#removeEnvironment();
    this.#takePending()?.resolve(outcome);
  }

  #fail(error: Error): void {
    this.#history = null;
    this.#removeEnvironment();
    this.#takePending()?.reject(error);
  }

  #takePending(): Pending | null {
    const pending = this.#pending;
    this.#pending = null;
    pending?.stopLoading();
    pending?.stopDeadline();
    return pending;
  }

  #removeEnvironment(): void {
    this.#living?.environment.remove();
    this.#living = null;
  }

  #newRun(): RunId {
    this.#runs += 1;
    return this.#runs;
  }
}
