/** What is machine code in a dump, by the first bytes of its file (the ELF header) and by its name. */
import { isNative, moduleStem } from './import-graph.ts';

/** One file of machine code. */
export interface NativePart {
  readonly path: string;
  readonly bytes: number;
  /** The module that Python imports by it; null for a library that others load. */
  readonly module: string | null;
  /** The processor, as AWS calls it where it has a name there; null where the bytes don't tell. */
  readonly processor: 'x86_64' | 'arm64' | 'other' | null;
  /** The only Python that can load it (`3.12`); `abi3` for any of 3; null where the name doesn't tell. */
  readonly python: string | null;
  /** Not the bytes of machine code, whatever the name says: a placeholder, or a text. */
  readonly isReal: boolean;
}

/** Every file of machine code, in the paths' order. */
export function nativeParts(files: ReadonlyMap<string, Uint8Array>): NativePart[] {
  return [...files]
    .filter(([path, bytes]) => isNative(path) || isElf(bytes))
    .map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      module: moduleStem(path),
      processor: processorOf(bytes),
      python: pythonOf(path),
      isReal: isElf(bytes),
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** `e_machine` of the ELF header, in the byte order that the header's sixth byte names. */
function processorOf(bytes: Uint8Array): NativePart['processor'] {
  if (!isElf(bytes) || bytes.length < 20) return null;
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint16(18, bytes[5] === 1);
  return machine === 62 ? 'x86_64' : machine === 183 ? 'arm64' : 'other';
}

function pythonOf(path: string): string | null {
  if (path.includes('.abi3.')) return 'abi3';
  const tag = /\.cpython-(\d)(\d+)[a-z]*[-.]/.exec(path);
  return tag === null ? null : `${String(tag[1])}.${String(tag[2])}`;
}
