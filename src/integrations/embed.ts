/**
 * Supplies the script of embed pages: `virtual:embed-script`, which they write into themselves, and its parts, served by the
 * development server and written into the finished site.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin, ViteDevServer } from 'vite';
import { bundleEmbedScript, EMBED_FOLDER, type EmbedScript } from './embed-script.ts';

const MODULE = 'virtual:embed-script';
const SRC = path.resolve(import.meta.dirname, '..');

/** Folders of `src/` whose files end up in the script. */
const SOURCES = ['catalogue', 'exercise', 'lab', 'sandbox', 'trace'];

export default function embed(): AstroIntegration {
  let bundled: Promise<EmbedScript> | null = null;
  const getBundled = (): Promise<EmbedScript> => (bundled ??= bundleEmbedScript());
  return {
    name: 'embed',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [scriptModule(getBundled)] } });
      },
      'astro:server:setup': ({ server }) => {
        serveParts(server, getBundled, () => (bundled = null));
      },
      'astro:build:done': async ({ dir }) => {
        const { files } = await getBundled();
        await mkdir(new URL(`${EMBED_FOLDER}/`, dir), { recursive: true });
        for (const [name, text] of files) await writeFile(fileURLToPath(new URL(name, dir)), text);
      },
    },
  };
}

function scriptModule(getBundled: () => Promise<EmbedScript>): Plugin {
  return {
    name: 'embed-script',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: async (id) => {
      if (id !== `\0${MODULE}`) return null;
      return `export default ${JSON.stringify((await getBundled()).script)};`;
    },
  };
}

function serveParts(server: ViteDevServer, getBundled: () => Promise<EmbedScript>, forget: () => void): void {
  server.middlewares.use((request, response, next) => {
    // Behind the base path or not: the folder's name occurs nowhere else.
    const [, name] = (request.url ?? '').split('?', 1)[0]?.split(`/${EMBED_FOLDER}/`) ?? [];
    if (name === undefined) {
      next();
      return;
    }
    getBundled().then(({ files }) => {
      const text = files.get(`${EMBED_FOLDER}/${name}`);
      if (text === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      else response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(text);
    }, next);
  });
  server.watcher.on('all', (_event, file) => {
    const [folder] = path.relative(SRC, file).split(path.sep);
    if (folder === undefined || !SOURCES.includes(folder)) return;
    forget();
    for (const environment of Object.values(server.environments)) {
      const module = environment.moduleGraph.getModuleById(`\0${MODULE}`);
      if (module !== undefined) environment.moduleGraph.invalidateModule(module);
    }
  });
}
