import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { addressFromEnvironment, hashInputs } from '../../../scripts/build.ts';
import { withSite } from '../site-folder.ts';

const ADDRESS = { site: null, base: '/' };

describe('the need to build', () => {
  it('comes with a changed, a new or a renamed file, and with another address', async () => {
    await withSite({ 'src/a.ts': 'a', 'content/b.mdx': 'b', 'README.md': 'c' }, async (folder) => {
      const hashes = [await hashInputs(folder, ADDRESS)];
      const write = async (file: string, text: string): Promise<void> => {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
        hashes.push(await hashInputs(folder, ADDRESS));
      };
      await write('src/a.ts', 'b');
      await write('public/c.svg', '');
      await write('package-lock.json', '{}');
      await write('.cache/cards/list.json', '{}');
      hashes.push(await hashInputs(folder, { site: null, base: '/docs/' }));
      hashes.push(await hashInputs(folder, { site: 'https://a.example', base: '/' }));
      assert.equal(new Set(hashes).size, hashes.length);
    });
  });

  it('does not come with what is no part of the site', async () => {
    await withSite({ 'src/a.py': 'a', 'README.md': 'c' }, async (folder) => {
      const before = await hashInputs(folder, ADDRESS);
      await mkdir(path.join(folder, 'src', '__pycache__'));
      await writeFile(path.join(folder, 'src', '__pycache__', 'a.pyc'), '');
      await writeFile(path.join(folder, 'README.md'), 'd');
      assert.equal(await hashInputs(folder, ADDRESS), before);
    });
  });

  it('reads the address from SITE and BASE', () => {
    assert.deepEqual(addressFromEnvironment({}), { site: null, base: '/' });
    assert.deepEqual(addressFromEnvironment({ SITE: 'https://a.example', BASE: 'docs' }), {
      site: 'https://a.example',
      base: '/docs/',
    });
  });
});
