/** Bytes packed as a good host packs them: with Brotli at its best where the browser takes it, else with gzip. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const CACHE = path.resolve(import.meta.dirname, '../../.cache/bench');

/** Brotli's window: the largest that every decoder takes. */
const WINDOW_BITS = 24;

const PACKERS = {
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
};

/** A packing, by its name in `Content-Encoding`. */
export type Encoding = keyof typeof PACKERS;

/** The best packing that an `Accept-Encoding` allows. */
export function chooseEncoding(accepted: string | undefined): Encoding {
  return /\bbr\b/.test(accepted ?? '') ? 'br' : 'gzip';
}

/** Packs; `.cache/bench` keeps the result, for Brotli takes its time. */
export async function pack(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  const file = path.join(CACHE, `${createHash('sha256').update(bytes).digest('hex')}.${encoding}`);
  try {
    return await readFile(file);
  } catch {
    const packed = await PACKERS[encoding](bytes);
    await mkdir(CACHE, { recursive: true });
    // Renamed into place: a bench that is ended half-way leaves no half file.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, packed);
    await rename(draft, file);
    return packed;
  }
}
