/**
 * What the sandbox fetches, packed and named by its hash. Packed by the build under a neutral file name,
 * so that no host adds a Content-Encoding of its own and progress counts the bytes on the line.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Asset, SandboxAssets } from '../sandbox/assets.ts';
import type { PythonFile } from '../sandbox/protocol.ts';
import { listPlatforms, readImage } from './images.ts';
import { buildRunnerDocument } from './runner-document.ts';
import { bundleWorker } from './worker-bundle.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PYODIDE = path.join(ROOT, 'node_modules', 'pyodide');
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
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const packed = packing === 'gzip' ? await gzipCached(bytes, sha256) : bytes;
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

  const images: Record<string, Asset> = {};
  for (const platform of await listPlatforms()) {
    images[platform] = await packText(platform, JSON.stringify(await readImage(platform)));
  }
  const { html, scriptHash } = await buildRunnerDocument();
  const assets: SandboxAssets = {
    python: {
      'pyodide.mjs': await packPython('pyodide.mjs', 'gzip'),
      'pyodide.asm.mjs': await packPython('pyodide.asm.mjs', 'gzip'),
      'pyodide.asm.wasm': await packPython('pyodide.asm.wasm', 'gzip'),
      // An archive already: packing it again gains nothing.
      'python_stdlib.zip': await packPython('python_stdlib.zip', 'none'),
    },
    worker: await packText('environment', await bundleWorker()),
    images,
    frame: html,
  };
  return { assets, frameScriptHash: scriptHash, files };
}

/** Level 9 takes seconds for the WebAssembly: once a version of it is enough. */
async function gzipCached(bytes: Uint8Array, sha256: string): Promise<Uint8Array> {
  const file = path.join(CACHE, `${sha256}.gz`);
  try {
    return await readFile(file);
  } catch {
    const packed = await promisify(gzip)(bytes, { level: 9 });
    await mkdir(CACHE, { recursive: true });
    // Renamed into place: a build that is ended half-way leaves no half file.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, packed);
    await rename(draft, file);
    return packed;
  }
}
