/**
 * A boot image: what Python's memory holds after it has booted and imported what the models need, less what a
 * fresh WebAssembly instance holds anyway. Laying it in takes the place of booting. The build makes it
 * (`src/integrations/boot-image.ts`); this is the only file that knows of Pyodide's underscored options.
 */
import type { LoadPython, Python } from './interpreter.ts';

/** The version of Pyodide that this file was written for; with another one the build makes no image, and says so. */
export const PYODIDE_OF_IMAGES = '314.0.7';

const MAGIC = 0x31_49_42_48; // "HBI1"
const HEADER_BYTES = 16;
const WASM_PAGE = 65_536;

/** Zeros and unchanged bytes between two runs that cost less than another run does. */
const GAP = 64;

/** What an image says of itself. */
export interface ImageFacts {
  /** Pyodide's own name of the build that the image was made with: another build's memory is laid out otherwise. */
  readonly buildId: string;
  /** The size of Python's memory in bytes. */
  readonly memory: number;
  /** What Python held of JavaScript's, as Pyodide writes it down; opaque to us. */
  readonly references: unknown;
  /** Names of the modules that are imported in it. */
  readonly modules: readonly string[];
}

/** An image, unpacked: `runs` are pairs of an address and a length; their bytes follow each other in `bytes`. */
export interface BootImage {
  readonly facts: ImageFacts;
  readonly runs: Uint32Array;
  readonly bytes: Uint8Array;
}

/** The image does not belong to this Pyodide, or is none; the plain boot does instead. */
export class ImageMismatch extends Error {
  override name = 'ImageMismatch';
}

/** The host gave no memory for the image: a plain boot would get none either. */
export class ImageWithoutMemory extends RangeError {
  override name = 'ImageWithoutMemory';
}

/** The runs in which `heap` differs from `fresh`; beyond the end of `fresh` a new instance has zeros. */
export function findRuns(heap: Uint8Array, fresh: Uint8Array): Pick<BootImage, 'runs' | 'bytes'> {
  const runs: number[] = [];
  const pieces: Uint8Array[] = [];
  let start = -1;
  let last = -1;
  const close = (): void => {
    if (start < 0) return;
    runs.push(start, last + 1 - start);
    pieces.push(heap.subarray(start, last + 1));
    start = -1;
  };
  for (let at = 0; at < heap.length; at += 1) {
    if (heap[at] === (fresh[at] ?? 0)) continue;
    if (start >= 0 && at - last > GAP) close();
    if (start < 0) start = at;
    last = at;
  }
  close();
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return { runs: Uint32Array.from(runs), bytes };
}

/** An image as one file: a header, the facts as JSON, the runs, their bytes. Numbers are little-endian. */
export function writeImage({ facts, runs, bytes }: BootImage): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(facts));
  const json = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  json.set(text);
  const file = new Uint8Array(HEADER_BYTES + json.length + runs.byteLength + bytes.length);
  file.set(new Uint8Array(Uint32Array.of(MAGIC, json.length, runs.length, bytes.length).buffer));
  file.set(json, HEADER_BYTES);
  file.set(new Uint8Array(runs.buffer, runs.byteOffset, runs.byteLength), HEADER_BYTES + json.length);
  file.set(bytes, HEADER_BYTES + json.length + runs.byteLength);
  return file;
}

/** Reads what `writeImage` wrote. Throws ImageMismatch at anything else; no byte is copied. */
export function readImage(file: Uint8Array): BootImage {
  // Aligned, as views of numbers want it.
  const aligned = file.byteOffset % 4 === 0 ? file : file.slice();
  const { buffer, byteOffset, length } = aligned;
  if (length < HEADER_BYTES) throw new ImageMismatch('The boot image is cut.');
  const [magic = 0, json = 0, count = 0, size = 0] = new Uint32Array(buffer, byteOffset, 4);
  if (magic !== MAGIC) throw new ImageMismatch('This is no boot image.');
  if (json % 4 !== 0 || length !== HEADER_BYTES + json + count * 4 + size) {
    throw new ImageMismatch('The boot image is cut.');
  }
  const image: BootImage = {
    facts: readFacts(aligned.subarray(HEADER_BYTES, HEADER_BYTES + json)),
    runs: new Uint32Array(buffer, byteOffset + HEADER_BYTES + json, count),
    bytes: aligned.subarray(length - size),
  };
  checkRuns(image);
  return image;
}

function readFacts(json: Uint8Array): ImageFacts {
  try {
    return JSON.parse(new TextDecoder().decode(json)) as ImageFacts;
  } catch (error) {
    throw new ImageMismatch('The boot image is damaged.', { cause: error });
  }
}

/** Whether every run lies in the memory, and all have their bytes: laid in, it is too late to find out. */
function checkRuns({ facts, runs, bytes }: BootImage): void {
  let sum = 0;
  let end = 0;
  for (let at = 0; at < runs.length; at += 2) {
    const length = runs[at + 1] ?? 0;
    sum += length;
    end = Math.max(end, (runs[at] ?? 0) + length);
  }
  // Where the facts name no size, nothing is smaller.
  if (sum !== bytes.length || !(end <= facts.memory)) throw new ImageMismatch('The boot image is damaged.');
}

/** What Emscripten's factory is given, and what is used of it here. */
interface ModuleSettings {
  readonly API: {
    readonly config: { readonly BUILD_ID: string };
    restoreSnapshot: (snapshot: Uint8Array) => unknown;
  };
}

/** What is used of an instance of Pyodide's module. */
interface InnerModule {
  HEAPU8: Uint8Array;
  growMemory(size: number): unknown;
}

type CreateModule = (settings: ModuleSettings) => Promise<InnerModule>;

