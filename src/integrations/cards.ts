/**
 * Brings the pictures that `npm run cards` has drawn into the site: `virtual:cards` says what each shows in words, and the
 * finished site gets the files of the pages that it has. A build without pictures is a whole one.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { LANGUAGES } from '../i18n/languages.ts';
import { CARD_LIST, type CardList } from './card-list.ts';

const MODULE = 'virtual:cards';
/** Where the pictures are drawn to. */
const DRAWN = path.resolve(import.meta.dirname, '../..', '.cache', 'cards');

export default function cards(): AstroIntegration {
  return {
    name: 'cards',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [cardsModule()] } });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        const files = Object.keys(await drawnCards(DRAWN)).filter((file) => hasPage(site, file));
        for (const file of files) {
          const target = path.join(site, 'cards', file);
          await mkdir(path.dirname(target), { recursive: true });
          await copyFile(path.join(DRAWN, file), target);
        }
        logger.info(`${String(files.length)} pictures of shared links are there.`);
      },
    },
  };
}

/** What the drawn pictures below a folder show in words, by their paths there; none where none were drawn. */
export async function drawnCards(folder: string): Promise<Readonly<Record<string, string>>> {
  let list: CardList;
  try {
    list = JSON.parse(await readFile(path.join(folder, CARD_LIST), 'utf8')) as CardList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  const there = Object.entries(list).filter(([file]) => existsSync(path.join(folder, file)));
  return Object.fromEntries(there.map(([file, { text }]) => [file, text]));
}

/** Whether the finished site has the page of a picture. */
export function hasPage(site: string, file: string): boolean {
  const page = file.replace(/\.png$/, '');
  const isHome = LANGUAGES.some((language) => page === `${language}/home`);
  return existsSync(path.join(site, isHome ? path.dirname(page) : page, 'index.html'));
}

function cardsModule(): Plugin {
  return {
    name: 'cards',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: async (id) =>
      id === `\0${MODULE}` ? `export default ${JSON.stringify(await drawnCards(DRAWN))};` : null,
  };
}
