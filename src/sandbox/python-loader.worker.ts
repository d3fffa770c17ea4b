/**
 * Boots Pyodide from bytes that the page hands over, each used on arrival: the scripts import and the
 * WebAssembly compiles while the rest is still on its way. Nothing in here reaches a network.
 */
import { remove } from './doors.worker.ts';
import type { LoadPython } from './interpreter.ts';
import type { PythonFile } from './protocol.ts';

/** An address that exists nowhere: Pyodide asks it for its files and `fetch` answers from the bytes. */
const INDEX = 'https://bundle.invalid/';

interface PyodideScript {
  readonly loadPyodide: LoadPython;
}

interface PyodideModuleScript {
  readonly default: unknown;
}

/** Pyodide's lock file: it names packages, none of which is ever loaded, and the version they are for. */
export type Lock = NonNullable<Parameters<LoadPython>[0]['lockFileContents']>;

export class PythonLoader {
  readonly #lock: Lock;
  readonly #script = Promise.withResolvers<PyodideScript>();
  readonly #moduleScript = Promise.withResolvers<PyodideModuleScript>();
  readonly #wasm = Promise.withResolvers<WebAssembly.Module>();
  readonly #library = Promise.withResolvers<ArrayBuffer>();

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** Takes one of Python's files. */
  take(file: PythonFile, bytes: ArrayBuffer): void {
    switch (file) {
      case 'pyodide.mjs':
        this.#script.resolve(importBytes(bytes) as Promise<PyodideScript>);
        break;
      case 'pyodide.asm.mjs':
        this.#moduleScript.resolve(importBytes(bytes) as Promise<PyodideModuleScript>);
        break;
      case 'pyodide.asm.wasm':
        this.#wasm.resolve(WebAssembly.compile(bytes));
        break;
      case 'python_stdlib.zip':
        this.#library.resolve(bytes);
        break;
      default:
        file satisfies never;
    }
  }

  /** Boots Python as soon as its files are there; afterwards `fetch` is gone. */
  readonly load: LoadPython = async (options) => {
    const { loadPyodide } = await this.#script.promise;
    const { default: createPyodideModule } = await this.#moduleScript.promise;
    const { instantiateStreaming } = WebAssembly;
    globalThis.fetch = (input) => this.#answer(input);
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      const module = await this.#wasm.promise;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    // Pyodide only logs a failure to instantiate and then never settles: watch the bytes beside it.
    const failed = Promise.all([this.#wasm.promise, this.#library.promise]).then(
      () => new Promise<never>(() => undefined),
    );
    const pyodide = await Promise.race([
      loadPyodide({
        ...options,
        indexURL: INDEX,
        lockFileContents: this.#lock,
        createPyodideModule,
      } as Parameters<LoadPython>[0]),
      failed,
    ]);
    WebAssembly.instantiateStreaming = instantiateStreaming;
    remove(globalThis, 'fetch');
    return pyodide;
  };

  async #answer(input: unknown): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    // The compiled module is given to `instantiateStreaming`, whatever the response holds.
    if (url === `${INDEX}pyodide.asm.wasm`) return new Response();
    if (url === `${INDEX}python_stdlib.zip`) return new Response(await this.#library.promise);
    throw new TypeError(`There is no network in here: ${url}`);
  }
}

/** Imports a script that is only bytes; the runner frame's policy allows scripts from blobs and from nowhere else. */
function importBytes(bytes: ArrayBuffer): Promise<unknown> {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  return import(/* @vite-ignore */ url);
}
