import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'fflate';
import { DumpFault } from '../../../src/dump/dump-fault.ts';
import { openArchive } from '../../../src/dump/open-archive.ts';
import { joinBytes } from '../../../src/platforms/shared/bytes.ts';
import { changed, find, pax, tar, tarGz, text, zip } from './make-archives.ts';

const LIMITS = { packed: 100_000, unpacked: 200_000, files: 50 };
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;

const open = (bytes: Uint8Array): { files: Record<string, string>; leftOut: string[] } => {
  const { files, leftOut } = openArchive(bytes, LIMITS);
  const decoder = new TextDecoder();
  return {
    files: Object.fromEntries(Array.from(files, ([path, file]) => [path, decoder.decode(file)])),
    leftOut: leftOut.map(({ name, reason }) => `${name}: ${reason}`),
  };
};

function at(places: readonly number[], index = 0): number {
  const place = places[index];
  assert.ok(place !== undefined);
  return place;
}

describe('an archive that somebody drops', () => {
  const files = { 'a/b.py': 'import c\n'.repeat(50), 'c.py': '', 'ランタイム.py': 'x = 1\n' };

  it('is opened as zip, packed and stored', () => {
    for (const level of [0, 9] as const) assert.deepEqual(open(zip(files, level)), { files, leftOut: [] });
  });

  it('is opened as a zip that something stands before, and one with a comment', () => {
    const shifted = joinBytes([text('#!/bin/sh\n'), zip(files)]);
    assert.deepEqual(open(shifted).files, files);
    const commented = joinBytes([changed(zip(files), zip(files).length - 2, 5), text('hello')]);
    assert.deepEqual(open(commented).files, files);
  });

  it('is opened as tar and tar.gz, with long names by pax and by GNU', () => {
    const long = `${'folder/'.repeat(30)}runtime.py`;
    const entries = [
      { name: 'var/', type: '5' },
      { name: 'var/runtime/bootstrap.py', data: 'x = 1\n' },
      { name: 'PaxHeaders/1', type: 'x', data: pax('path', long) },
      { name: 'cut.py', data: 'pax' },
      { name: '././@LongLink', type: 'L', data: `${long}x\0` },
      { name: 'cut.py', data: 'gnu' },
      { name: 'same.py', type: '1', link: 'var/runtime/bootstrap.py' },
    ];
    const expected = {
      'var/runtime/bootstrap.py': 'x = 1\n',
      [long]: 'pax',
      [`${long}x`]: 'gnu',
      'same.py': 'x = 1\n',
    };
    assert.deepEqual(open(tar(entries)), { files: expected, leftOut: [] });
    assert.deepEqual(open(tarGz(entries)), { files: expected, leftOut: [] });
    assert.deepEqual(open(tar(entries, false)).files, expected);
  });

  it('loses the beginning of absolute paths', () => {
    const absolute = tar([{ name: '/var/task/a.py' }, { name: 'C:\\x\\b.py' }, { name: './c.py' }]);
    assert.deepEqual(Object.keys(open(absolute).files), ['var/task/a.py', 'x/b.py', 'c.py']);
  });

  it('has names in any encoding, and shows characters that nobody sees by their code', () => {
    const odd = tar([
      { name: new Uint8Array([0x63, 0x61, 0x66, 0xe9]) },
      { name: 'a\u202egnp.py' },
      { name: 'b\u200b.py' },
    ]);
    assert.deepEqual(Object.keys(open(odd).files), ['café', 'a⟨U+202E⟩gnp.py', 'b⟨U+200B⟩.py']);
    const ascii = zip({ 'caf_.py': 'x' });
    const old = ascii.slice();
    for (const place of [at(find(ascii, DIRECTORY)) + 46, at(find(ascii, LOCAL)) + 30]) old[place + 3] = 0x82;
    assert.deepEqual(Object.keys(open(old).files), ['café.py']);
  });

  it('names the files that it leaves out', () => {
    const bytes = tar([
      { name: 'a.py', data: '1' },
      { name: '../../etc/passwd', data: '2' },
      { name: 'a.py', data: '3' },
      { name: 'link.py', type: '2', link: '/etc/passwd' },
      { name: 'pipe', type: '6' },
      { name: '././.', data: '4' },
    ]);
    assert.deepEqual(open(bytes), {
      files: { 'a.py': '1' },
      leftOut: [
        '../../etc/passwd: outside',
        'a.py: duplicate',
        'link.py: link',
        'pipe: special',
        ': nameless',
      ],
    });
    const linked = changed(
      zip({ 'a.py': 'x', link: '/etc/passwd' }),
      at(find(zip({ 'a.py': 'x', link: '/etc/passwd' }), DIRECTORY), 1) + 40,
      0o120777,
    );
    linked[at(find(linked, DIRECTORY), 1) + 5] = 3;
    assert.deepEqual(open(linked).leftOut, ['link: link']);
  });
});

