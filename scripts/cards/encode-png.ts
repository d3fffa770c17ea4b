/** A PNG with a palette: one byte a pixel, as small as deflate makes it. */
import { crc32, deflateSync } from 'node:zlib';
import type { IndexedPixels } from '../../src/cards/palette.ts';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** Bits a pixel, the kind of colour (3: by a palette), and the one way there is to pack, filter and lay the rows. */
const FORM = [8, 3, 0, 0, 0];

/** The file of a picture of that width. */
export function encodePng({ colours, places }: IndexedPixels, width: number): Buffer {
  const height = places.length / width;
  // Each row begins with its filter: none, as nearby places of a palette are no nearby colours.
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    rows.set(places.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(FORM, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
