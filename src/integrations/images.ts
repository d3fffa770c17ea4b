/**
 * What lies in `src/images`, `src/harness` and an example's folder, read for those who run it: the
 * build, the recordings, the command line.
 */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImageBundle } from '../sandbox/assets.ts';
import type { Files } from '../sandbox/protocol.ts';
import type { PlatformDescription } from '../services/service.ts';
import type { FileContent } from '../trace/file-content.ts';

const SRC = path.resolve(import.meta.dirname, '..');

/** The names of all platforms, in the order of the alphabet. */
export async function listPlatforms(): Promise<string[]> {
  const files = await Array.fromAsync(glob('*/image.json', { cwd: path.join(SRC, 'images') }));
  return files.map((file) => path.dirname(file)).sort();
}

/** A platform's description and every file of its disk, by absolute path there. */
export function readImage(platform: string): Promise<ImageBundle> {
  return readImageIn(path.join(SRC, 'images'), platform);
}

/** The same of a platform in another folder of platforms. */
export async function readImageIn(root: string, platform: string): Promise<ImageBundle> {
  const folder = path.join(root, platform);
  const text = await readFile(path.join(folder, 'image.json'), 'utf8');
  const description = JSON.parse(text) as PlatformDescription;
  const files = await readFolder(folder, '/', isOnDisk);
  const disks = Object.entries(description.includes ?? {}).map(([other, folders]) =>
    readFolder(path.join(root, other), '/', (file) =>
      folders.some((wanted) => `/${file}`.startsWith(wanted)),
    ),
  );
  const entries = (await Promise.all(disks)).flatMap((disk) => Object.entries(disk));
  return { description, files: { ...Object.fromEntries(entries), ...files } };
}

/** Beside the disk's root lie what is told of it, and what native parts look like to a type checker. */
function isOnDisk(file: string): boolean {
  return file !== 'image.json' && file !== 'behaviours.json' && !file.startsWith('native/');
}

/** Every file below a folder, by its path under `root`, in the order of the paths. */
export async function readFolder(
  folder: string,
  root: string,
  isWanted: (file: string) => boolean = () => true,
): Promise<Record<string, FileContent>> {
  const files: string[] = [];
  for await (const entry of glob('**', { cwd: folder, withFileTypes: true })) {
    const file = path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
    // Running Python leaves its own copies beside the sources; they are no part of a disk.
    if (entry.isFile() && !file.includes('__pycache__/') && isWanted(file)) files.push(file);
  }
  const entries = files.sort().map(async (file) => {
    const content = bytesToContent(await readFile(path.join(folder, file)));
    return [path.posix.join(root, file), content] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The Python of the lab's own, by file name. */
export async function readHarness(): Promise<Files> {
  const folder = path.join(SRC, 'harness');
  const names = (await Array.fromAsync(glob('*.py', { cwd: folder }))).sort();
  const entries = names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Bytes as JSON carries them: as text where they are some. */
export function bytesToContent(bytes: Uint8Array): FileContent {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
