/** The labs of a page whose runtime a reader has brought: their disk is that one, and no file of it is anywhere else. */
import type { BroughtDisk } from '../sandbox/sandbox.ts';

export type { BroughtDisk } from '../sandbox/sandbox.ts';

/** Files of a disk by absolute path. */
export type DiskFiles = BroughtDisk['files'];

const disks = new WeakMap<Element, { readonly disk: BroughtDisk; readonly notKept: string }>();

/** Gives a lab a disk, before it comes into a page; `notKept` is said of what the reader writes there. */
export function bringDisk(lab: Element, disk: BroughtDisk, notKept: string): void {
  disks.set(lab, { disk, notKept });
}

/** The disk that was brought for a lab; null where it has its platform's own. */
export function broughtDisk(lab: Element): BroughtDisk | null {
  return disks.get(lab)?.disk ?? null;
}

/** What is said of texts that nothing keeps; null where a browser may. */
export function notKeptIn(lab: Element): string | null {
  return disks.get(lab)?.notKept ?? null;
}

/** The text of a file of such a disk; null where it is none. */
export function textOnDisk({ files }: BroughtDisk, path: string): string | null {
  const content = Object.hasOwn(files, path) ? files[path] : undefined;
  if (content === undefined || typeof content === 'string') return content ?? null;
  return content.subarray(0, 8000).includes(0) ? null : new TextDecoder().decode(content);
}

/**
 * The files that a lab can open, each with the address of its page. What somebody has brought has no page: its address is empty,
 * and its text is on the disk.
 */
export function placesOnDisk(
  { files, description }: BroughtDisk,
  pages: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = Object.entries(pages).filter(([path]) => typeof files[path] === 'string');
  const brought = (description.brought?.sources ?? []).map((path) => [path, ''] as const);
  return Object.fromEntries([...own, ...brought]);
}

/** The sizes of all that lies on it. */
export function sizesOnDisk({ files }: BroughtDisk): Readonly<Record<string, number>> {
  const encoder = new TextEncoder();
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? encoder.encode(content).length : content.length,
    ]),
  );
}
