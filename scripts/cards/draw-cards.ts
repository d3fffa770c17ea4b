/**
 * Draws the pictures of the site into a folder, each once: one whose SVG is what it was, by a drawer that is what it was, stays
 * as it lies there. What no page has any more goes.
 */
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { drawCard } from '../../src/cards/draw-card.ts';
import { cardToText } from '../../src/cards/card-to-text.ts';
import { WIDTH } from '../../src/cards/geometry.ts';
import { toPalette } from '../../src/cards/palette.ts';
import { cardPath } from '../../src/i18n/links.ts';
import { CARD_LIST, type CardList } from '../../src/integrations/card-list.ts';
import { encodePng } from './encode-png.ts';
import { loadRenderer, type Render } from './render.ts';
import type { siteCanvases } from './site-canvas.ts';
import type { SiteCard } from './site-card.ts';

/** What makes a file of an SVG. */
const MAKERS = ['scripts/cards/encode-png.ts', 'scripts/cards/render.ts', 'src/cards/palette.ts'];

/** What was done. */
export interface Drawn {
  /** The pictures that were drawn, by their paths below the folder. */
  readonly drawn: readonly string[];
  readonly removed: readonly string[];
  /** The bytes of every picture that is there now. */
  readonly sizes: readonly number[];
}

/** A picture, ready to be drawn. */
interface Draft {
  readonly file: string;
  readonly svg: string;
  readonly key: string;
  readonly text: string;
}

/** Draws what has changed, and removes what no page has. `folder` is what `cards/` of the site is to hold. */
export async function drawCards(
  root: string,
  folder: string,
  canvases: Awaited<ReturnType<typeof siteCanvases>>,
  cards: readonly SiteCard[],
  onDrawn: (done: number, of: number) => void = () => undefined,
): Promise<Drawn> {
  const version = await hashMakers(root);
  const drafts = cards.map(({ language, page, card }): Draft => {
    const svg = drawCard(canvases[language], card);
    const key = createHash('sha256').update(version).update(svg).digest('hex').slice(0, 24);
    const file = cardPath(language, page).replace(/^cards\//, '');
    return { file, svg, key, text: cardToText(card, canvases[language].words) };
  });
  const before = await readList(folder);
  const there = new Set(await filesIn(folder));
  const wanted = drafts.filter(({ file, key }) => !there.has(file) || before[file]?.key !== key);
  const files = new Set(drafts.map(({ file }) => file));
  const removed = [...there].filter((file) => !files.has(file));
  for (const file of removed) await rm(path.join(folder, file));
  // A picture that is not in the list is drawn again: so an end half way leaves nothing that is wrong.
  const changed = new Set(wanted.map(({ file }) => file));
  const list: Record<string, CardList[string]> = {};
  for (const { file, key, text } of drafts) if (!changed.has(file)) list[file] = { key, text };
  const render = wanted.length === 0 ? null : await loadRenderer(root);
  for (const [index, { file, svg, key, text }] of wanted.entries()) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, svgToPng(svg, render as Render));
    list[file] = { key, text };
    onDrawn(index + 1, wanted.length);
    if (index % 100 === 99) await writeList(folder, list);
  }
  await writeList(folder, list);
  const sizes = await Promise.all(
    drafts.map(async ({ file }) => (await readFile(path.join(folder, file))).length),
  );
  return { drawn: wanted.map(({ file }) => file), removed, sizes };
}

/** The file of one picture. */
export function svgToPng(svg: string, render: Render): Buffer {
  return encodePng(toPalette(render(svg)), WIDTH);
}

async function hashMakers(root: string): Promise<string> {
  const hash = createHash('sha256');
  const resvg = 'node_modules/@resvg/resvg-wasm/package.json';
  for (const file of [...MAKERS, resvg]) hash.update(await readFile(path.join(root, file)));
  return hash.digest('hex');
}

async function readList(folder: string): Promise<CardList> {
  try {
    return JSON.parse(await readFile(path.join(folder, CARD_LIST), 'utf8')) as CardList;
  } catch {
    return {};
  }
}

async function writeList(folder: string, list: CardList): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sorted = Object.entries(list).toSorted(([one], [other]) => (one < other ? -1 : 1));
  await writeFile(path.join(folder, CARD_LIST), JSON.stringify(Object.fromEntries(sorted), null, 1));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob('**/*.png', { cwd: folder }));
  return files.map((file) => file.replaceAll(path.sep, '/'));
}
