/**
 * Unpacks Brotli inside an environment: by the browser where it can, else by a decoder that the worker brings along.
 * The build packs Python's large files so, as no host can be relied on to pack anything.
 */
import { decompress, initSync } from 'brotli-dec-wasm/web';

export class BrotliUnpacker {
  readonly #decoder: string;
  readonly #isNative: boolean;
  #isReady = false;

  /** `decoder` is the decoder's WebAssembly in Base64. */
  constructor(decoder: string) {
    this.#decoder = decoder;
    this.#isNative = supportsBrotli();
  }

  /** The bytes as they were before they were packed. Rejects where they are damaged. */
  async unpack(packed: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#isNative) {
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream(BROTLI));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    if (!this.#isReady) {
      initSync({ module: Uint8Array.from(atob(this.#decoder), (character) => character.charCodeAt(0)) });
      this.#isReady = true;
    }
    return decompress(new Uint8Array(packed)) as Uint8Array<ArrayBuffer>;
  }
}

/** The name that browsers know it by; TypeScript's list of names is older. */
const BROTLI = 'brotli' as CompressionFormat;

function supportsBrotli(): boolean {
  try {
    return new DecompressionStream(BROTLI).readable instanceof ReadableStream;
  } catch {
    return false;
  }
}
