/**
 * Draws the icons of the installed site from `public/favicon.svg`, into `public/`: strokes with round ends on paper, as PNG.
 *
 *     node scripts/icons.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const PUBLIC = path.resolve(import.meta.dirname, '../public');

/** The paper of the light theme, as `theme-color` in the pages' head. */
const PAPER = [0xfc, 0xfb, 0xf8] as const;

/** Edge of the favicon's own square. */
const SQUARE = 32;

type Colour = readonly [number, number, number];

interface Stroke {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly colour: Colour;
}

/** The favicon's strokes, level lines all, and how wide they are. Throws RangeError where it has become another drawing. */
function readStrokes(svg: string): { readonly strokes: readonly Stroke[]; readonly width: number } {
  const width = Number(/stroke-width="(\d+)"/.exec(svg)?.[1]);
  const colours = Array.from(svg.split('@media')[0]?.matchAll(/stroke:#(\w{6})/g) ?? [], ([, hex = '']) =>
    toColour(hex),
  );
  const paths = Array.from(svg.matchAll(/ d="([^"]+)"/g), ([, d = '']) => d);
  const strokes = paths.flatMap((d, index) =>
    Array.from(d.matchAll(/M(\d+) (\d+)h(\d+)/g), ([, x, y, length]): Stroke => {
      const [left, level] = [Number(x), Number(y)];
      return {
        from: [left, level],
        to: [left + Number(length), level],
        colour: colours[Math.min(index, colours.length - 1)] ?? [0, 0, 0],
      };
    }),
  );
  if (
    strokes.length === 0 ||
    paths.join('') !==
      paths
        .join('')
        .match(/M\d+ \d+h\d+/g)
        ?.join('') ||
    !(width > 0)
  )
    throw new RangeError(
      'public/favicon.svg has other shapes than level lines: scripts/icons.ts cannot draw it.',
    );
  return { strokes, width };
}

/** A square picture; `scale` is the part of its edge that the drawing takes. */
export function drawIcon(svg: string, size: number, scale: number): Uint8Array {
  const { strokes, width } = readStrokes(svg);
  const unit = (size * scale) / SQUARE;
  const margin = (size * (1 - scale)) / 2;
  const pixels = Buffer.alloc(size * (3 * size + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at: [number, number] = [(x + 0.5 - margin) / unit, (y + 0.5 - margin) / unit];
      let colour: Colour = PAPER;
      for (const stroke of strokes) {
        const cover = Math.min(1, Math.max(0, (width / 2 - distance(at, stroke)) * unit + 0.5));
        colour = mix(colour, stroke.colour, cover);
      }
      pixels.set(colour, y * (3 * size + 1) + 1 + 3 * x);
    }
  }
  return toPng(size, pixels);
}

function distance([x, y]: readonly [number, number], { from, to }: Stroke): number {
  const nearest = Math.min(to[0], Math.max(from[0], x));
  return Math.hypot(x - nearest, y - from[1]);
}

function mix(below: Colour, above: Colour, cover: number): Colour {
  const part = (index: 0 | 1 | 2): number => Math.round(below[index] * (1 - cover) + above[index] * cover);
  return [part(0), part(1), part(2)];
}

function toColour(hex: string): Colour {
  const part = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16);
  return [part(0), part(2), part(4)];
}

/** `rows` has a filter byte before each row. */
function toPng(size: number, rows: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a channel, three channels.
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The icons by name: a maskable one may lose all but its middle four fifths. */
export const ICONS = {
  'icon-192.png': [192, 0.8],
  'icon-512.png': [512, 0.8],
  'icon-maskable-512.png': [512, 0.55],
} as const satisfies Record<string, readonly [size: number, scale: number]>;

async function main(): Promise<void> {
  const svg = await readFile(path.join(PUBLIC, 'favicon.svg'), 'utf8');
  for (const [name, [size, scale]] of Object.entries(ICONS))
    await writeFile(path.join(PUBLIC, name), drawIcon(svg, size, scale));
}

if (import.meta.main) await main();
