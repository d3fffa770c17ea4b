/**
 * Supplies what the sandbox needs of the build: `virtual:sandbox-assets`, which pages write into their
 * JSON, and the files that it names, served by the development server and written into the finished site.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin, ViteDevServer } from 'vite';
import { checkPlatforms, readBroughtHarness } from './platforms.ts';
import { ASSET_FOLDER, packAssets, type PackedAssets } from './packed-assets.ts';

const MODULE = 'virtual:sandbox-assets';
/** What of the harness only a brought runtime needs: in the chunk of the page that runs one, and in no other. */
const BROUGHT = 'virtual:brought-harness';
const SRC = path.resolve(import.meta.dirname, '..');

/** Folders of `src/` whose files end up in the assets. */
const SOURCES = ['harness', 'platforms', 'sandbox', 'trace'];

export default function python(): AstroIntegration {
  let packed: Promise<PackedAssets> | null = null;
  const getPacked = (): Promise<PackedAssets> => (packed ??= packAssets());
  return {
    name: 'python',
    hooks: {
      'astro:config:setup': async ({ updateConfig }) => {
        await checkPlatforms();
        updateConfig({ vite: { plugins: [assetsModule(getPacked), broughtModule()] } });
      },
      'astro:server:setup': ({ server }) => {
        serveAssets(server, getPacked, () => (packed = null));
      },
      'astro:build:done': async ({ dir }) => {
        const { files } = await getPacked();
        await mkdir(new URL(`${ASSET_FOLDER}/`, dir), { recursive: true });
        for (const [name, bytes] of files) await writeFile(fileURLToPath(new URL(name, dir)), bytes);
      },
    },
  };
}

function assetsModule(getPacked: () => Promise<PackedAssets>): Plugin {
  return {
    name: 'sandbox-assets',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: async (id) => {
      if (id !== `\0${MODULE}`) return null;
      const { assets, frameScriptHash } = await getPacked();
      return (
        `export default ${JSON.stringify(assets)};` +
        `export const frameScriptHash = ${JSON.stringify(frameScriptHash)};`
      );
    },
  };
}

function broughtModule(): Plugin {
  return {
    name: 'brought-harness',
    resolveId: (id) => (id === BROUGHT ? `\0${BROUGHT}` : null),
    load: async (id) =>
      id === `\0${BROUGHT}` ? `export default ${JSON.stringify(await readBroughtHarness())};` : null,
  };
}

function serveAssets(
  server: ViteDevServer,
  getPacked: () => Promise<PackedAssets>,
  forget: () => void,
): void {
  server.middlewares.use((request, response, next) => {
    // Behind the base path or not: the folder's name occurs nowhere else.
    const [, name] = (request.url ?? '').split('?', 1)[0]?.split(`/${ASSET_FOLDER}/`) ?? [];
    if (name === undefined) {
      next();
      return;
    }
    getPacked().then(({ files }) => {
      const bytes = files.get(`${ASSET_FOLDER}/${name}`);
      if (bytes === undefined) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
        return;
      }
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': bytes.length,
        // The name has the content's hash in it.
        'cache-control': 'max-age=31536000, immutable',
      });
      response.end(bytes);
    }, next);
  });
  server.watcher.on('all', (_event, file) => {
    const [folder] = path.relative(SRC, file).split(path.sep);
    if (folder === undefined || !SOURCES.includes(folder) || file.endsWith('.pyc')) return;
    forget();
    for (const environment of Object.values(server.environments)) {
      const module = environment.moduleGraph.getModuleById(`\0${MODULE}`);
      if (module !== undefined) environment.moduleGraph.invalidateModule(module);
    }
    server.ws.send({ type: 'full-reload' });
  });
}
