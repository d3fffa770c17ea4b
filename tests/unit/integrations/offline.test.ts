import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { writeRemoval, writeWorker } from '../../../src/integrations/offline.ts';
import { buildOfPage } from '../../../src/offline/page-text.ts';
import { withSite } from '../site-folder.ts';

const PAGE = '<!doctype html><meta name="build" content=""><title>One</title>';

const SITE = {
  'en/one/index.html': PAGE,
  'en/offline/index.html': `${PAGE}<script type="module" src="/base/_astro/kept.1.js"></script>`,
  'embed/index.html': '<!doctype html><title>Embed</title>',
  '_astro/kept.1.js': 'import "./words.1.js"; import("./later.1.js");',
  '_astro/words.1.js': 'export {};',
  '_astro/later.1.js': 'export {};',
  'traces/one.json': '{}',
  'en/errors.json': '[]',
  'en/oembed/one.json': '{}',
  'cards/en/one.png': 'png',
};

suite('the worker of a build', () => {
  test('knows every file that pages load, and has from its first day what the page about it needs', () =>
    withSite(SITE, async (folder) => {
      const { files, first } = await writeWorker(folder, '/base/');
      assert.deepEqual(Object.keys(files), [
        '_astro/kept.1.js',
        '_astro/later.1.js',
        '_astro/words.1.js',
        'en/errors.json',
        'traces/one.json',
      ]);
      assert.deepEqual(first, ['en/offline/', '_astro/kept.1.js', '_astro/words.1.js']);
      assert.match(await readFile(path.join(folder, 'sw.js'), 'utf8'), /en\/errors\.json/);
    }));

  test('has the id that its pages carry: the same for the same site, another for any other', async () => {
    const idOf = (site: Readonly<Record<string, string>>): Promise<string> =>
      withSite(site, async (folder) => {
        const { build } = await writeWorker(folder, '/base/');
        const html = await readFile(path.join(folder, 'en/one/index.html'), 'utf8');
        assert.equal(buildOfPage(html), build);
        assert.equal((await writeWorker(folder, '/base/')).build, build);
        const embed = await readFile(path.join(folder, 'embed/index.html'), 'utf8');
        assert.equal(embed, SITE['embed/index.html']);
        return build;
      });
    const id = await idOf(SITE);
    assert.equal(await idOf(SITE), id);
    assert.notEqual(await idOf({ ...SITE, 'en/one/index.html': `${PAGE}more` }), id);
    assert.notEqual(await idOf({ ...SITE, 'cards/en/one.png': 'other' }), id);
  });

  test('of a build without one removes it, and pages ask for none', () =>
    withSite(SITE, async (folder) => {
      await writeRemoval(folder, '/base/');
      const script = await readFile(path.join(folder, 'sw.js'), 'utf8');
      assert.match(script, /unregister/);
      assert.equal(buildOfPage(await readFile(path.join(folder, 'en/one/index.html'), 'utf8')), null);
    }));
});
