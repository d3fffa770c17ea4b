/** How a lab reads a disk that a reader has brought: no file of it is anywhere else. */
import { ownValue } from '../trace/own-value.ts';
import type { BroughtDisk } from '../sandbox/sandbox.ts';
import type { BroughtFile, BroughtToLab, DiskFacts } from './brought-labs.ts';
import { colourSoon } from './code/colour-soon.ts';
import { SourceBlock } from './code/source-block.ts';

export type { BroughtDisk } from '../sandbox/sandbox.ts';

/** Files of a disk by absolute path. */
export type DiskFiles = BroughtDisk['files'];

/** A disk for a lab; `notKept` is said of what the reader writes there. */
export function diskForLab(disk: BroughtDisk, notKept: string): BroughtToLab {
  // A disk of 50 MB is measured once.
  let sizes: DiskFacts['sizes'] | null = null;
  return {
    disk,
    notKept,
    over: ({ pages }) => ({
      pages: placesOnDisk(disk, pages),
      sizes: (sizes ??= sizesOnDisk(disk)),
      variables: disk.description.variables,
    }),
    fileOf: (path) => fileOnDisk(disk, path),
    bytesOf: (path) => bytesOnDisk(disk, path),
  };
}

/** A text of such a disk, with its lines; null where it is none. */
export function fileOnDisk({ files }: BroughtDisk, path: string): BroughtFile | null {
  const content = Object.hasOwn(files, path) ? files[path] : undefined;
  if (content === undefined) return null;
  if (typeof content !== 'string' && content.subarray(0, 8000).includes(0)) return null;
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const { element: block } = SourceBlock.ofText(text, path);
  colourSoon(block, path);
  return { text, block };
}

function bytesOnDisk({ files }: BroughtDisk, path: string): Uint8Array<ArrayBuffer> | null {
  const content = Object.hasOwn(files, path) ? files[path] : undefined;
  if (content === undefined) return null;
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}

/**
 * The files that a lab can open, each with the address of its page. What somebody has brought has no page: its address is empty,
 * and its text is on the disk.
 */
function placesOnDisk(
  { files, description }: BroughtDisk,
  pages: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = Object.entries(pages).filter(([path]) => typeof ownValue(files, path) === 'string');
  const brought = (description.brought?.sources ?? []).map((path) => [path, ''] as const);
  return Object.fromEntries([...own, ...brought]);
}

function sizesOnDisk({ files }: BroughtDisk): DiskFacts['sizes'] {
  const encoder = new TextEncoder();
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? encoder.encode(content).length : content.length,
    ]),
  );
}