/**
 * Boots Python by laying an image into a fresh instance, which is made while the image may still be on its way.
 * Rejects with ImageMismatch where it belongs to another build, or where none comes (null).
 */
export function loadFromImage(
  load: LoadPython,
  createModule: unknown,
  coming: BootImage | Promise<BootImage | null>,
): LoadPython {
  const create = createModule as CreateModule;
  let problem: Error | null = null;
  const createAndHook: CreateModule = async (settings) => {
    const [module, image] = await Promise.all([create(settings), coming]);
    if (image === null) throw (problem = new ImageMismatch('There is no boot image.'));
    settings.API.restoreSnapshot = () => {
      try {
        layIn(settings, module, image);
      } catch (error) {
        problem = error as Error;
        throw error;
      }
      return image.facts.references;
    };
    return module;
  };
  return async (options) => {
    try {
      return await load({
        ...options,
        createPyodideModule: createAndHook,
        // Whatever it holds: it only makes Pyodide ask for the memory instead of booting.
        _loadSnapshot: new Uint8Array(4),
      } as unknown as Parameters<LoadPython>[0]);
    } catch (error) {
      throw problem ?? error;
    }
  };
}

function layIn(settings: ModuleSettings, module: InnerModule, { facts, runs, bytes }: BootImage): void {
  if (settings.API.config.BUILD_ID !== facts.buildId) {
    throw new ImageMismatch('The boot image was made with another build of Pyodide.');
  }
  if (module.HEAPU8.length < facts.memory) {
    // Tells of a refusal by what it returns in some versions, and by throwing in others.
    try {
      module.growMemory(Math.ceil(facts.memory / WASM_PAGE) * WASM_PAGE);
    } catch {
      // The size tells.
    }
    if (module.HEAPU8.length < facts.memory) throw new ImageWithoutMemory('There is no memory for Python.');
  }
  const heap = module.HEAPU8;
  let from = 0;
  for (let at = 0; at < runs.length; at += 2) {
    const length = runs[at + 1] ?? 0;
    heap.set(bytes.subarray(from, from + length), runs[at]);
    from += length;
  }
}

/** Options with which Python boots so that `takeImage` can be called on it later. */
export const IMAGE_MAKING = { _makeSnapshot: true };

/** An instance of Pyodide's module that has run nothing yet, as `loadFromImage` meets it: a copy of its memory. */
export async function freshMemory(load: LoadPython, createModule: unknown): Promise<Uint8Array> {
  const seen = Promise.withResolvers<Uint8Array>();
  const create = createModule as CreateModule;
  const look: CreateModule = async (settings) => {
    const module = await create(settings);
    seen.resolve(module.HEAPU8.slice());
    // Nothing is to run in it.
    return new Promise<never>(() => undefined);
  };
  load({
    createPyodideModule: look,
    _loadSnapshot: new Uint8Array(4),
  } as unknown as Parameters<LoadPython>[0]).catch(seen.reject);
  return seen.promise;
}

/** The parts of Python's memory allocators that tell which memory is free. */
interface Allocators {
  readonly HEAPU8: Uint8Array;
  _sbrk(bytes: number): number;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _malloc_usable_size(address: number): number;
  _PyObject_Malloc(bytes: number): number;
  _PyObject_Free(address: number): void;
  _emscripten_stack_get_end(): number;
  _emscripten_stack_get_current(): number;
}

/** The image of a Python that was booted with IMAGE_MAKING, and the facts that the caller knows. */
export function takeImage(python: Python, fresh: Uint8Array, modules: readonly string[]): BootImage {
  const { _module, _api } = python as unknown as {
    readonly _module: Allocators;
    readonly _api: { readonly config: { readonly BUILD_ID: string } };
  };
  clearFreeMemory(_module);
  const snapshot = (python as unknown as { makeMemorySnapshot(): Uint8Array }).makeMemorySnapshot();
  // Pyodide's own file: magic number, where the memory begins, how long the JSON is, 0, the build's id; the JSON.
  const [, offset = 0, json = 0] = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 3);
  const references = JSON.parse(new TextDecoder().decode(snapshot.subarray(48, 48 + json))) as unknown;
  const heap = snapshot.subarray(offset);
  return {
    facts: { buildId: _api.config.BUILD_ID, memory: heap.length, references, modules },
    ...findRuns(heap, fresh),
  };
}

/** Large enough to meet every hole that malloc keeps, small enough not to ask for new memory in vain. */
const MAX_HOLE = 1 << 20;
const MIN_HOLE = 16;
/** From this size on, and downwards in steps of 8, Python's own allocator has pools. */
const MAX_POOL = 512;

/** Fills unused memory with zeros, the unused stack included: old bytes there would only add to the size. */
function clearFreeMemory(module: Allocators): void {
  const top = module._sbrk(0);
  const clear = (address: number, size: number): void => {
    module.HEAPU8.fill(0, address, address + size);
  };
  const holes: number[] = [];
  for (let size = MAX_HOLE; size >= MIN_HOLE; size = size > 512 ? size / 2 : size - 8) {
    for (;;) {
      const address = module._malloc(size);
      if (address === 0 || address >= top) {
        module._free(address);
        break;
      }
      clear(address, module._malloc_usable_size(address));
      holes.push(address);
    }
  }
  for (const address of holes) module._free(address);
  const blocks: number[] = [];
  for (let size = MAX_POOL; size >= 8; size -= 8) {
    for (;;) {
      const address = module._PyObject_Malloc(size);
      if (address === 0 || address >= top) {
        module._PyObject_Free(address);
        break;
      }
      clear(address, size);
      blocks.push(address);
    }
  }
  for (const address of blocks) module._PyObject_Free(address);
  const stack = module._emscripten_stack_get_end();
  clear(stack + 16, module._emscripten_stack_get_current() - stack - 16);
}
