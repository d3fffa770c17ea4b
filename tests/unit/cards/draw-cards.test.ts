import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, it } from 'node:test';
import { drawCards } from '../../../scripts/cards/draw-cards.ts';
import { encodePng } from '../../../scripts/cards/encode-png.ts';
import { siteCanvases } from '../../../scripts/cards/site-canvas.ts';
import type { SiteCard } from '../../../scripts/cards/site-card.ts';
import { toPalette } from '../../../src/cards/palette.ts';
import { drawnCards, hasPage } from '../../../src/integrations/cards.ts';
import { withSite } from '../site-folder.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const canvases = await siteCanvases(ROOT);

const cardOf = (page: string, title: string): SiteCard => ({
  language: 'en',
  page,
  card: { kind: 'text', title, platform: '', says: 'It says so.' },
});

describe('drawing the pictures', () => {
  it('draws what is new or has changed, nothing twice, and removes what no page has', async () => {
    await withSite({}, async (folder) => {
      const draw = async (...cards: readonly SiteCard[]) => {
        const { drawn, removed } = await drawCards(ROOT, folder, canvases, cards);
        return { drawn, removed };
      };
      const [home, one] = [cardOf('', 'Home'), cardOf('moments/a--b/c', 'A moment')];
      assert.deepEqual(await draw(home, one), {
        drawn: ['en/home.png', 'en/moments/a--b/c.png'],
        removed: [],
      });
      assert.deepEqual(await draw(home, one), { drawn: [], removed: [] });
      const other = cardOf('moments/a--b/c', 'Another title');
      assert.deepEqual(await draw(home, other), { drawn: ['en/moments/a--b/c.png'], removed: [] });
      assert.deepEqual(await draw(home), { drawn: [], removed: ['en/moments/a--b/c.png'] });
      await rm(path.join(folder, 'en/home.png'));
      assert.deepEqual(await draw(home), { drawn: ['en/home.png'], removed: [] });
      assert.deepEqual(await drawnCards(folder), { 'en/home.png': 'Home. It says so.' });
      await writeFile(path.join(folder, 'list.json'), '{"en/home.png": {"key": "another drawer"}}');
      assert.deepEqual(await draw(home), { drawn: ['en/home.png'], removed: [] });
      assert.equal((await readFile(path.join(folder, 'en/home.png'))).toString('latin1', 1, 4), 'PNG');
    });
  });

  it('is no need of a build: without pictures there are none, and a page that is not there has none', async () => {
    const files = { 'en/index.html': '', 'en/moments/a--b/c/index.html': '' };
    await withSite(files, async (folder) => {
      assert.deepEqual(await drawnCards(folder), {});
      const all = ['en/home.png', 'ja/home.png', 'en/moments/a--b/c.png', 'en/moments/a--b/d.png'];
      assert.deepEqual(
        all.filter((file) => hasPage(folder, file)),
        ['en/home.png', 'en/moments/a--b/c.png'],
      );
    });
  });
});

describe('a picture’s file', () => {
  it('has a palette of the most frequent colours, and the nearest of them for any other', () => {
    // 300 greys, of which the first 256 are there twice.
    const greys = Array.from({ length: 300 }, (_, at) => [at & 255, at > 255 ? 1 : 0, 0, 255]);
    const { colours, places } = toPalette(Uint8Array.from([...greys, ...greys.slice(0, 256)].flat()));
    assert.equal(colours.length, 256);
    assert.deepEqual(colours[places[7] ?? 0], [7, 0, 0]);
    assert.deepEqual(colours[places[256 + 7] ?? 0], [7, 0, 0]);
  });

  it('has its rows, each behind its filter', () => {
    const png = encodePng(
      {
        colours: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        places: Uint8Array.from([0, 1, 1, 0]),
      },
      2,
    );
    const at = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    assert.deepEqual([...rows], [0, 0, 1, 0, 1, 0]);
    assert.deepEqual([...png.subarray(png.indexOf('PLTE') + 4).subarray(0, 6)], [1, 2, 3, 4, 5, 6]);
  });
});
