/**
 * Python, booted and made into a platform's process. The only file that touches Pyodide: the worker,
 * the recordings and the command line all run through it.
 */
import type { loadPyodide, PyodideAPI } from 'pyodide';
import type { PyCallable, PyProxy } from 'pyodide/ffi';
import type { PlatformDescription } from '../platforms/description.ts';
import { createAlarmClock } from './alarm-clock.ts';
import { quickenPaths, type WalkedFileSystem } from './deep-paths.ts';
import { noteChanges, type NotedFileSystem } from './disk-changes.ts';
import { showLinuxErrors, type ErrorChange } from './error-numbers.ts';
import { keepExceptHook } from './except-hook.ts';
import { layLibrary } from './library-folder.ts';
import { limitNesting } from './nesting-limit.ts';
import { refuseConnections } from './no-connections.ts';
import { takeAnyName, type NamingFileSystem } from './plain-folders.ts';
import type { Changes, Files } from './protocol.ts';
import { protectFolders, type ProtectingFileSystem } from './read-only.ts';
import { limitStack } from './stack-limit.ts';

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
  /** The number of frames that are numbered already. */
  readonly frames?: number;
}

/** How a process ends that an error has ended. */
const FAILED = 1;

const HARNESS_ROOT = '/harness';
/** The folder that the harness's files are imported from. */
export const HARNESS = `${HARNESS_ROOT}/harness`;

/** How Python is booted everywhere, for a boot image as well. Standard input is empty. */
export const PYTHON_OPTIONS = { env: { HOME: '/tmp', PYTHONHASHSEED: '0' }, stdin: (): null => null };

/**
 * Imports the harness, whose `files` are those of `src/harness` by name, and all that every environment has imported.
 * The files themselves are gone afterwards, and so is their folder.
 */
