import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parsePage } from '../../../scripts/built-pages.ts';
import { checkSizes, measureFirstLoad } from '../../../scripts/checks/sizes.ts';
import { listPlatforms } from '../../../src/integrations/platforms.ts';
import { withSite } from '../site-folder.ts';

const PAGE =
  '<link rel="stylesheet" href="/b/a.css"><script type="module" src="/b/a.js"></script>' +
  '<script type="module">import "/b/c.js";</script><script type="application/json">{"a":1}</script>' +
  '<a href="/b/big.bin">not loaded</a>';

const FILES = {
  'index.html': PAGE,
  'a.css': '@font-face{src:url(f.woff2)}',
  'f.woff2': 'ffff',
  'a.js': 'import "./b.js"; const later = () => import("./later.js");',
  'b.js': 'export {};',
  'c.js': 'export const c = 1;',
  'later.js': 'x'.repeat(1000),
  'big.bin': 'y'.repeat(1000),
};

describe('the check of sizes', () => {
  it('measures the page, its styles, fonts, scripts and what they import at once', async () => {
    const load = await withSite(FILES, (folder) =>
      measureFirstLoad(folder, '/b/', parsePage('index.html', PAGE)),
    );
    const zipped = (name: keyof typeof FILES): [string, number] => [name, gzipSync(FILES[name]).length];
    assert.deepEqual(
      [...load.files],
      [zipped('index.html'), zipped('a.css'), ['f.woff2', 4], zipped('a.js'), zipped('b.js'), zipped('c.js')],
    );
  });

  it('names a page above its budget with its parts, and what the rest is too large for', async () => {
    const files = {
      ...FILES,
      '_sandbox/boot.bin': 'x'.repeat(900),
      '_sandbox/python_stdlib-zip.1.bin': 'y'.repeat(900),
    };
    const { faults } = await withSite(files, (folder) =>
      checkSizes(folder, '/b/', {
        page: 300,
        embed: 300,
        shared: 2000,
        python: 1500,
        boot: 800,
        card: 0,
        cards: 0,
      }),
    );
    assert.equal(faults.length, 4);
    assert.match(faults[0] ?? '', /^index\.html: 0\.\d kB of at most 0\.3 kB \(index\.html .*c\.js .* kB\)$/);
    assert.deepEqual(faults.slice(1, 3), [
      'Python: 1.8 kB of at most 1.5 kB',
      'What Python boots from: 0.9 kB of at most 0.8 kB',
    ]);
    assert.match(faults[3] ?? '', /^The site without Python: 2\.\d kB of at most 2\.0 kB \(\)$/);
  });

  it('counts of the platforms, for what a run fetches, the largest, and every other file whatever its name', async () => {
    const [smaller = '', larger = ''] = await listPlatforms();
    const files = {
      'index.html': '',
      '_sandbox/anything.1.bin': 'x'.repeat(300),
      '_sandbox/python_stdlib-zip.1.bin': 'y'.repeat(5000),
      [`_sandbox/${smaller}.1.bin`]: 'x'.repeat(400),
      [`_sandbox/${larger}.1.bin`]: 'x'.repeat(700),
    };
    const budgets = { page: 300, embed: 300, shared: 2000, python: 10_000, boot: 1000, card: 0, cards: 0 };
    const check = (boot: number): Promise<readonly string[]> =>
      withSite(files, async (folder) => (await checkSizes(folder, '/', { ...budgets, boot })).faults);
    assert.deepEqual(await check(1000), []);
    assert.deepEqual(await check(999), ['What Python boots from: 1.0 kB of at most 1.0 kB']);
  });

  it('adds up what each kind of pages may take, a page in two languages once', async () => {
    const files = {
      'en/index.html': 'x',
      'ja/index.html': 'x',
      'en/source/a/b.py/index.html': 'x',
      'other.bin': 'y'.repeat(349_500),
    };
    const budgets = { page: 300, embed: 300, shared: 0, python: 0, boot: 0, card: 0, cards: 0 };
    const check = (more: Readonly<Record<string, string>>) =>
      withSite({ ...files, ...more }, (folder) => checkSizes(folder, '/', budgets));
    const { faults, summary } = await check({});
    assert.deepEqual(faults, []);
    assert.match(summary, /home 1 × 300\.0 kB, source 1 × 50\.0 kB;/);
    const above = await check({ 'more.bin': 'z'.repeat(1000) });
    assert.match(above.faults.join(), /^The site without Python: 350\.5 kB of at most 350\.0 kB \(home 1/);
  });

  it('names an embed whose HTML is above its budget', async () => {
    const embeds = { 'index.html': '', 'en/embed/v1/a--b/index.html': randomBytes(600).toString('base64') };
    const check = (embed: number) =>
      withSite(embeds, (folder) =>
        checkSizes(folder, '/', { page: 2000, embed, shared: 9000, python: 0, boot: 0, card: 0, cards: 0 }),
      );
    assert.deepEqual((await check(2000)).faults, []);
    assert.match(
      (await check(300)).faults.join(),
      /^en\/embed\/v1\/a--b\/index\.html: [\d.]+ kB of HTML, of at most 0\.3 kB$/,
    );
  });

  it('counts the pictures of shared links apart: each, and their mean', async () => {
    const files = { 'index.html': '', 'cards/en/a.png': 'x'.repeat(900), 'cards/ja/a.png': 'x'.repeat(300) };
    const check = (card: number, cards: number) =>
      withSite(files, (folder) =>
        checkSizes(folder, '/', { page: 300, embed: 300, shared: 10, python: 0, boot: 0, card, cards }),
      );
    const { faults, summary } = await check(900, 600);
    assert.deepEqual(faults, []);
    assert.match(summary, /; 2 pictures of shared links 1\.2 kB of 1\.2 kB$/);
    assert.deepEqual((await check(899, 599)).faults, [
      'cards/en/a.png: 0.9 kB of at most 0.9 kB',
      'Pictures of shared links: 1.2 kB of at most 1.2 kB (2 × 0.6 kB)',
    ]);
  });

  it('names Python that a page loads by itself', async () => {
    const files = { 'index.html': '<link rel="prefetch" href="_sandbox/x.bin">', '_sandbox/x.bin': '' };
    const { faults } = await withSite(files, (folder) => checkSizes(folder, '/'));
    assert.deepEqual(faults, ['index.html loads _sandbox/x.bin before anybody runs anything']);
  });
});
