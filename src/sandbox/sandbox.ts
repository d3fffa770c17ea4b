/**
 * The page side of one function's sandbox: decides whether a run is a cold start or a warm invocation,
 * and keeps what outlives an environment. The life of an environment is the life of a worker.
 */
import type { Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';
import type { FunctionSetup } from '../trace/recording.ts';
import type { SandboxAssets } from './assets.ts';
import type { Files, Limits } from './protocol.ts';

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

export declare class Sandbox {
  constructor(options: SandboxOptions);
  /** Call on the reader's intent (focus, pointer over Run): files begin to load, the frame is made. */
  prepare(): void;
  /**
   * Runs one invocation: warm when platform, task and setup are those of the environment that waits,
   * else a cold start. A run that is still going on is stopped first. Rejects with a `SandboxError`.
   */
  run(request: RunRequest, observer: RunObserver): Promise<Outcome>;
  /** Ends the run, if any, and removes the environment. */
  stop(): void;
  get state(): SandboxState;
}
