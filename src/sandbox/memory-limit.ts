/** What Python's memory may grow to: a page that takes more risks its tab, on a phone above all. */
export const MEMORY_LIMIT = 512 * 1024 * 1024;

const WASM_PAGE = 65_536;

/** Emscripten first asks for more than it needs, then twice for less: only the last refusal means that there is no more. */
const EMSCRIPTEN_TRIES = 3;

/**
 * Refuses growth of WebAssembly memories of this realm beyond `limit` bytes: Python then raises MemoryError.
 * Call it before Python boots; what it returns tells whether growth was refused since it was last asked.
 */
export function limitMemory(limit: number, memories = WebAssembly.Memory.prototype): () => boolean {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the memory at hand
  const { grow } = memories;
  let tries = 0;
  let refused = false;
  memories.grow = function (this: WebAssembly.Memory, pages) {
    if (this.buffer.byteLength + pages * WASM_PAGE <= limit) {
      tries = 0;
      return grow.call(this, pages);
    }
    tries += 1;
    if (tries === EMSCRIPTEN_TRIES) refused = true;
    throw new RangeError(`Memory may not grow beyond ${String(limit)} bytes.`);
  };
  return () => {
    const was = refused;
    refused = false;
    return was;
  };
}
