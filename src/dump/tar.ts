/** Reads a tar archive: ustar, with the long names of POSIX (pax) and of GNU. */
import { DumpFault, type DumpLimits } from './dump-fault.ts';
import { readName } from './dump-paths.ts';
import type { ArchiveEntry } from './archive-entry.ts';

const BLOCK = 512;

/** Whether the first block is a header with its right check sum. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && !isEmpty(bytes.subarray(0, BLOCK)) && hasRightSum(bytes.subarray(0, BLOCK));
}

/** The entries. Throws `DumpFault`. */
export function readTar(bytes: Uint8Array, limits: DumpLimits): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [];
  const files = new Map<string, Uint8Array>();
  /** What a header of its own says of the next entry. */
  let said: { path?: string; link?: string; size?: number } = {};
  let at = 0;
  for (;;) {
    // An archive ends with empty blocks; one that ends behind a whole block is taken as well, as `tar` does.
    if (at >= bytes.length || (at + BLOCK <= bytes.length && isEmpty(bytes.subarray(at, at + BLOCK))))
      return entries;
    const header = bytes.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw new DumpFault('cut');
    if (!hasRightSum(header)) throw new DumpFault('damaged', entries.at(-1)?.name ?? '');
    const type = String.fromCharCode(header[156] ?? 0);
    const size = said.size ?? readNumber(header.subarray(124, 136));
    const begin = at + BLOCK;
    if (begin + size > bytes.length) throw new DumpFault('cut');
    const data = bytes.subarray(begin, begin + size);
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
    if (at > bytes.length) throw new DumpFault('cut');
    if (type === 'x') {
      said = { ...said, ...readPax(data) };
    } else if (type === 'L' || type === 'K') {
      said = { ...said, [type === 'L' ? 'path' : 'link']: readName(untilZero(data), 'latin1') };
    } else if (type !== 'g') {
      const name = said.path ?? readHeaderName(header);
      const entry = toEntry(type, name, said.link ?? readText(header, 157, 100), data, files);
      if (entry.kind === 'file') files.set(name, entry.bytes);
      entries.push(entry);
      said = {};
      if (entries.length > limits.files) throw new DumpFault('many', limits.files);
    }
  }
}

function toEntry(
  type: string,
  name: string,
  link: string,
  data: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
): ArchiveEntry {
  if (type === '5' || ((type === '0' || type === '\0') && name.endsWith('/')))
    return { name, kind: 'folder' };
  if (type === '0' || type === '\0' || type === '7') return { name, kind: 'file', bytes: data.slice() };
  // A hard link is the file itself once more.
  const same = type === '1' ? files.get(link) : undefined;
  if (same !== undefined) return { name, kind: 'file', bytes: same };
  return { name, kind: type === '1' || type === '2' ? 'link' : 'special' };
}

function readHeaderName(header: Uint8Array): string {
  const name = readText(header, 0, 100);
  const isUstar = readText(header, 257, 6).startsWith('ustar');
  const prefix = isUstar && header[263] !== 0x20 ? readText(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** `LENGTH KEY=VALUE\n`, where the length counts the whole line's bytes. */
function readPax(data: Uint8Array): { path?: string; link?: string; size?: number } {
  const found: { path?: string; link?: string; size?: number } = {};
  let at = 0;
  while (at < data.length) {
    const blank = data.indexOf(0x20, at);
    const length = blank < 0 ? NaN : Number(readName(data.subarray(at, blank), 'latin1'));
    if (!Number.isInteger(length) || length < 1 || at + length > data.length) throw new DumpFault('damaged');
    const line = readName(data.subarray(blank + 1, at + length - 1), 'latin1');
    const equals = line.indexOf('=');
    const value = line.slice(equals + 1);
    if (line.startsWith('path=')) found.path = value;
    if (line.startsWith('linkpath=')) found.link = value;
    if (/^size=\d+$/.test(line)) found.size = Number(value);
    at += length;
  }
  return found;
}

/** Octal digits, or a number of 256 based bytes where the first bit is set. */
function readNumber(field: Uint8Array): number {
  if (((field[0] ?? 0) & 0x80) !== 0) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw new DumpFault('damaged');
    return value;
  }
  const digits = readName(untilZero(field), 'latin1').trim();
  if (!/^[0-7]*$/.test(digits)) throw new DumpFault('damaged');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

/** The sum of the header's bytes, its own field counted as blanks. Old writers summed signed bytes. */
function hasRightSum(header: Uint8Array): boolean {
  const digits = readText(header, 148, 8).trim();
  if (!/^[0-7]+$/.test(digits)) return false;
  let unsigned = 0;
  let signed = 0;
  for (const [index, byte] of header.entries()) {
    const value = index >= 148 && index < 156 ? 0x20 : byte;
    unsigned += value;
    signed += value > 127 ? value - 256 : value;
  }
  const sum = Number.parseInt(digits, 8);
  return sum === unsigned || sum === signed;
}

function readText(header: Uint8Array, at: number, length: number): string {
  return readName(untilZero(header.subarray(at, at + length)), 'latin1');
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const zero = bytes.indexOf(0);
  return zero < 0 ? bytes : bytes.subarray(0, zero);
}

function isEmpty(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}
