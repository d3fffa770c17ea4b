/**
 * The files of the search, a set for each language, made of the built pages: so what is found is on them. A development
 * server has those of the last build.
 */
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { ErrorKeys } from '../catalogue/match-error.ts';
import { LANGUAGES, type Language } from '../i18n/languages.ts';
import { INDEX, searchFolder, type IndexFile, type SearchDocument } from '../search/documents.ts';
import { makeSearchFiles } from '../search/make-index.ts';
import { documentsOnPage } from './page-documents.ts';
import { readAsks } from './asks.ts';

const DIST = path.resolve(import.meta.dirname, '../../dist');

/** Of what several platforms or labs have alike, this one's is shown. */
const FIRST = 'lambda-today';

export default function search(): AstroIntegration {
  return {
    name: 'search',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const [file] = /\w+\/search\/[\w.-]+\.json$/.exec(request.url ?? '') ?? [];
          if (file === undefined) {
            next();
            return;
          }
          readFile(path.join(DIST, file)).then(
            (bytes) => response.writeHead(200, { 'content-type': 'application/json' }).end(bytes),
            () => response.writeHead(404).end(),
          );
        });
      },
      'astro:build:done': async ({ dir }) => {
        // The first part of a site is searched when the rest is there.
        if (process.env.SITE_PART === 'first') return;
        for (const language of LANGUAGES) await writeSearch(fileURLToPath(dir), language);
      },
    },
  };
}

/** Writes the files of a language's search into the folder of a built site. */
export async function writeSearch(site: string, language: Language): Promise<void> {
  const { documents, index, texts } = makeSearchFiles(await documentsIn(site, language));
  const folder = path.join(site, searchFolder(language));
  await mkdir(folder, { recursive: true });
  const names = await Promise.all(
    texts.map(async (own) => {
      const json = JSON.stringify(own);
      const name = `${createHash('sha256').update(json).digest('hex').slice(0, 16)}.json`;
      await writeFile(path.join(folder, name), json);
      return name;
    }),
  );
  const known = JSON.parse(await readFile(path.join(site, language, 'errors.json'), 'utf8')) as ErrorKeys[];
  const file: IndexFile = {
    documents: documents.map(({ document: { kind, address, title, of }, file, place }) => ({
      kind,
      address,
      title,
      of,
      file,
      place,
    })),
    index,
    errors: known.map(({ id, platform, keys, isGeneral }) => ({ id, platform, keys, isGeneral })),
    texts: names,
  };
  await writeFile(path.join(folder, INDEX), JSON.stringify(file));
}

/** What can be found on the pages of a language, in the order of their addresses. */
async function documentsIn(site: string, language: Language): Promise<readonly SearchDocument[]> {
  const files = await Array.fromAsync(glob('**/index.html', { cwd: path.join(site, language) }));
  const pages = files.map((file) => file.replaceAll(path.sep, '/').replace(/\/?index\.html$/, ''));
  const rank = (page: string): string => `${page.includes(FIRST) && !page.includes('-and-') ? 0 : 1}${page}`;
  pages.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const asks = await readAsks(language);
  const documents: SearchDocument[] = [];
  for (const page of pages) {
    const html = await readFile(path.join(site, language, page, 'index.html'), 'utf8');
    for (const found of documentsOnPage(page, html))
      documents.push({ ...found, asks: (asks[found.address] ?? []).join('\n') });
  }
  return documents;
}
