/**
 * The site's service worker: `sw.js`, with the build's id and the list of its files, written when all else is; and the id
 * in the head of every page. `NO_WORKER=1` makes a worker that removes itself and what was kept; the development server
 * serves that one too, since a site may have been served on its port before. It must be the last of the integrations.
 */
import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { init, parse } from 'es-module-lexer';
import en from '../../content/ui/en.json' with { type: 'json' };
import ja from '../../content/ui/ja.json' with { type: 'json' };
import { LANGUAGES } from '../i18n/languages.ts';
import { OFFLINE_PAGE, pagePath } from '../i18n/links.ts';
import { hashFile, type BuildFiles, type ListedFile } from '../offline/build-files.ts';
import { bundleClassicScript } from './classic-script.ts';

const WORKER = 'sw.js';

/** What pages load, and what their labs ask for: no pictures for other sites, and nothing that only machines read. */
const LISTED = new RegExp(
  [
    '^_astro/.+',
    '^_sandbox/.+',
    '^traces/.+',
    `^(?:${LANGUAGES.join('|')})/(?:(?:exercises|search)/)?[^/]+\\.(?:json|webmanifest)$`,
    '^favicon\\.svg$',
    '^icon-[^/]+\\.png$',
  ].join('|'),
);

/** How a page carries the id of its build; without one it asks for no worker. */
const STAMP = /<meta name="build" content="[^"]*">/;

/** What a page of an older build says of this one. */
const WORDS = {
  en: [en.layout.newVersion, en.layout.reload],
  ja: [ja.layout.newVersion, ja.layout.reload],
} as const;

export default function offline(): AstroIntegration {
  let base = '/';
  const withSlashes = (): string => (base.endsWith('/') ? base : `${base}/`);
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base;
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (!(request.url ?? '').split('?', 1)[0]?.endsWith(`/${WORKER}`)) {
            next();
            return;
          }
          bundleRemoval(withSlashes()).then((script) => {
            response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
          }, next);
        });
      },
      'astro:build:done': async ({ dir }) => {
        // The first part of a build is followed by the whole at the same address.
        if (process.env.SITE_PART === 'first') return;
        const folder = fileURLToPath(dir);
        if (process.env.NO_WORKER) await writeRemoval(folder, withSlashes());
        else await writeWorker(folder, withSlashes());
      },
    },
  };
}

/** Gives a finished site its worker, and every page the id of its build. */
export async function writeWorker(folder: string, base: string): Promise<BuildFiles> {
  const names: string[] = [];
  for await (const entry of glob('**', { cwd: folder, withFileTypes: true })) {
    if (entry.isFile()) names.push(path.relative(folder, path.join(entry.parentPath, entry.name)));
  }
  const whole = createHash('sha256');
  const pages = new Map<string, string>();
  const files: Record<string, ListedFile> = {};
  for (const name of names.map((each) => each.replaceAll(path.sep, '/')).sort()) {
    if (name === WORKER) continue;
    const bytes = await readFile(path.join(folder, name));
    const text = name.endsWith('.html') ? bytes.toString() : '';
    if (STAMP.test(text)) {
      pages.set(name, text);
      whole.update(name).update(text.replace(STAMP, ''));
    } else {
      whole.update(name).update(bytes);
      if (LISTED.test(name)) files[name] = [await hashFile(bytes), bytes.length];
    }
  }
  const build = whole.digest('hex').slice(0, 16);
  for (const [name, text] of pages)
    await writeFile(path.join(folder, name), text.replace(STAMP, `<meta name="build" content="${build}">`));
  const first = LANGUAGES.map((language) => pagePath(language, OFFLINE_PAGE)).filter((page) =>
    pages.has(`${page}index.html`),
  );
  const needed = new Set<string>();
  const need = async (name: string): Promise<void> => {
    if (files[name] === undefined || needed.has(name)) return;
    needed.add(name);
    if (name.endsWith('.js')) for (const inner of await importedBy(folder, name)) await need(inner);
  };
  for (const page of first)
    for (const name of loadedBy(pages.get(`${page}index.html`) ?? '', base)) await need(name);
  const own: BuildFiles = { build, base, files, first: [...first, ...needed] };
  await writeFile(path.join(folder, WORKER), await bundleWorker(own));
  return own;
}

/** Writes the worker that removes those of earlier builds. */
export async function writeRemoval(folder: string, base: string): Promise<void> {
  await writeFile(path.join(folder, WORKER), await bundleRemoval(base));
}

/** The scripts that a script imports before it runs. */
async function importedBy(folder: string, name: string): Promise<readonly string[]> {
  await init;
  const [imports] = parse(await readFile(path.join(folder, name), 'utf8'));
  return imports.flatMap(({ d, n }) =>
    d === -1 && n !== undefined ? [path.posix.join(path.posix.dirname(name), n)] : [],
  );
}

/** The scripts, styles and pictures that a page names, below the base. */
function loadedBy(html: string, base: string): readonly string[] {
  return Array.from(html.matchAll(/(?:src|href)="([^"#?]+)"/g), ([, address = '']) => address)
    .filter((address) => address.startsWith(base))
    .map((address) => address.slice(base.length));
}

function bundleWorker(own: BuildFiles): Promise<string> {
  return bundleClassicScript(`
    import { startWorker } from '/src/offline/site.worker.ts';
    startWorker(${JSON.stringify(own)}, ${JSON.stringify(WORDS)});
  `);
}

function bundleRemoval(base: string): Promise<string> {
  return bundleClassicScript(`
    import { removeWorker } from '/src/offline/removal.worker.ts';
    removeWorker(${JSON.stringify(base)});
  `);
}
