/**
 * Python, booted and made into a platform's process. The only file that touches Pyodide: the worker,
 * the recordings and the command line all run through it.
 */
import type { loadPyodide, PyodideAPI } from 'pyodide';
import type { PyCallable, PyProxy } from 'pyodide/ffi';
import type { PlatformDescription } from '../platforms/description.ts';
import { createAlarmClock } from './alarm-clock.ts';
import { keepExceptHook } from './except-hook.ts';
import { limitNesting } from './nesting-limit.ts';
import { refuseConnections } from './no-connections.ts';
import type { Files } from './protocol.ts';
import { protectFolders, type ProtectingFileSystem } from './read-only.ts';

/** A Python that has been loaded. */
export type Python = PyodideAPI;

/** How the caller's surroundings load Python: from `node_modules`, or from bytes in a worker. */
export type LoadPython = (options: NonNullable<Parameters<typeof loadPyodide>[0]>) => Promise<PyodideAPI>;

/** The calls out of Python; JSON text both ways (`src/harness/native.py` says what it holds). */
export interface Border {
  readonly call: (module: string, name: string, args: string) => string | Promise<string>;
  readonly record: (events: string) => void;
  /** Bytes that were written straight to a standard stream. */
  readonly output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
}

export interface RunLimits {
  readonly events: number;
  readonly output: number;
}

const HARNESS_ROOT = '/harness';

/** How Python is booted everywhere, for a boot image as well. Standard input is empty. */
export const PYTHON_OPTIONS = { env: { HOME: '/tmp', PYTHONHASHSEED: '0' }, stdin: (): null => null };

/** Where a module of the harness lies while it is imported. */
export function harnessPath(name: string): string {
  return `${HARNESS_ROOT}/harness/${name}`;
}

/**
 * Imports the harness, whose `files` are those of `src/harness` by name, as sources or compiled, and all that every environment has imported.
 * The files themselves are gone afterwards.
 */
export function importHarness(pyodide: PyodideAPI, files: Files): void {
  const FS = fileSystemOf(pyodide);
  FS.mkdirTree(harnessPath(''));
  for (const [name, content] of Object.entries(files)) FS.writeFile(harnessPath(name), content);
  pyodide.runPython(`
    import sys
    sys.path.insert(0, '${HARNESS_ROOT}')
    from harness import boot, library, rehearsal, session
    sys.path.remove('${HARNESS_ROOT}')
    boot.preload()
  `);
  for (const name of Object.keys(files)) FS.unlink(harnessPath(name));
  claimRandomHashes(pyodide);
}

/**
 * Lets `sys.flags` tell what a process tells that was started without PYTHONHASHSEED. Hashes are the same in every
 * environment all the same, as every name and dictionary of a boot image was made with them. Python has no way to
 * change its flags, so the entry is overwritten in memory: one of the constants 0 and 1 with the other.
 */
function claimRandomHashes(pyodide: PyodideAPI): void {
  const numbers = pyodide.runPython(`
    import sys
    [
        id(sys.flags) + tuple.__basicsize__ + 4 * sys.flags.__match_args__.index('hash_randomization'),
        id(sys.flags.hash_randomization),
        id(1),
    ]
  `) as PyProxy;
  const [place = 0, before = 0, after = 0] = numbers.toJs() as number[];
  numbers.destroy();
  const { HEAPU32 } = (pyodide as unknown as { readonly _module: { readonly HEAPU32: Uint32Array } })._module;
  // Where another version lays it out otherwise, it stays as it is.
  if (HEAPU32[place / 4] === before) HEAPU32[place / 4] = after;
}

export class Interpreter {
  readonly python: string;
  /** Whether Python's stack can be suspended (JSPI): then the runtime really waits between invocations. */
  readonly waits: boolean;
  readonly #pyodide: PyodideAPI;
  /** `harness/session.py`'s `prepare`. */
  readonly #prepare: PyCallable;
  /** What `harness/library.py` has. */
  readonly #library: PyLibrary;
  /** `harness/rehearsal.py`'s `rehearse`. */
  readonly #rehearse: PyCallable;
  /** `harness/event_loop.py`'s `suspend`. */
  readonly #wait: PyCallable;

