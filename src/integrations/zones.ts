/** Where is the file of the compiled time zones, and what is in it? */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** Packed with Brotli; `npm run zones` makes it. */
export const ZONES_FILE = path.resolve(import.meta.dirname, '../sandbox/zoneinfo/zones.br');

/** The zones' file, unpacked. */
export async function readZones(): Promise<Uint8Array> {
  return promisify(brotliDecompress)(await readFile(ZONES_FILE));
}
