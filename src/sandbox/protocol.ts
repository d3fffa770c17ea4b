/**
 * What the page and one execution environment say to each other.
 *
 * One worker (in Node: one process) is one execution environment. The page writes `PageMessage`,
 * the environment writes `WorkerMessage`. There is no `stop`: an environment busy in Python cannot
 * read one, so stopping is removing it. What comes out of an environment may have been touched by
 * reader code, so the page parses it (`parseWorkerMessage`): shapes checked, lengths capped.
 */
import type { Buckets } from '../platforms/shared/objects.ts';
import type { PlatformDescription } from '../platforms/description.ts';
import type { Outcome, TraceBeginning, TraceEvent } from '../trace/format.ts';
import type { FunctionSetup } from '../trace/recording.ts';

/** Names one click on Run, so that late messages of an earlier run can be told apart. */
export type RunId = number;

/** Files of a disk by absolute path. Text as text, anything else as bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface EnvironmentSpec {
  readonly platform: PlatformDescription;
  readonly image: Files;
  readonly task: Files;
  readonly setup: FunctionSetup;
  /** What the buckets hold when the environment starts: buckets outlive environments. */
  readonly objects: Buckets;
  /** There when the environment has had a process before this one, or has one beside it: then the environment is not new. */
  readonly before?: EarlierProcesses;
}

/** What a process takes over from those that were started before it in the same environment. */
export interface EarlierProcesses {
  /** How many there were. */
  readonly count: number;
  /** What they left in the folders that a reset keeps, or that all processes of the environment share. */
  readonly files: Files;
}

export interface Limits {
  /** Recorded events after which recording ends and the run goes on. */
  readonly events: number;
  /** Characters of output that are kept. */
  readonly output: number;
}

export interface QueuedInvocation {
  readonly run: RunId;
  readonly event: string;
  /** There when an earlier process of the environment has begun the run, under this id: the run goes on. */
  readonly request?: string;
  /** What other processes of the environment have changed since this one had its last invocation. */
  readonly changes?: Changes;
}

export interface Changes {
  /** Files by their paths; null for one that is gone. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  /** All buckets; null where nothing of theirs has changed. */
  readonly objects: Buckets | null;
}

/** The files Python is made of; each is handed over by itself and used on arrival. */
export type PythonFile =
  'pyodide.mjs' | 'pyodide.asm.mjs' | 'pyodide.asm.wasm' | 'boot.image' | 'python_stdlib.zip';

/** Files that follow where a run asks for them: what is not in the boot image of the standard library, and the time zones. */
export type LateFile = 'python_stdlib.zip' | 'zoneinfo.bin';

export type PageMessage =
  /** A file of Python's; null for the boot image when there is none to be had: then Python boots plainly. */
  | {
      readonly type: 'python';
      readonly file: PythonFile | LateFile;
      readonly bytes: ArrayBuffer | null;
      readonly packing: Packing;
    }
  /** Boots Python before anybody knows for what. `mayWait` false forces the way of waiting that needs no JSPI, for tests. */
  | { readonly type: 'boot'; readonly mayWait: boolean }
  | { readonly type: 'start'; readonly environment: EnvironmentSpec }
  /**
   * Hands out invocations, the first also begins the init phase. Where Python can wait (JSPI) one at
   * a time will do; where it cannot, an environment takes its whole queue in one message.
   */
  | { readonly type: 'invoke'; readonly queue: readonly QueuedInvocation[]; readonly limits: Limits }
  /** Asks for a proof that the environment can begin another run: `pong`, as soon as its process waits for one. */
  | { readonly type: 'ping'; readonly number: number };

/** How bytes are packed when they reach an environment: the page itself unpacks what is packed with gzip. */
export type Packing = 'brotli' | 'none';

export type WorkerMessage =
  /** Python cannot go on without this file; it goes on as soon as that is handed over. */
  | { readonly type: 'awaits'; readonly file: LateFile }
  /** Python has booted and the files are on the disk; nothing of the model has run yet. */
  | { readonly type: 'ready'; readonly python: string; readonly waits: boolean }
  | { readonly type: 'began'; readonly run: RunId; readonly beginning: TraceBeginning }
  | {
      readonly type: 'recorded';
      readonly run: RunId;
      readonly events: readonly TraceEvent[];
      /** Bytes of objects that the events name, by hash. */
      readonly blobs: Readonly<Record<string, Uint8Array>>;
    }
  /**
   * The invocation has been handed out, and this is how it ends if nothing has finished it in so many milliseconds.
   * Who reads this removes the environment then: busy in Python, it could not say a word.
   */
  | {
      readonly type: 'timeout';
      readonly run: RunId;
      readonly milliseconds: number;
      /** The platform's last lines in the log. */
      readonly log: string;
      /** Null when the init phase took too long: another process takes the run on. */
      readonly outcome: Outcome | null;
    }
  | { readonly type: 'finished'; readonly run: RunId; readonly outcome: Outcome }
  /**
   * The runtime's process is over; invocations that it never asked for are still unanswered. `restarts`: the platform
   * starts another process in the same environment, which takes the run on.
   */
  | { readonly type: 'exited'; readonly code: number; readonly restarts: boolean }
  /** The process waits, and what a run needs of JavaScript works: `now` is by the environment's own clock. */
  | { readonly type: 'pong'; readonly number: number; readonly now: number }
  /** Python itself failed: the environment must be replaced. */
  | { readonly type: 'crashed'; readonly name: string; readonly message: string };
