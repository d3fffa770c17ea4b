/**
 * A dropped archive as files: zip, tar, tar.gz, found out by their bytes and never by their names. Synchronous: it runs in a
 * worker.
 */
import type { ArchiveEntry } from './archive-entry.ts';
import { DUMP_LIMITS, DumpFault, type DumpLimits } from './dump-fault.ts';
import { toDumpPath, type LeftOutReason } from './dump-paths.ts';
import { isTar, readTar } from './tar.ts';
import { gunzip } from './unpack.ts';
import { isZip, readZip } from './zip.ts';

/** A file of an archive that is not shown. */
export interface LeftOut {
  readonly name: string;
  readonly reason: LeftOutReason;
}

/** What was dropped. */
export interface Dump {
  /** Files by their paths below the archive's root (`var/runtime/bootstrap.py`). */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly leftOut: readonly LeftOut[];
}

/** Opens an archive. Throws `DumpFault`. */
export function openArchive(bytes: Uint8Array, limits: DumpLimits = DUMP_LIMITS): Dump {
  if (bytes.length > limits.packed) throw new DumpFault('large', Math.round(limits.packed / 1e6));
  return entriesToDump(readEntries(bytes, limits), limits);
}

/** What an archive, or a dropped folder, lists, as files. Throws `DumpFault`. */
export function entriesToDump(entries: readonly ArchiveEntry[], limits: DumpLimits = DUMP_LIMITS): Dump {
  const files = new Map<string, Uint8Array>();
  const leftOut: LeftOut[] = [];
  let size = 0;
  for (const entry of entries) {
    if (entry.kind === 'folder') continue;
    const found = entry.kind === 'file' ? toDumpPath(entry.name) : { reason: entry.kind };
    if ('reason' in found) leftOut.push({ name: shown(entry.name), reason: found.reason });
    else if (files.has(found.path)) leftOut.push({ name: found.path, reason: 'duplicate' });
    else if (entry.kind === 'file') files.set(found.path, entry.bytes);
    if (entry.kind === 'file') size += entry.bytes.length;
    if (size > limits.unpacked) throw new DumpFault('bomb', Math.round(limits.unpacked / 1e6));
  }
  if (files.size > limits.files) throw new DumpFault('many', limits.files);
  if (files.size === 0) throw new DumpFault('empty', leftOut[0]?.reason ?? '');
  const [[name, only] = ['', new Uint8Array()]] = files;
  if (files.size === 1 && (isZip(only) || isGzip(only) || isTar(only))) throw new DumpFault('nested', name);
  return { files, leftOut };
}

function readEntries(bytes: Uint8Array, limits: DumpLimits): ArchiveEntry[] {
  if (isZip(bytes)) return readZip(bytes, limits);
  if (isTar(bytes)) return readTar(bytes, limits);
  if (isGzip(bytes)) {
    const unpacked = gunzip(bytes, limits.unpacked);
    if (isTar(unpacked)) return readTar(unpacked, limits);
    throw new DumpFault('form', 'gzip');
  }
  const form = OTHER_FORMS.find(({ begin }) => begin.every((byte, at) => bytes[at] === byte));
  throw form === undefined ? new DumpFault('none') : new DumpFault('form', form.name);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Archives that people have, and this page does not open, by their first bytes. */
const OTHER_FORMS: readonly { readonly name: string; readonly begin: readonly number[] }[] = [
  { name: '7z', begin: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'rar', begin: [0x52, 0x61, 0x72, 0x21] },
  { name: 'xz', begin: [0xfd, 0x37, 0x7a, 0x58] },
  { name: 'bzip2', begin: [0x42, 0x5a, 0x68] },
  { name: 'zstd', begin: [0x28, 0xb5, 0x2f, 0xfd] },
];

/** A name that has no path, in characters that can be seen. */
function shown(name: string): string {
  const found = toDumpPath(name.replaceAll('..', '‥'));
  return 'path' in found ? found.path.replaceAll('‥', '..') : '';
}
