/** Files as a host sends them that compresses: what a browser takes by its `Accept-Encoding`, each made once and kept in memory. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Endings of files that are texts; others are packed already. */
const TEXTS = [
  '.css',
  '.html',
  '.js',
  '.json',
  '.map',
  '.mjs',
  '.svg',
  '.txt',
  '.wasm',
  '.webmanifest',
  '.xml',
];

/** As hard as hosts compress what they do not keep: more takes seconds for a page with labs. */
const PACKERS = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 }),
};

/** A name of `Content-Encoding`. */
export type Encoding = keyof typeof PACKERS;

/** The best encoding that a browser takes; null where it takes none of ours. */
export function encodingFor(accepted: string | undefined): Encoding | null {
  const weights = new Map(
    (accepted ?? '').split(',').map((part) => {
      const [name = '', ...rest] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const weight = rest.find((piece) => piece.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const takes = (name: Encoding): boolean => (weights.get(name) ?? weights.get('*') ?? 0) > 0;
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null;
}

/** Compressed files. */
export class CompressedFiles {
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  /** A file's bytes in an encoding; null where it is none that gets smaller. */
  async read(file: string, encoding: Encoding): Promise<Uint8Array | null> {
    if (!TEXTS.includes(path.extname(file))) return null;
    const { mtimeMs, size } = await stat(file);
    const key = [file, mtimeMs, size, encoding].join('\0');
    const made = this.#kept.get(key) ?? readFile(file).then((bytes) => PACKERS[encoding](bytes));
    this.#kept.set(key, made);
    return made;
  }
}
