import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nativeParts } from '../../../src/dump/native-parts.ts';
import { searchDump } from '../../../src/dump/search-dump.ts';
import { text } from './make-archives.ts';

/** A header of ELF, little-endian where it is not said otherwise, for a processor. */
function elf(machine: number, isLittle = true): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, isLittle ? 1 : 2]);
  new DataView(bytes.buffer).setUint16(18, machine, isLittle);
  return bytes;
}

describe('what a dump holds', () => {
  it('is machine code by its bytes, and by its name', () => {
    const parts = nativeParts(
      new Map([
        ['runtime_client.cpython-312-x86_64-linux-gnu.so', elf(62)],
        ['simplejson/_speedups.abi3.so', elf(183)],
        ['lib/liblambda.so.1', elf(21, false)],
        ['runtime.so', text('a placeholder')],
        ['bin/rapid', elf(62)],
        ['a.py', text('x')],
      ]),
    );
    assert.deepEqual(
      parts.map(({ path, module, processor, python, isReal }) => [path, module, processor, python, isReal]),
      [
        ['bin/rapid', null, 'x86_64', null, true],
        ['lib/liblambda.so.1', null, 'other', null, true],
        ['runtime.so', 'runtime', null, null, false],
        ['runtime_client.cpython-312-x86_64-linux-gnu.so', 'runtime_client', 'x86_64', '3.12', true],
        ['simplejson/_speedups.abi3.so', '_speedups', 'arm64', 'abi3', true],
      ],
    );
  });

  it('is searched line by line, and by case where a capital is asked for', () => {
    const files = new Map([
      ['a.py', text('first\nimport Sys\n  import sys, import_sys\nlast sys')],
      ['b.bin', text('\0 import sys')],
      ['c.txt', text(`${'x'.repeat(1000)}sys${'y'.repeat(1000)}`)],
    ]);
    const { hits, files: found, isCut } = searchDump(files, 'sys');
    assert.deepEqual(
      hits.map(({ path, line, at }) => [path, line, at]),
      [
        ['a.py', 2, 7],
        ['a.py', 3, 9],
        ['a.py', 4, 5],
        ['c.txt', 1, 40],
      ],
    );
    assert.deepEqual([found, isCut, hits[3]?.text.length], [2, false, 160]);
    assert.deepEqual(
      searchDump(files, 'Sys').hits.map(({ line }) => line),
      [2],
    );
    assert.deepEqual(searchDump(files, 'sys', 2), { hits: hits.slice(0, 2), files: 1, isCut: true });
    assert.deepEqual(searchDump(files, ''), { hits: [], files: 0, isCut: false });
    assert.deepEqual(searchDump(files, '.*[').hits, []);
  });
});
