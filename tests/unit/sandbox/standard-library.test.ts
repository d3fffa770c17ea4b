import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PyodideAPI } from 'pyodide';
import { StandardLibrary } from '../../../src/sandbox/standard-library.ts';
import { nextTurn } from './fakes.ts';

/** Python's disk, with the archive's place on it. */
function disk(): { readonly python: PyodideAPI; readonly file: { contents: Uint8Array; usedBytes: number } } {
  const file = { contents: new Uint8Array(), usedBytes: 0 };
  const FS = {
    readdir: () => ['.', '..', 'python3.14', 'python314.zip'],
    lookupPath: (path: string) => (path === '/lib/python314.zip' ? { node: file } : null),
  };
  return { python: { FS } as unknown as PyodideAPI, file };
}

const archive = new Uint8Array([1, 2, 3]);

for (const order of ['before', 'after'] as const) {
  test(`an archive that comes ${order} Python has booted lies on its disk`, async () => {
    const library = new StandardLibrary(3);
    const { python, file } = disk();
    library.isLate = true;
    assert.deepEqual(await library.bytesToBoot(), new Uint8Array(3));
    if (order === 'before') library.arrive(archive);
    library.lieIn(python);
    if (order === 'after') library.arrive(archive);
    await library.wait();
    assert.deepEqual(file, { contents: archive, usedBytes: 3 });
  });
}

test('who waits for the archive says so, and goes on when it lies there', async () => {
  const library = new StandardLibrary(3);
  const { python, file } = disk();
  const told: string[] = [];
  library.awaited = () => told.push('awaited');
  library.isLate = true;
  library.lieIn(python);
  const waiting = library.wait().then(() => told.push(`there: ${String(file.contents)}`));
  await nextTurn();
  assert.deepEqual(told, ['awaited']);
  library.arrive(archive);
  await waiting;
  await library.wait();
  assert.deepEqual(told, ['awaited', 'there: 1,2,3']);
});

test('a plain boot waits for the archive itself', async () => {
  const library = new StandardLibrary(3);
  const bytes = library.bytesToBoot();
  library.arrive(archive);
  assert.equal(await bytes, archive);
});
