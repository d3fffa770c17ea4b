import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

const SOURCE = path.resolve(import.meta.dirname, '../../../src');
const STYLES = path.join(SOURCE, 'styles');

/** Its layers in their order: what a later one says holds, however narrow a selector of an earlier one is. */
const ORDER = '@layer tokens, base, prose, parts, lab, print;';

/** A line of a list: a part's file, and the layer that it lies in. */
const IMPORT = /^@import '\.\/([\w/-]+\.css)' layer\((\w+)\);$/;

/** The lists of styles that pages and components name, with their lines but for comments. */
async function readLists(): Promise<ReadonlyMap<string, readonly string[]>> {
  const lists = new Map<string, readonly string[]>();
  for (const file of await filesOf(STYLES, '*.css')) {
    const text = await readFile(path.join(STYLES, file), 'utf8');
    if (text.includes('@import '))
      lists.set(
        file,
        text
          .replace(/\/\*.*?\*\//gs, '')
          .trim()
          .split('\n'),
      );
  }
  return lists;
}

async function filesOf(folder: string, pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: folder })) files.push(file.replaceAll(path.sep, '/'));
  return files.sort();
}

test('every list of styles begins with the order of the layers, and names files of a layer', async () => {
  for (const [list, [first, ...imports]] of await readLists()) {
    assert.equal(first, ORDER, list);
    for (const line of imports) assert.match(line, IMPORT, list);
  }
});

test('every file of styles lies in one list, in the layer that its folder or its own name says', async () => {
  const lists = await readLists();
  const layers = new Map<string, string>();
  for (const line of [...lists.values()].flat()) {
    const [, file, layer] = IMPORT.exec(line) ?? [];
    if (file === undefined || layer === undefined) continue;
    assert.ok(!layers.has(file), `${file} lies in two lists`);
    layers.set(file, layer);
  }
  const parts = (await filesOf(STYLES, '**/*.css')).filter((file) => !lists.has(file));
  const expected = parts.map((file) => [file, /^\w+/.exec(file)?.[0]]);
  assert.deepEqual([...layers].sort(), expected);
});

test('a page gets its styles from the lists alone', async () => {
  const lists = await readLists();
  for (const file of await filesOf(SOURCE, '**/*.{astro,ts}')) {
    const text = await readFile(path.join(SOURCE, file), 'utf8');
    assert.doesNotMatch(text, /<style\b/, file);
    for (const [, address] of text.matchAll(/^\s*import '([^']+\.css)';$/gm)) {
      const target = path.posix.relative(
        'styles',
        path.posix.join(path.posix.dirname(file), String(address)),
      );
      assert.ok(lists.has(target), `${file} takes ${target}, which is no list`);
    }
  }
});

test('no class is named like an element', async () => {
  const elements = new Set<string>();
  for (const file of await filesOf(SOURCE, '**/*.ts')) {
    const text = await readFile(path.join(SOURCE, file), 'utf8');
    for (const [, name] of text.matchAll(/customElements\.define\('([\w-]+)'/g)) elements.add(String(name));
  }
  assert.ok(elements.has('lab-root'));
  for (const file of await filesOf(STYLES, '**/*.css')) {
    const text = await readFile(path.join(STYLES, file), 'utf8');
    for (const [, name] of text.matchAll(/\.([a-z][\w-]*)/g)) {
      assert.ok(!elements.has(String(name)), `${file}: .${String(name)}`);
    }
  }
  for (const file of await filesOf(SOURCE, '**/*.astro')) {
    const text = await readFile(path.join(SOURCE, file), 'utf8');
    for (const [, classes] of text.matchAll(/\bclass(?::list)?=("[^"]*"|\{[^}]*\})/g)) {
      for (const name of String(classes).match(/[\w-]+/g) ?? []) {
        assert.ok(!elements.has(name), `${file}: class ${name}`);
      }
    }
  }
});

test('Japanese phrases are kept whole in headings, navigation, labels and narrow places, never in running text', async () => {
  const places: string[] = [];
  for (const file of await filesOf(STYLES, '**/*.css')) {
    const text = (await readFile(path.join(STYLES, file), 'utf8')).replace(/\/\*.*?\*\//gs, '');
    for (const [, selector, rules] of text.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (rules?.includes('auto-phrase') === true)
        places.push(`${file} ${String(selector).trim().replaceAll(/\s+/g, ' ')}`);
    }
  }
  assert.deepEqual(places, [
    'base.css :is(h1, h2, h3, nav, th, button, label, summary):lang(ja)',
    'base.css :is( .prose td, .path > p, .path-sign, .path a, .neighbours a, .guess-asks, .lab-veil, .sheet-hint, .time-says ):lang(ja)',
  ]);
});