describe('a hostile archive', () => {
  const plain = zip({ 'a.py': 'x = 1\n'.repeat(100), 'b.py': 'y = 2\n'.repeat(100) });
  const zeros = new Uint8Array(300_000);
  const hostile: Record<string, [string, Uint8Array]> = {
    'that is none': ['none', text('hello, world')],
    'of no bytes': ['none', new Uint8Array()],
    'in another form': ['form', new Uint8Array([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
    'that is one packed file': ['form', gzipSync(text('x'.repeat(1000)))],
    'that is too large': ['large', new Uint8Array(100_001)],
    'that says how much it unpacks to': ['bomb', zip({ zeros })],
    'that says it unpacks to less': [
      'damaged',
      changed(zip({ zeros }), at(find(zip({ zeros }), DIRECTORY)) + 24, 1000, 4),
    ],
    'packed by gzip, and a bomb': ['bomb', gzipSync(zeros)],
    'with more files than are taken': [
      'many',
      zip(Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}`, 'x']))),
    ],
    'as tar with more files': ['many', tar(Array.from({ length: 51 }, (_, i) => ({ name: `f${i}` })))],
    'that says it has more files': ['many', changed(plain, at(find(plain, END)) + 10, 60_000)],
    'with a password': ['encrypted', changed(plain, at(find(plain, DIRECTORY)) + 8, 1)],
    'packed in another way': ['method', changed(plain, at(find(plain, DIRECTORY)) + 10, 12)],
    'whose files share their bytes': ['overlap', changed(plain, at(find(plain, DIRECTORY), 1) + 42, 0, 4)],
    'that was cut': ['cut', plain.slice(0, -40)],
    'cut within a tar': ['cut', tar([{ name: 'a.py', data: 'x'.repeat(2000) }], false).slice(0, 1500)],
    'cut behind a file that fills no block': [
      'cut',
      tar([{ name: 'a.py', data: 'x'.repeat(600) }], false).slice(0, 512 + 600),
    ],
    'cut within a gzip': [
      'cut',
      tarGz([{ name: 'a.py', data: Array.from({ length: 3000 }, (_, i) => String(i * 7919)).join() }]).slice(
        0,
        3000,
      ),
    ],
    'with a byte flipped': ['damaged', changed(plain, at(find(plain, DIRECTORY)) + 16, 0x1234, 4)],
    'with a damaged tar header': [
      'damaged',
      joinBytes([tar([{ name: 'a.py' }], false), text('x'.repeat(512))]),
    ],
    'that holds another one alone': ['nested', zip({ 'inner.zip': plain }, 0)],
    'that holds nothing': ['empty', zip({})],
    'whose only file leads outside': ['empty', zip({ '../a.py': 'x' })],
  };
  for (const [name, [key, bytes]] of Object.entries(hostile)) {
    it(`${name} is refused: ${key}`, () => {
      assert.throws(
        () => open(bytes),
        (error) => error instanceof DumpFault && error.key === key,
      );
    });
  }

  it('of random changes ends in files or in a fault, never otherwise', () => {
    let seed = 7;
    const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    const begins = [
      plain,
      tar([
        { name: 'a.py', data: 'x = 1' },
        { name: 'b/c', data: 'y' },
      ]),
      tarGz([{ name: 'a.py', data: 'x' }]),
    ];
    for (let round = 0; round < 3000; round += 1) {
      const bytes = (begins[round % 3] ?? plain).slice(0, next(4) === 0 ? next(900) : undefined);
      for (let change = next(4); change >= 0; change -= 1) bytes[next(bytes.length + 1)] = next(256);
      try {
        open(bytes);
      } catch (error) {
        assert.ok(error instanceof DumpFault, `${round}: ${String(error)}`);
      }
    }
  });
});
