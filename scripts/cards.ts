/**
 * `npm run cards`: draws the picture of every page that a shared link shows, into `.cache/cards`, whence a build takes them.
 * What has not changed is not drawn again. `npm start` and `npm test` never do this: it takes minutes.
 */
import path from 'node:path';
import { record } from '../src/integrations/recordings.ts';
import { drawCards } from './cards/draw-cards.ts';
import { siteCanvases } from './cards/site-canvas.ts';
import { siteCards } from './cards/site-cards.ts';
import { readSiteData } from './cards/site-data.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDER = path.join(ROOT, '.cache', 'cards');

const begin = performance.now();
const cards = siteCards(await readSiteData(ROOT, await record()));
const ready = performance.now();
const { drawn, removed, sizes } = await drawCards(
  ROOT,
  FOLDER,
  await siteCanvases(ROOT),
  cards,
  (done, of) => {
    if (done % 500 === 0) console.log(`${String(done)} of ${String(of)}`);
  },
);
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const sorted = sizes.toSorted((one, other) => one - other);
const kilobytes = (bytes = 0): string => `${(bytes / 1000).toFixed(1)} kB`;
console.log(
  `${String(cards.length)} pictures: ${String(drawn.length)} drawn in ${seconds(ready)}, ${String(removed.length)} removed; ` +
    `${kilobytes(sorted[sorted.length >> 1])} median, ${kilobytes(sorted.at(-1))} most, ` +
    `${kilobytes(sorted.reduce((sum, size) => sum + size, 0))} together. All of it took ${seconds(begin)}.`,
);