export function importHarness(pyodide: PyodideAPI, files: Files): void {
  const FS = fileSystemOf(pyodide);
  FS.mkdirTree(HARNESS);
  for (const [name, content] of Object.entries(files)) FS.writeFile(`${HARNESS}/${name}`, content);
  pyodide.runPython(`
    import sys
    sys.path.insert(0, '${HARNESS_ROOT}')
    from harness import ahead_clock, boot, error_numbers, library, rehearsal, session, time_zone
    sys.path.remove('${HARNESS_ROOT}')
    boot.preload()
  `);
  for (const name of Object.keys(files)) FS.unlink(`${HARNESS}/${name}`);
  for (const place of [HARNESS, HARNESS_ROOT]) FS.rmdir(place);
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
  /** `harness/ahead_clock.py`'s `go_ahead`. */
  readonly #goAhead: PyCallable;
  /** `harness/time_zone.py`'s `await_files`. */
  readonly #awaitZones: PyCallable;
  /** Lays files into folders that are protected. */
  #layLate: (lay: () => void) => void = (lay) => {
    lay();
  };

  private constructor(pyodide: PyodideAPI, harness: Files, mayWait: boolean) {
    this.#pyodide = pyodide;
    const isFromImage = pyodide.runPython(`import sys; 'harness' in sys.modules`) as boolean;
    if (!isFromImage) importHarness(pyodide, harness);
    // Modules of ours stay reachable through the functions we hold, and through nothing that a reader meets.
    this.#prepare = pyodide.runPython(`
      from harness import ahead_clock, boot, error_numbers, event_loop, library, rehearsal, session, time_zone
      ${isFromImage ? 'boot.freshen()' : ''}
      for name in [name for name in sys.modules if name.split('.')[0] == 'harness']:
          del sys.modules[name]
      sys.path_importer_cache.clear()
      session.prepare
    `) as PyCallable;
    this.#library = pyodide.runPython('library') as PyLibrary;
    this.#rehearse = pyodide.runPython('rehearsal.rehearse') as PyCallable;
    this.#wait = pyodide.runPython('event_loop.suspend') as PyCallable;
    const changes = pyodide.runPython('error_numbers.use_linux_numbers()') as string;
    showLinuxErrors(
      pyodide as unknown as Parameters<typeof showLinuxErrors>[0],
      JSON.parse(changes) as ErrorChange[],
    );
    this.#goAhead = pyodide.runPython('ahead_clock.go_ahead') as PyCallable;
    this.#awaitZones = pyodide.runPython('time_zone.await_files') as PyCallable;
    limitStack(pyodide as unknown as Parameters<typeof limitStack>[0]);
    limitNesting(pyodide as unknown as Parameters<typeof limitNesting>[0]);
    quickenPaths(pyodide.FS as WalkedFileSystem);
    takeAnyName(pyodide.FS as NamingFileSystem);
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

  /** Makes the sandbox's disk the platform's: its folders, these files, of which later ones lie over earlier ones. */
  layDisk(platform: PlatformDescription, ...files: readonly Files[]): void {
    const { prefix, directories, readOnly = [], task } = platform;
    if (prefix !== undefined) this.#layLibrary(prefix);
    this.#mount({}, [...directories, task, ...readOnly]);
    for (const some of files) this.#mount(some);
    // Once all of them are there.
    this.#layLate = protectFolders(this.#pyodide.FS as ProtectingFileSystem, readOnly, directories);
  }

  #mount(files: Files, directories: readonly string[] = []): void {
    const FS = fileSystemOf(this.#pyodide);
    for (const directory of directories) FS.mkdirTree(directory);
    for (const [path, content] of Object.entries(files)) {
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
      FS.writeFile(path, content);
    }
  }

  /** Makes changes to the disk that are not the process's own: null for a file that is gone. */
  changeDisk(changes: Changes['files']): void {
    const FS = fileSystemOf(this.#pyodide);
    for (const [path, content] of Object.entries(changes)) {
      try {
        if (content === null) FS.unlink(path);
        else this.#mount({ [path]: content });
      } catch {
        // The process has other things in its place: what it has made itself stays.
      }
    }
  }

  #layLibrary(prefix: string): void {
    const library = this.#library;
    layLibrary(
      this.#pyodide as unknown as Parameters<typeof layLibrary>[0],
      library.library_below(prefix),
      library.archive_path(),
      library.list_archive(),
    );
  }

  /** Does once what each run does, for nothing: WebAssembly compiles a function when it is first called. */
  async rehearse(): Promise<void> {
    this.#connectStreams({ output: () => undefined });
    if (this.waits) await this.#rehearse.callPromising(this.#suspend(), Promise.resolve(null));
    else this.#rehearse(undefined, undefined);
  }

  /** Whether one of these files names an import that only the standard library's archive has. */
  needsLibrary(files: readonly string[]): boolean {
    return this.#library.needs_archive(JSON.stringify(files));
  }

  /**
   * The archive may come later: from now on a read of it waits until the promise of `arrive` has settled, or, where a
   * platform has the library's files below its `prefix`, a read of these.
   */
  awaitLibrary(arrive: () => Promise<void>, prefix?: string): void {
    const folder = prefix === undefined ? undefined : this.#library.library_below(prefix);
    this.#library.await_archive(arrive, this.#suspend(), folder);
  }

  /** From now on a sleep takes no time: `skip` moves the clock on, by milliseconds. */
  goAhead(skip: (milliseconds: number) => void): void {
    this.#goAhead(skip);
  }

  /**
   * The time zones may come later: what needs them waits until the files that `arrive` promises are there. Null where they
   * lie on the disk already.
   */
  awaitZones(arrive: (() => Promise<Files>) | null): void {
    const lay = async (files: Promise<Files>): Promise<void> => {
      const arrived = await files;
      this.#layLate(() => {
        this.#mount(arrived);
      });
    };
    this.#awaitZones(arrive === null ? undefined : (): Promise<void> => lay(arrive()), this.#suspend());
  }

  /** Python's own way to wait for a promise; where it cannot nothing, which is None in Python. Null is a thing of its own there. */
  #suspend(): PyCallable | undefined {
    return this.waits ? this.#wait : undefined;
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
      noteChanges(this.#pyodide.FS as NotedFileSystem),
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
      session.begin(limits.events, limits.output, limits.frames ?? 0);
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
    try {
      // What it writes of an error may need the standard library's sources, and so wait.
      return (this.waits ? await session.ended.callPromising() : session.ended()) as number;
    } catch (error) {
      if (!isPythonError(error)) throw error;
      // The program lets every act of Python's end in an error, its last ones as well.
      return FAILED;
    }
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
  begin(events: number, output: number, frames: number): void;
  readonly ended: PyCallable;
}

/** `harness/library.py`, seen from here. */
interface PyLibrary {
  needs_archive(files: string): boolean;
  library_below(prefix: string): string;
  archive_path(): string;
  list_archive(): string;
  await_archive(arrive: () => Promise<void>, wait: PyCallable | undefined, folder?: string): void;
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
  rmdir(path: string): void;
}

function fileSystemOf(pyodide: PyodideAPI): FileSystem {
  return pyodide.FS as FileSystem;
}
