/** A zip archive whose files are stored as they are: how an action of several files travels to its container. */
import { joinBytes } from './bytes.ts';
import { crc32 } from './crc32.ts';

const encoder = new TextEncoder();

/** The day that every file of the archive bears, as zip writes it: 1980-01-01, the first that it can. */
const FIRST_DAY = 0x21;

/** The archive of some files, by their path in it. */
export function filesToZip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = encoder.encode(path);
    const bytes = typeof content === 'string' ? encoder.encode(content) : content;
    // Version 2.0, names in UTF-8, stored; the sizes with and without compression are the same.
    const about = numbers([2, 20], [2, 0x800], [2, 0], [2, 0], [2, FIRST_DAY], [4, crc32(bytes)]);
    const sizes = numbers([4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]);
    directory.push(numbers([4, 0x02014b50], [2, 20]), about, sizes);
    directory.push(numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name);
    const local = [numbers([4, 0x04034b50]), about, sizes, name, bytes];
    parts.push(...local);
    at += lengthOf(local);
  }
  const count = Object.keys(files).length;
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, lengthOf(directory)],
    [4, at],
    [2, 0],
  );
  return joinBytes([...parts, ...directory, end]);
}

/** Numbers of two or four bytes, the lowest byte first. */
function numbers(...items: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(items.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of items) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
