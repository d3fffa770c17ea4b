/**
 * The far side of the runtime's border: what hands out invocations and takes answers.
 *
 * A platform's service (`src/platforms/<platform>/service.ts`) plays the native half of the runtime and the platform
 * behind it. The interpreter forwards every call of a native function to `call`; the service answers at once, or later
 * with a promise (an environment that waits). Services import `src/trace`, and what platforms share.
 */
import type { Outcome, TraceEvent } from '../trace/format.ts';
import type { FunctionSetup } from '../trace/recording.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How bytes cross the border: what Python hands over or receives as `bytes`. */
export interface Bytes extends Readonly<Record<string, string>> {
  readonly base64: string;
}

/** What a native call comes back with. Arrays arrive in Python as tuples. */
export type Answer =
  | { readonly value: Json }
  /** Raises an exception with this text in the runtime: OSError when no type is given. */
  | { readonly error: string; readonly type?: 'OSError' | 'RuntimeError' }
  /** The process gets this signal, and the call is made again if it is still there. */
  | { readonly signal: number }
  /** The environment is not needed any more: ends the process where it waits. */
  | { readonly end: true }
  /** The native part takes the process with it: its status, negative for a signal. */
  | { readonly exit: number };

export interface Invocation {
  readonly request: string;
  readonly event: string;
}

/** What a service may use of the world; the interpreter supplies it. */
export interface ServiceWorld {
  /** The function's files as they lie on the disk, by path. */
  readonly task: Readonly<Record<string, string | Uint8Array>>;
  /** The invocation that this environment was started for. */
  readonly startedFor: string;
  /** How many processes the environment has had before this one: with any, it was reset. */
  readonly earlierProcesses: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Adds to the trace, in order with what Python records. */
  readonly emit: (event: TraceEvent) => void;
  /**
   * The next invocation, a promise while there is none, or null when there will be none; with `patience`, null as well
   * when none has come in so many milliseconds.
   */
  readonly next: (patience?: number) => Invocation | null | Promise<Invocation | null>;
  /** The invocation was answered. */
  readonly finish: (request: string, outcome: Outcome) => void;
  /**
   * From now on the invocation may take so many milliseconds, or the init phase where `request` is null. If it is not
   * over then, the process is ended and `last` is said. It is told beforehand, for an environment that is busy in
   * Python can say nothing any more. A later call takes the place of the one before.
   */
  readonly limit: (request: string | null, milliseconds: number, last: LastWords | Interruption) => void;
  /** Called in `exited`: the platform starts another process in the environment, for the invocation that is open. */
  readonly restart: () => void;
  /** Megabytes that the process uses, for the REPORT line. */
  readonly memoryUsed: () => number;
}

/** What the platform says of an invocation whose time is up. */
export interface LastWords {
  /** The platform's own lines at the end of the log. */
  readonly log: string;
  readonly outcome: Outcome;
}

/** The same where it starts another process, which takes the invocation on: then that is no outcome. */
export interface Interruption {
  readonly log: string;
  readonly outcome: null;
}

export interface Service {
  /**
   * The environment comes to life: called once, before the process is started. False when the platform does not start
   * it; then it has answered the invocation itself. Where the platform makes the process's variables of more than the
   * setup, this gives all of them. A first invocation that is there before the process is can be asked for here.
   */
  begin?(): boolean | Readonly<Record<string, string>>;
  /** A native function was called. Must answer every function that `platform.json` lists. */
  call(module: string, name: string, args: readonly Json[]): Answer | Promise<Answer>;
  /** Bytes written straight to a standard stream, past the runtime. */
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** The runtime's process ended with this status; invocations it still owed an answer are failed. */
  exited(code: number): void;
}

/** What each service module exports as `createService`. */
export type CreateService = (setup: FunctionSetup, world: ServiceWorld) => Service;
