import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What follows `from` or `import`, where it names a file; types are imports as well. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** The files of the project that each of them imports. */
async function readImports(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = await Array.fromAsync(
    glob('{src,scripts,tests/unit,tests/browser}/**/*.{ts,astro,mjs}', { cwd: ROOT }),
  );
  const entries = files.map(async (file) => {
    const text = await readFile(path.join(ROOT, file), 'utf8');
    const names = Array.from(text.matchAll(IMPORT), ([, name = '']) => path.join(path.dirname(file), name));
    return [file, names] as const;
  });
  return new Map(await Promise.all(entries));
}

/** A way from a file back to itself, if there is one. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle !== null) return circle;
  }
  return null;
}

test('no file imports itself by way of others', async () => {
  const imports = await readImports();
  assert.ok(imports.size > 300);
  assert.deepEqual(findCircle(imports), null);
});

test('a circle is found, and told as the way around it', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  assert.deepEqual(findCircle(imports), ['b', 'c', 'b']);
});
