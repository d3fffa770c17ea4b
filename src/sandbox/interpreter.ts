/**
 * Python, booted and made into a platform's process. The only file that touches Pyodide: the worker,
 * the recordings and the command line all run through it.
 */
import type { loadPyodide, PyodideAPI } from 'pyodide';
import type { PyCallable, PyProxy } from 'pyodide/ffi';
import type { PlatformDescription } from '../services/service.ts';
import type { Files } from './protocol.ts';
import { protectFolder, type ProtectingFileSystem } from './read-only.ts';

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

export class Interpreter {
  readonly python: string;
  /** Whether Python's stack can be suspended (JSPI): then the runtime really waits between invocations. */
  readonly waits: boolean;
  readonly #pyodide: PyodideAPI;
  readonly #harness: Files;

  private constructor(pyodide: PyodideAPI, harness: Files, mayWait: boolean) {
    this.#pyodide = pyodide;
    this.#harness = harness;
    this.python = pyodide.runPython('import sys; sys.version.split()[0]') as string;
    this.waits = mayWait && 'Suspending' in WebAssembly;
  }

  /** `harness` are the files of `src/harness` by name. With `mayWait` false the whole-queue way is forced. */
  static async boot(load: LoadPython, harness: Files, mayWait = true): Promise<Interpreter> {
    const pyodide = await load({
      env: { HOME: '/tmp', PYTHONHASHSEED: '0' },
      // Nobody types: reading from standard input meets its end.
      stdin: () => null,
    });
    return new Interpreter(pyodide, harness, mayWait);
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

  /** Lets nobody change these folders any more. */
  protect(folders: readonly string[]): void {
    for (const folder of folders) protectFolder(this.#pyodide.FS as ProtectingFileSystem, folder);
  }

  /**
   * Runs the platform's entry script as `__main__` until it ends, and gives its exit status.
   * Never settles after a fatal error of the interpreter: whoever calls listens for that.
   */
  async run(
    platform: PlatformDescription,
    variables: Readonly<Record<string, string>>,
    limits: RunLimits,
    border: Border,
  ): Promise<number> {
    const prepare = this.#loadHarness();
    this.#connectStreams(border);
    const session = prepare(
      JSON.stringify(platform),
      JSON.stringify(variables),
      border.call,
      border.record,
      this.waits ? this.#pyodide.runPython('from pyodide.ffi import run_sync; run_sync') : null,
    ) as PySession;
    if (session.outermost !== undefined) {
      session.begin(limits.events, limits.output);
      try {
        const args = session.args.toJs({ depth: 1 }) as unknown[];
        // Called from here, so that no frame lies beneath it; a promising call is what lets Python suspend.
        if (this.waits) await session.outermost.callPromising(...args);
        else session.outermost(...args);
      } catch (error) {
        if (!isPythonError(error)) throw error;
        // The session finds it in `sys.last_exc`.
      }
    }
    return session.ended();
  }

  #loadHarness(): PyCallable {
    const files = Object.entries(this.#harness).map(
      ([name, text]) => [`${HARNESS_ROOT}/harness/${name}`, text] as const,
    );
    this.mount(Object.fromEntries(files));
    // Modules of ours stay reachable through the functions we hold, and through nothing that a reader meets.
    const prepare = this.#pyodide.runPython(`
      import sys
      sys.path.insert(0, '${HARNESS_ROOT}')
      from harness import session
      sys.path.remove('${HARNESS_ROOT}')
      for name in [name for name in sys.modules if name.split('.')[0] == 'harness']:
          del sys.modules[name]
      sys.path_importer_cache.clear()
      session.prepare
    `) as PyCallable;
    for (const [path] of files) fileSystemOf(this.#pyodide).unlink(path);
    return prepare;
  }

  #connectStreams(border: Border): void {
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

/** Whether an error that nobody caught means that Python is broken; others may be a reader's own doing. */
export function isFatal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'pyodide_fatal_error' in error;
}

/** `harness/session.py`'s Session, seen from here. */
interface PySession {
  readonly outermost: PyCallable | undefined;
  readonly args: PyProxy;
  begin(events: number, output: number): void;
  ended(): number;
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
