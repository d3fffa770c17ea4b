/** Reads a zip archive by its directory, as APPNOTE.TXT 6.3 describes it; nothing that is said there is believed before it is checked. */
import { crc32 } from '../platforms/shared/crc32.ts';
import { DumpFault, type DumpLimits } from './dump-fault.ts';
import { readName } from './dump-paths.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { inflate } from './unpack.ts';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Bytes of the record at the end, without its comment. */
const END_SIZE = 22;
const DIRECTORY_SIZE = 46;
const LOCAL_SIZE = 30;
const NOT_HERE = 0xffffffff;

interface Place {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  /** Where the record stands that says so. */
  readonly end: number;
}

interface Listed {
  readonly name: string;
  readonly mode: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Whether the bytes begin or end as a zip does. */
export function isZip(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  return bytes.length >= 4 && (view.getUint32(0, true) === LOCAL || findEnd(bytes) !== null);
}

/** The entries, files unpacked. Throws `DumpFault`. */
export function readZip(bytes: Uint8Array, limits: DumpLimits): ArchiveEntry[] {
  const place = findEnd(bytes);
  if (place === null) throw new DumpFault('cut');
  if (place.count > limits.files) throw new DumpFault('many', limits.files);
  // What stands before the archive (a script that unpacks itself) moves all offsets.
  const shift = place.end - place.size - place.offset;
  if (shift < 0) throw new DumpFault('cut');
  const listed = readDirectory(bytes, place, shift);
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.unpacked) throw new DumpFault('bomb', Math.round(limits.unpacked / 1e6));
  if (listed.some(({ flags }) => (flags & 1) !== 0)) throw new DumpFault('encrypted');
  let free = 0;
  const entries = new Map<Listed, ArchiveEntry>();
  for (const entry of listed.toSorted((one, other) => one.offset - other.offset)) {
    const data = findData(bytes, entry, shift);
    if (entry.offset < free) throw new DumpFault('overlap', entry.name);
    free = data + entry.packed - shift;
    entries.set(entry, readEntry(entry, bytes.subarray(data, data + entry.packed)));
  }
  return listed.flatMap((entry) => entries.get(entry) ?? []);
}

function readEntry(entry: Listed, data: Uint8Array): ArchiveEntry {
  const { name, mode } = entry;
  // The upper half of the attributes is a Unix mode, where a Unix wrote them.
  const type = mode & 0o170000;
  if (type === 0o120000) return { name, kind: 'link' };
  if (name.endsWith('/')) return { name, kind: 'folder' };
  if (type !== 0 && type !== 0o100000) return { name, kind: type === 0o040000 ? 'folder' : 'special' };
  if (entry.method !== 0 && entry.method !== 8) throw new DumpFault('method', name);
  if (entry.method === 0 && entry.packed !== entry.size) throw new DumpFault('damaged', name);
  const bytes = entry.method === 0 ? data.slice() : inflate(data, entry.size, name);
  if (crc32(bytes) !== entry.crc) throw new DumpFault('damaged', name);
  return { name, kind: 'file', bytes };
}

/** Where an entry's data begins. */
function findData(bytes: Uint8Array, { name, offset, packed }: Listed, shift: number): number {
  const view = viewOf(bytes);
  const at = offset + shift;
  if (at + LOCAL_SIZE > bytes.length || view.getUint32(at, true) !== LOCAL)
    throw new DumpFault('damaged', name);
  const begin = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (begin + packed > bytes.length) throw new DumpFault('cut');
  return begin;
}

function readDirectory(bytes: Uint8Array, place: Place, shift: number): Listed[] {
  const view = viewOf(bytes);
  const listed: Listed[] = [];
  let at = place.offset + shift;
  for (let index = 0; index < place.count; index += 1) {
    if (at + DIRECTORY_SIZE > place.end || view.getUint32(at, true) !== DIRECTORY)
      throw new DumpFault('damaged');
    const nameSize = view.getUint16(at + 28, true);
    const extraSize = view.getUint16(at + 30, true);
    const next = at + DIRECTORY_SIZE + nameSize + extraSize + view.getUint16(at + 32, true);
    if (next > place.end) throw new DumpFault('damaged');
    const nameEnd = at + DIRECTORY_SIZE + nameSize;
    const name = readName(bytes.subarray(at + DIRECTORY_SIZE, nameEnd), 'cp437');
    const wide = read64(bytes.subarray(nameEnd, nameEnd + extraSize), [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    const isUnix = view.getUint8(at + 5) === 3 || view.getUint8(at + 5) === 19;
    listed.push({
      name,
      mode: isUnix ? view.getUint32(at + 38, true) >>> 16 : 0,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: wide[0] ?? 0,
      packed: wide[1] ?? 0,
      offset: wide[2] ?? 0,
    });
    at = next;
  }
  return listed;
}

/** Size, packed size and offset: those that do not fit into 32 bits stand in a field of zip64, in this order. */
function read64(extra: Uint8Array, values: readonly number[]): number[] {
  if (!values.includes(NOT_HERE)) return [...values];
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    const end = Math.min(field + view.getUint16(at + 2, true), extra.length);
    return values.map((value) => {
      if (value !== NOT_HERE || field + 8 > end) return value;
      field += 8;
      return Number(view.getBigUint64(field - 8, true));
    });
  }
  return [...values];
}

/** The record at the archive's end, and where the directory is by it; null where there is none. */
function findEnd(bytes: Uint8Array): Place | null {
  const view = viewOf(bytes);
  const first = Math.max(0, bytes.length - END_SIZE - 0xffff);
  for (let end = bytes.length - END_SIZE; end >= first; end -= 1) {
    if (view.getUint32(end, true) !== END) continue;
    if (end + END_SIZE + view.getUint16(end + 20, true) > bytes.length) continue;
    const place: Place = {
      count: view.getUint16(end + 10, true),
      size: view.getUint32(end + 12, true),
      offset: view.getUint32(end + 16, true),
      end,
    };
    return findEnd64(view, end) ?? place;
  }
  return null;
}

function findEnd64(view: DataView, end: number): Place | null {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return null;
  const at = Number(view.getBigUint64(locator + 8, true));
  if (at + 56 > locator || view.getUint32(at, true) !== END_64) return null;
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    size: Number(view.getBigUint64(at + 40, true)),
    offset: Number(view.getBigUint64(at + 48, true)),
    end: at,
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
