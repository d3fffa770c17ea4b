/**
 * Boots Pyodide from bytes that the page hands over, each used on arrival: the scripts import and the
 * WebAssembly compiles while the rest is still on its way. Nothing in here reaches a network.
 */
import { ImageMismatch, loadFromImage, readImage, type BootImage } from './boot-image.ts';
import { remove } from './remove-globals.worker.ts';
import type { LoadPython } from './interpreter.ts';
import { withLocalTime } from './local-time.ts';
import { StandardLibrary } from './standard-library.ts';
import type { LateFile, Packing, PythonFile } from './protocol.ts';
import { BrotliUnpacker } from './unpack.worker.ts';

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
  readonly #unpacker: BrotliUnpacker;
  readonly #script = Promise.withResolvers<PyodideScript>();
  readonly #moduleScript = Promise.withResolvers<PyodideModuleScript>();
  readonly #wasm = Promise.withResolvers<WebAssembly.Module>();
  readonly #image = Promise.withResolvers<BootImage | null>();
  readonly #zones = Promise.withResolvers<Uint8Array>();
  readonly library: StandardLibrary;

  /** `librarySize` is that of the standard library's archive in bytes, `decoder` what unpacks Brotli, in Base64. */
  constructor(lock: Lock, librarySize: number, decoder: string) {
    this.#lock = lock;
    this.#unpacker = new BrotliUnpacker(decoder);
    this.library = new StandardLibrary(librarySize);
  }

  /** Takes a file of Python's, or one that follows it; no bytes at all stand for a boot image that is not to be had. */
  take(file: PythonFile | LateFile, bytes: ArrayBuffer | null, packing: Packing): void {
    if (bytes === null) {
      this.#image.resolve(null);
      return;
    }
    const unpacked =
      packing === 'brotli' ? this.#unpacker.unpack(bytes) : Promise.resolve(new Uint8Array(bytes));
    switch (file) {
      case 'pyodide.mjs':
        this.#script.resolve(unpacked.then(importBytes) as Promise<PyodideScript>);
        break;
      case 'pyodide.asm.mjs':
        this.#moduleScript.resolve(unpacked.then(importBytes) as Promise<PyodideModuleScript>);
        break;
      case 'pyodide.asm.wasm':
        this.#wasm.resolve(unpacked.then((code) => WebAssembly.compile(code)));
        break;
      case 'boot.image':
        // One that cannot be read is none.
        this.#image.resolve(unpacked.then(readImage).catch(() => null));
        break;
      case 'python_stdlib.zip':
        this.library.arrive(new Uint8Array(bytes));
        break;
      case 'zoneinfo.bin':
        this.#zones.resolve(unpacked);
        break;
      default:
        file satisfies never;
    }
  }

  /** The file of the time zones, when it comes. */
  get zones(): Promise<Uint8Array> {
    return this.#zones.promise;
  }

  /** Boots Python as soon as its files are there, from the boot image where there is one; afterwards `fetch` is gone. */
  readonly load: LoadPython = async (options) => {
    const { loadPyodide } = await this.#script.promise;
    const createPyodideModule = withLocalTime((await this.#moduleScript.promise).default);
    const { instantiateStreaming } = WebAssembly;
    globalThis.fetch = (input) => this.#answer(input);
    WebAssembly.instantiateStreaming = async (_response, imports) => {
      const module = await this.#wasm.promise;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    // Pyodide only logs a failure to instantiate and then never settles: watch the bytes beside it.
    const failed = this.#wasm.promise.then(() => new Promise<never>(() => undefined));
    const boot = async (load: LoadPython, needsLibrary: boolean): ReturnType<LoadPython> => {
      this.library.isLate = !needsLibrary;
      const settings = { ...options, indexURL: INDEX, lockFileContents: this.#lock, createPyodideModule };
      const pyodide = await load(settings as Parameters<LoadPython>[0]);
      this.library.lieIn(pyodide);
      return pyodide;
    };
    const plainly = (error: unknown): ReturnType<LoadPython> => {
      if (!(error instanceof ImageMismatch)) throw error;
      return boot(loadPyodide, true);
    };
    // Begun before the image is there: the instance that it is laid into takes its time as well.
    const fromImage = boot(loadFromImage(loadPyodide, createPyodideModule, this.#image.promise), false);
    const pyodide = await Promise.race([fromImage.catch(plainly), failed]);
    WebAssembly.instantiateStreaming = instantiateStreaming;
    remove(globalThis, 'fetch');
    return pyodide;
  };

  async #answer(input: unknown): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    // The compiled module is given to `instantiateStreaming`, whatever the response holds.
    if (url === `${INDEX}pyodide.asm.wasm`) return new Response();
    if (url === `${INDEX}python_stdlib.zip`) return new Response(await this.library.bytesToBoot());
    throw new TypeError(`There is no network in here: ${url}`);
  }
}

/** Imports a script that is only bytes; the runner frame's policy allows scripts from blobs and from nowhere else. */
function importBytes(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  return import(/* @vite-ignore */ url);
}
