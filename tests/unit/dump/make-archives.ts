/** Archives for the tests, whole and hostile: zips by fflate with bytes changed by hand, tars by a writer of a few lines. */
import { gzipSync, zipSync, type Zippable } from 'fflate';
import { joinBytes } from '../../../src/platforms/shared/bytes.ts';

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A zip of texts. */
export function zip(files: Readonly<Record<string, string | Uint8Array>>, level: 0 | 9 = 9): Uint8Array {
  const entries: Zippable = {};
  for (const [name, value] of Object.entries(files))
    entries[name] = [typeof value === 'string' ? text(value) : value, { level }];
  return zipSync(entries);
}

/** Every place of four bytes, as a little-endian number, in an archive. */
export function find(bytes: Uint8Array, signature: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 1)
    if (view.getUint32(at, true) === signature) places.push(at);
  return places;
}

/** A copy with some bytes changed: of 16 bits each, where `wide` is not said. */
export function changed(bytes: Uint8Array, at: number, value: number, wide: 2 | 4 = 2): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (wide === 2) view.setUint16(at, value, true);
  else view.setUint32(at, value, true);
  return copy;
}

export interface TarEntry {
  readonly name: string | Uint8Array;
  readonly data?: string | Uint8Array;
  readonly type?: string;
  readonly link?: string;
}

/** A tar as ustar has it; entries of type x and L say what follows, as any writer does. */
export function tar(entries: readonly TarEntry[], hasEnd = true): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const { name, data = '', type = '0', link = '' } of entries) {
    const bytes = typeof data === 'string' ? text(data) : data;
    const header = new Uint8Array(512);
    header.set(typeof name === 'string' ? text(name) : name, 0);
    header.set(text('0000644\0'), 100);
    header.set(text(`${bytes.length.toString(8).padStart(11, '0')}\0`), 124);
    header.set(text('        '), 148);
    header.set(text(type), 156);
    header.set(text(link), 157);
    header.set(text('ustar\x0000'), 257);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.set(text(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const body = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    body.set(bytes);
    blocks.push(header, body);
  }
  if (hasEnd) blocks.push(new Uint8Array(1024));
  return joinBytes(blocks);
}

/** The same, packed. */
export function tarGz(entries: readonly TarEntry[]): Uint8Array {
  return gzipSync(tar(entries), { mtime: 0 });
}

/** One line of a pax header. */
export function pax(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const size = text(rest).length;
  let length = size + 1;
  while (String(length).length + size !== length) length = String(length).length + size;
  return `${length}${rest}`;
}
