/** A run between the click and its end: what it has been told, and how long it may still take. */
import type { Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';
import type { PlatformDescription } from '../platforms/description.ts';
import type { FunctionSetup } from '../trace/recording.ts';
import type { Files, RunId } from './protocol.ts';
import { afterVisible, HoldingClock, type Clock } from './visible-time.ts';

/** A platform that no build has made: what a reader has brought, on the disk of one that there is. */
export interface BroughtDisk {
  readonly description: PlatformDescription;
  /** All that lies on it, by absolute path. */
  readonly files: Files;
}

export interface RunRequest {
  readonly platform: string;
  /** There where a disk is in the place of the platform's own. */
  readonly brought?: BroughtDisk;
  readonly task: Files;
  /** Files of the platform's disk that the reader has changed, by path; all others are as the platform has them. */
  readonly image: Files;
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
  /** It goes on, after it had to wait for a file. */
  resumed(): void;
  recorded(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void;
  /** The environment was kept when this run ended, and has ended by itself since: the next run is a cold start. */
  left(): void;
}

export class PendingRun {
  readonly run: RunId;
  readonly request: RunRequest;
  readonly outcome: Promise<Outcome>;
  /** Earlier runs that are repeated before this one and have not begun yet. */
  readonly repeated = new Set<RunId>();
  readonly observer: RunObserver;
  readonly #settle = Promise.withResolvers<Outcome>();
  /** A warm invocation runs at once; what needs files says so. */
  #phase: 'loading' | 'starting' | 'running' = 'running';
  #begun = false;
  #stopLoading: (() => void) | null = null;
  #stopDeadline: (() => void) | null = null;
  #stopTimeout: (() => void) | null = null;
  #stopInitLimit: (() => void) | null = null;
  #isRestarted = false;
  #isReplaced = false;
  #expired: () => void = () => undefined;
  #id: string | null = null;
  #stopPatience: (() => void) | null = null;
  #answer: Outcome | null = null;
  /** Its time stands still while it waits for a file. */
  readonly #clock: HoldingClock;

  constructor(run: RunId, request: RunRequest, observer: RunObserver, clock: Clock) {
    this.#clock = new HoldingClock(clock);
    this.run = run;
    this.request = request;
    this.outcome = this.#settle.promise;
    this.observer = observer;
  }

  get phase(): 'loading' | 'starting' | 'running' {
    return this.#phase;
  }

  /** The invocation's id; null before it has begun. */
  get id(): string | null {
    return this.#id;
  }

  /** Whether its environment has another process by now. */
  get isRestarted(): boolean {
    return this.#isRestarted;
  }

  /** Its environment gets another process. */
  restart(): void {
    this.#isRestarted = true;
    this.#stopInitLimit?.();
  }

  /** It gets another environment than the one that has not taken it on. */
  replace(): void {
    this.#isReplaced = true;
    this.repeated.clear();
    this.#stopDeadline?.();
  }

  /** Whether an environment has already died before it took this run on. */
  get isReplaced(): boolean {
    return this.#isReplaced;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** It waits for files: `watch` tells of their progress and gives the way to end that. */
  load(watch: (progress: RunObserver['loading']) => () => void): void {
    this.#stopLoading?.();
    this.#phase = 'loading';
    this.#stopLoading = watch((received, total) => {
      this.observer.loading(received, total);
    });
  }

  /** It has what it waited for. */
  start(): void {
    if (this.#phase !== 'loading') return;
    this.#stopLoading?.();
    this.#clock.hold(false);
    this.#phase = this.#begun ? 'running' : 'starting';
    if (this.#begun) this.observer.resumed();
    else this.observer.starting();
  }

  /** It cannot go on without a file that is on its way. */
  hold(watch: (progress: RunObserver['loading']) => () => void): void {
    this.#clock.hold(true);
    this.load(watch);
  }

  /** An environment is asked for the run: the deadline of the page counts from now on, even if the run never begins. */
  startDeadline(milliseconds: number, late: () => void): void {
    this.#stopDeadline?.();
    this.#stopDeadline = afterVisible(this.#clock, milliseconds, late);
  }

  /**
   * The function's own time-out, beside the page's limit. What a later call says counts, and the time of the first:
   * reader code that repeats it gains no time.
   */
  startTimeout(milliseconds: number, expired: () => void): void {
    this.#stopInitLimit?.();
    this.#expired = expired;
    this.#stopTimeout ??= afterVisible(this.#clock, milliseconds, () => {
      this.#expired();
    });
  }

  /** The limit of the init phase, which ends when an invocation's time begins to count. */
  startInitLimit(milliseconds: number, expired: () => void): void {
    this.#stopInitLimit ??= afterVisible(this.#clock, milliseconds, expired);
  }

  /** Calls back once if it goes on for so long. */
  whenLong(milliseconds: number, callback: () => void): void {
    this.#stopPatience ??= afterVisible(this.#clock, milliseconds, callback);
  }

  begin(beginning: TraceBeginning): void {
    this.#clock.hold(false);
    this.#begun = true;
    this.#id = beginning.request;
    this.#phase = 'running';
    this.#stopLoading?.();
    this.observer.began(beginning);
  }

  record(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    this.observer.recorded(events, blobs);
  }

  /** It has an answer, and its time is over; what becomes of its environment is still to be found out. */
  answered(outcome: Outcome): void {
    this.#answer = outcome;
    this.#end();
  }

  /** Calls back once unless within so many milliseconds it has begun, or ended. */
  awaitProof(milliseconds: number, late: () => void): void {
    this.#stopDeadline?.();
    this.#stopDeadline = afterVisible(this.#clock, milliseconds, late);
  }

  /** Null as long as it has no answer. */
  get answer(): Outcome | null {
    return this.#answer;
  }

  /** What goes wrong behind its answer takes nothing away from that. */
  resolve(outcome: Outcome): void {
    this.#end();
    this.#settle.resolve(this.#answer ?? outcome);
  }

  reject(error: Error): void {
    this.#end();
    if (this.#answer === null) this.#settle.reject(error);
    else this.#settle.resolve(this.#answer);
  }

  #end(): void {
    this.#stopLoading?.();
    this.#stopDeadline?.();
    this.#stopTimeout?.();
    this.#stopInitLimit?.();
    this.#stopPatience?.();
  }
}
