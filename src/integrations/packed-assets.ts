/**
 * What the sandbox fetches, packed and named by its hash. Packed by the build under a neutral file name,
 * so that no host adds a Content-Encoding of its own and progress counts the bytes on the line.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Asset, SandboxAssets, ServedPlatform } from '../sandbox/assets.ts';
import type { PythonFile } from '../sandbox/protocol.ts';
import { bootImage } from './boot-image.ts';
import { listPlatforms, readPlatform } from './platforms.ts';
import { PYODIDE } from './pyodide-module.ts';
import { buildRunnerDocument } from './runner-document.ts';
import { bundleWorker } from './worker-bundle.ts';
import { readZones } from './zones.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, '.cache', 'sandbox');

/** Folder of the site that holds the packed files. */
export const ASSET_FOLDER = '_sandbox';

export interface PackedAssets {
  readonly assets: SandboxAssets;
  readonly frameScriptHash: string;
  /** The bytes as they lie on the host, by `Asset.path`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export async function packAssets(): Promise<PackedAssets> {
  const files = new Map<string, Uint8Array>();
  const pack = async (
    name: string,
    bytes: Uint8Array,
    packing: Asset['packing'] = 'gzip',
  ): Promise<Asset> => {
    const packed = packing === 'none' ? bytes : await packCached(bytes, packing);
    const sha256 = hash(packing === 'brotli' ? packed : bytes);
    const asset: Asset = {
      path: `${ASSET_FOLDER}/${name}.${sha256.slice(0, 16)}.bin`,
      sha256,
      size: bytes.length,
      transferred: packed.length,
      packing,
    };
    files.set(asset.path, packed);
    return asset;
  };
  const packText = (name: string, text: string): Promise<Asset> => pack(name, new TextEncoder().encode(text));
  const packPython = async (file: PythonFile, packing: Asset['packing']): Promise<Asset> =>
    pack(file.replaceAll('.', '-'), await readFile(path.join(PYODIDE, file)), packing);

  const zones = await pack('zoneinfo', await readZones(), 'brotli');
  const platforms: Record<string, Asset> = {};
  for (const platform of await listPlatforms()) {
    platforms[platform] = await packText(
      platform,
      JSON.stringify({ ...(await readPlatform(platform)), zones } satisfies ServedPlatform),
    );
  }
  const { html, scriptHash } = await buildRunnerDocument();
  // Together: the two largest take half a minute one after the other, where nothing has packed them before.
  const [loader, module, wasm, image, library, worker] = await Promise.all([
    packPython('pyodide.mjs', 'gzip'),
    packPython('pyodide.asm.mjs', 'brotli'),
    packPython('pyodide.asm.wasm', 'brotli'),
    pack('boot-image', await readFile(await bootImage()), 'brotli'),
    // An archive already: packing it again gains nothing.
    packPython('python_stdlib.zip', 'none'),
    packText('environment', await bundleWorker()),
  ]);
  const assets: SandboxAssets = {
    python: {
      'pyodide.mjs': loader,
      'pyodide.asm.mjs': module,
      'pyodide.asm.wasm': wasm,
      'boot.image': image,
      'python_stdlib.zip': library,
    },
    worker,
    platforms,
    frame: html,
  };
  return { assets, frameScriptHash: scriptHash, files };
}

/** Brotli's window: the largest that every decoder takes. */
const WINDOW_BITS = 24;

/** Brotli's quality for the first part of a build: a second instead of a minute, and a fourth more bytes on a local line. */
const QUICK = 5;

function packBrotli(bytes: Uint8Array, quality: number): Promise<Uint8Array> {
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

const PACKERS = {
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
  brotli: (bytes: Uint8Array) => packBrotli(bytes, constants.BROTLI_MAX_QUALITY),
};

/** Packing as well as can be takes many seconds for the WebAssembly: once a version of it is enough. */
async function packCached(bytes: Uint8Array, packing: keyof typeof PACKERS): Promise<Uint8Array> {
  const file = path.join(CACHE, `${hash(bytes)}.${packing}`);
  try {
    return await readFile(file);
  } catch {
    if (packing === 'brotli' && process.env.SITE_PART === 'first') return packBrotli(bytes, QUICK);
    const packed = await PACKERS[packing](bytes);
    await mkdir(CACHE, { recursive: true });
    // Renamed into place: a build that is ended half-way leaves no half file.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, packed);
    await rename(draft, file);
    return packed;
  }
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
