/**
 * The far side of the runtime's border: what hands out invocations and takes answers.
 *
 * A platform's service (`src/services/<name>.ts`, named by the platform's `image.json`) plays the
 * native half of the runtime and the platform behind it. The interpreter forwards every call of a
 * native function to `call`; the service answers at once, or later with a promise (an environment
 * that waits). Services import nothing but `src/trace`.
 */
import type { Outcome, TraceEvent } from '../trace/format.ts';
import type { FunctionSetup } from '../trace/recording.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How bytes cross the border: what Python hands over or receives as `bytes`. */
export interface Bytes extends Readonly<Record<string, string>> {
  readonly base64: string;
}

/**
 * What a platform's folder says of itself: `src/images/<platform>/image.json`. Its `title`, in each language, is for
 * the pages alone (`content.config.ts`).
 */
export interface PlatformDescription {
  readonly platform: string;
  /** File name of the service in `src/services`, without its ending. */
  readonly service: string;
  /** The script that the platform starts: it becomes `__main__`. */
  readonly entry: string;
  /** Whose that script is: left out, the runtime's. Where it is one of the function's own files, there is no runtime. */
  readonly entryOwner?: 'handler';
  /** There when a module is started in place of a script: `entry` is that module's file. */
  readonly start?: ModuleStart;
  /** Other ways in which the platform may start its process, by name; `chooseStart` takes one. */
  readonly starts?: Readonly<Record<string, ModuleStart>>;
  /** What a handler is called there unless its owner says otherwise; left out, `lambda_function.lambda_handler`. */
  readonly handler?: string;
  /** The variable that tells the process the handler's name, where one does. */
  readonly handlerVariable?: string;
  /** The variable with the address of a server that the process connects to: `socket.exchange` plays it. */
  readonly connects?: string;
  /** The ways in which its runtime can be told to wait for invocations, the usual one first, where it has several. */
  readonly modes?: readonly string[];
  /** Whether the platform hands the process open sockets, by number: `socket.receive` and `socket.send` play them. */
  readonly passesSockets?: boolean;
  /**
   * The variable with the port that the process listens on, where it is itself the server: `socket.accept` (→ the
   * connection's descriptor) and `socket.close` play it beside the two calls above.
   */
  readonly listens?: string;
  /**
   * There where the process's file descriptors `in` and `out` are pipes whose other ends the platform holds.
   * `pipe.read` (descriptor, size → bytes, none at the end of the file) and `pipe.write` (descriptor, bytes) play them.
   */
  readonly pipes?: { readonly in: number; readonly out: number };
  /** Files of the function that the platform lays on its disk under another name, by the name that its owner gave. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Folders of other platforms' disks that lie on this one, too, by platform. */
  readonly includes?: Readonly<Record<string, readonly string[]>>;
  /** The path of Python itself, as the process's `sys.executable` names it. */
  readonly executable?: string;
  readonly cwd: string;
  /** Where the function's own files lie. */
  readonly task: string;
  readonly directories: readonly string[];
  /** Folders that nobody can write to once the environment is there. */
  readonly readOnly?: readonly string[];
  /** Folders of the image whose code is passed over in a recording, as the standard library's is. */
  readonly library?: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** The platform's own lines around a first invocation, in their order; names in braces stand for what varies. */
  readonly log?: readonly string[];
  readonly native: readonly NativeModule[];
}

/** `python -m MODULE ARGUMENT…` */
export interface ModuleStart {
  readonly module: string;
  /** The module's file. */
  readonly entry: string;
  /** The variables whose values are the arguments; one that is not set is no argument. */
  readonly arguments: readonly string[];
  /** Variables that the process has besides, started in this way. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The same platform, started in another of its ways. Throws RangeError when there is none of that name. */
export function chooseStart(description: PlatformDescription, name: string): PlatformDescription {
  const start = description.starts?.[name];
  if (start === undefined) throw new RangeError(`${description.platform} has no start named ${name}`);
  const variables = { ...description.variables, ...start.variables };
  return { ...description, start, entry: start.entry, variables };
}

/** Where the platform lays a file of the function, by the name that its owner gave. */
export function taskPath(
  { task, renames = {} }: Pick<PlatformDescription, 'task' | 'renames'>,
  name: string,
): string {
  return `${task}/${renames[name] ?? name}`;
}

/** A module that is not Python: imported by name, played by the service. */
export interface NativeModule {
  readonly module: string;
  /** The file that stands for it on the disk, or null when there is none. */
  readonly origin: string | null;
  readonly functions: readonly string[];
  /** The function among them whose first argument is text for the log: past the cap its calls do not cross. */
  readonly output?: string;
}

/** What a native call comes back with. Arrays arrive in Python as tuples. */
export type Answer =
  | { readonly value: Json }
  /** Raises an exception with this text in the runtime: OSError when no type is given. */
  | { readonly error: string; readonly type?: 'OSError' | 'RuntimeError' }
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
   * The invocation, just handed out, may take so many milliseconds. If it has not been answered then, the
   * environment is removed and `last` is said. It is told beforehand, for an environment that is busy in
   * Python can say nothing any more.
   */
  readonly limit: (request: string, milliseconds: number, last: LastWords) => void;
  /** Megabytes that the process uses, for the REPORT line. */
  readonly memoryUsed: () => number;
}

/** What the platform says of an invocation whose time is up. */
export interface LastWords {
  /** The platform's own lines at the end of the log. */
  readonly log: string;
  readonly outcome: Outcome;
}

export interface Service {
  /**
   * The environment comes to life: called once, before the process is started. False when the platform does not start
   * it; then it has answered the invocation itself. Where the platform makes the process's variables of more than the
   * setup, this gives all of them. A first invocation that is there before the process is can be asked for here.
   */
  begin?(): boolean | Readonly<Record<string, string>>;
  /** A native function was called. Must answer every function that `image.json` lists. */
  call(module: string, name: string, args: readonly Json[]): Answer | Promise<Answer>;
  /** Bytes written straight to a standard stream, past the runtime. */
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** The runtime's process ended with this status; invocations it still owed an answer are failed. */
  exited(code: number): void;
}

/** What each service module exports as `createService`. */
export type CreateService = (setup: FunctionSetup, world: ServiceWorld) => Service;
