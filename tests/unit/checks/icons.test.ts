import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { drawIcon, ICONS } from '../../../scripts/icons.ts';

const PUBLIC = path.resolve(import.meta.dirname, '../../../public');

/** The rows of a picture: how tightly they are packed is for the version of zlib to say. */
function rowsOf(png: Buffer): string {
  const from = png.indexOf('IDAT');
  return inflateSync(png.subarray(from + 4, from + 4 + png.readUInt32BE(from - 4))).toString('base64');
}

test('the icons of the installed site are the favicon', async () => {
  const svg = await readFile(path.join(PUBLIC, 'favicon.svg'), 'utf8');
  for (const [name, [size, scale]] of Object.entries(ICONS)) {
    const drawn = await readFile(path.join(PUBLIC, name));
    assert.equal(drawn.readUInt32BE(16), size);
    assert.ok(
      rowsOf(drawn) === rowsOf(Buffer.from(drawIcon(svg, size, scale))),
      `${name}: node scripts/icons.ts`,
    );
  }
});

test('a favicon of other shapes is refused', () => {
  const svg = '<svg stroke-width="4"><style>path{stroke:#6236a8}</style><path d="M4 7c1 2 3 4 5 6"/></svg>';
  assert.throws(() => drawIcon(svg, 32, 1), RangeError);
});
