/**
 * The Markdown twins: of each page that names one in its head, a file made from the page as it was built. A server for
 * development makes them from the page that it would serve.
 */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { AstroIntegration } from 'astro';
import { LANGUAGES } from '../i18n/languages.ts';
import { pagePath, pathUnder } from '../i18n/links.ts';
import { pageToTwin, twinOf } from './twin/page-to-twin.ts';

export default function twins(): AstroIntegration {
  let base = '/';
  let site: string | null = null;
  return {
    name: 'twins',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base;
        site = config.site === undefined ? null : new URL(config.site).origin;
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const [page] = /^[^?]*(?=\.md(?:\?|$))/.exec(request.url ?? '') ?? [];
          const { host } = request.headers;
          if (page === undefined || host === undefined) {
            next();
            return;
          }
          // Astro's server may have taken the base off the address.
          const address = page.startsWith(pathUnder(base, '')) ? page : pathUnder(base, page);
          twinOfServed(`http://${host}${address}/`, base).then((text) => {
            if (text === null) next();
            else response.writeHead(200, { 'content-type': 'text/markdown; charset=utf-8' }).end(text);
          }, next);
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const count = await writeTwins(fileURLToPath(dir), base, site);
        logger.info(`${String(count)} pages have their Markdown beside them.`);
      },
    },
  };
}

/** Writes the twins of a built site, and gives their number. Throws Error for a page that names another file than its own. */
async function writeTwins(folder: string, base: string, site: string | null): Promise<number> {
  const files = (await Array.fromAsync(glob('*/**/index.html', { cwd: folder }))).map((file) =>
    file.replaceAll(path.sep, '/'),
  );
  const pages = new Set(files.map((file) => pathUnder(base, file.replace(/index\.html$/, ''))));
  let count = 0;
  for (const file of files) {
    const html = await readFile(path.join(folder, file), 'utf8');
    const named = twinOf(html);
    if (named === null) continue;
    const own = file.replace(/\/index\.html$/, '.md');
    if (named !== pathUnder(base, own))
      throw new Error(`${file} names ${named}, and its Markdown is ${own}.`);
    const place = placeOf(pathUnder(base, file.replace(/index\.html$/, '')), base);
    const text = pageToTwin(html, { ...place, site, hasPage: (page) => pages.has(page) });
    await writeFile(path.join(folder, own), text);
    count += 1;
  }
  return count;
}

async function twinOfServed(address: string, base: string): Promise<string | null> {
  const response = await fetch(address);
  const html = await response.text();
  if (!response.ok || twinOf(html) === null) return null;
  const place = placeOf(new URL(address).pathname, base);
  return pageToTwin(html, { ...place, site: null, hasPage: () => true });
}

/** A page's path, and that of its language's home page. */
function placeOf(page: string, base: string): { readonly path: string; readonly home: string } {
  const homes = LANGUAGES.map((language) => pathUnder(base, pagePath(language, '')));
  const home = homes.find((one) => page.startsWith(one));
  if (home === undefined) throw new Error(`${page} is in no language's folder.`);
  return { path: page, home };
}