  private constructor(pyodide: PyodideAPI, harness: Files, mayWait: boolean) {
    this.#pyodide = pyodide;
    const isFromImage = pyodide.runPython(`import sys; 'harness' in sys.modules`) as boolean;
    if (!isFromImage) importHarness(pyodide, harness);
    // Modules of ours stay reachable through the functions we hold, and through nothing that a reader meets.
    this.#prepare = pyodide.runPython(`
      from harness import boot, event_loop, library, rehearsal, session
      ${isFromImage ? 'boot.freshen()' : ''}
      for name in [name for name in sys.modules if name.split('.')[0] == 'harness']:
          del sys.modules[name]
      sys.path_importer_cache.clear()
      session.prepare
    `) as PyCallable;
    this.#library = pyodide.runPython('library') as PyLibrary;
    this.#rehearse = pyodide.runPython('rehearsal.rehearse') as PyCallable;
    this.#wait = pyodide.runPython('event_loop.suspend') as PyCallable;
    limitNesting(pyodide as unknown as Parameters<typeof limitNesting>[0]);
    refuseConnections(pyodide as unknown as Parameters<typeof refuseConnections>[0]);
    this.python = pyodide.runPython('sys.version.split()[0]') as string;
    this.waits = mayWait && 'Suspending' in WebAssembly;
  }

  /** `harness` are the files of `src/harness` by name. With `mayWait` false the whole-queue way is forced. */
  static async boot(load: LoadPython, harness: Files, mayWait = true): Promise<Interpreter> {
    return new Interpreter(await load(PYTHON_OPTIONS), harness, mayWait);
  }

  /** The size of Python's memory in bytes. */
  memory(): number {
    return (this.#pyodide as unknown as { readonly _module: { readonly HEAPU8: Uint8Array } })._module.HEAPU8
      .length;
  }

  /** Lays files on the sandbox's disk, folders included. */
  mount(files: Files, directories: readonly string[] = []): void {
    const FS = fileSystemOf(this.#pyodide);
    for (const directory of directories) FS.mkdirTree(directory);
    for (const [path, content] of Object.entries(files)) {
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
      FS.writeFile(path, content);
    }
  }

  /** Makes the platform's folders read-only that are to be, once all files lie on the disk. */
  protect({ readOnly = [], directories }: PlatformDescription): void {
    this.mount({}, readOnly);
    protectFolders(this.#pyodide.FS as ProtectingFileSystem, readOnly, directories);
  }

  /** Does once what each run does, for nothing: WebAssembly compiles a function when it is first called. */
  async rehearse(): Promise<void> {
    this.#connectStreams({ output: () => undefined });
    if (this.waits) await this.#rehearse.callPromising(this.#suspend(), Promise.resolve(null));
    else this.#rehearse(null, null);
  }

  /** Whether one of these files names an import that only the standard library's archive has. */
  needsLibrary(files: readonly string[]): boolean {
    return this.#library.needs_archive(JSON.stringify(files));
  }

  /** The archive may come later: from now on a read of it waits until the promise of `arrive` has settled. */
  awaitLibrary(arrive: () => Promise<void>): void {
    this.#library.await_archive(arrive, this.#suspend());
  }

  /** Python's own way to wait for a promise; null where it cannot. */
  #suspend(): PyCallable | null {
    return this.waits ? this.#wait : null;
  }

  /**
   * Runs the platform's entry script as `__main__` until it ends, and gives its exit status.
   * Never settles after a fatal error of the interpreter: the caller has to listen for that.
   */
  async run(
    platform: PlatformDescription,
    variables: Readonly<Record<string, string>>,
    limits: RunLimits,
    border: Border,
  ): Promise<number> {
    this.#connectStreams(border);
    const told = [
      JSON.stringify(platform),
      JSON.stringify(variables),
      border.call,
      border.record,
      this.#suspend(),
      createAlarmClock(this.#pyodide),
    ] as const;
    keepExceptHook(
      this.#pyodide as unknown as Parameters<typeof keepExceptHook>[0],
      this.#pyodide.runPython('id(session.say_nothing)') as number,
    );
    // What is imported anew for a task that hides a module of the library may have to wait for it.
    const session = (
      this.waits ? await this.#prepare.callPromising(...told) : this.#prepare(...told)
    ) as PySession;
    if (session.outermost !== undefined) {
      session.begin(limits.events, limits.output);
      const args = session.args.toJs({ depth: 1 }) as unknown[];
      try {
        // Called from here, so that no frame lies beneath it; a promising call is what lets Python suspend.
        if (this.waits) await session.outermost.callPromising(...args);
        else session.outermost(...args);
      } catch (error) {
        if (!isPythonError(error)) throw error;
        // The session finds it in `sys.last_exc`.
      }
      // What is held from here would outlive the process.
      for (const arg of args) if (isProxy(arg)) arg.destroy();
    }
    // What it writes of an error may need the standard library's sources, and so wait.
    return this.waits ? ((await session.ended.callPromising()) as number) : (session.ended() as number);
  }

  #connectStreams(border: Pick<Border, 'output'>): void {
    const write = (stream: 'stdout' | 'stderr') => ({
      write: (bytes: Uint8Array): number => {
        border.output(stream, bytes.slice());
        return bytes.length;
      },
    });
    this.#pyodide.setStdout(write('stdout'));
    this.#pyodide.setStderr(write('stderr'));
  }
}

/** Whether an uncaught error means that Python is broken; other errors may be a reader's own. */
export function isFatal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'pyodide_fatal_error' in error;
}

/** `harness/session.py`'s Session, seen from here. */
interface PySession {
  readonly outermost: PyCallable | undefined;
  readonly args: PyProxy;
  begin(events: number, output: number): void;
  readonly ended: PyCallable;
}

/** `harness/library.py`, seen from here. */
interface PyLibrary {
  needs_archive(files: string): boolean;
  await_archive(arrive: () => Promise<void>, wait: PyCallable | null): void;
}

function isProxy(value: unknown): value is PyProxy {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && 'destroy' in value);
}

function isPythonError(error: unknown): boolean {
  return error instanceof Error && error.name === 'PythonError';
}

/** What is used of Emscripten's file system; Pyodide's types leave it open. */
interface FileSystem {
  mkdirTree(path: string): void;
  writeFile(path: string, content: string | Uint8Array): void;
  unlink(path: string): void;
}

function fileSystemOf(pyodide: PyodideAPI): FileSystem {
  return pyodide.FS as FileSystem;
}
