/**
 * What lies in `src/platforms`, `src/harness` and an example's folder, read for those who run it: the
 * build, the recordings, the command line.
 */
import { glob, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PlatformBundle } from '../sandbox/assets.ts';
import type { Files } from '../sandbox/protocol.ts';
import type { PlatformDescription } from '../platforms/description.ts';
import { behavioursSchema } from '../platforms/behaviours-schema.ts';
import { descriptionSchema } from '../platforms/description-schema.ts';
import type { FileContent } from '../trace/file-content.ts';
import { BadFile, nameOf, readChecked } from './checked-json.ts';

const SRC = path.resolve(import.meta.dirname, '..');
const PLATFORMS = path.join(SRC, 'platforms');
/** What several platforms have on their disks. */
const SHARED_DISK = path.join(PLATFORMS, 'shared', 'disk');

/** The names of all platforms, in the order of the alphabet. */
export async function listPlatforms(): Promise<string[]> {
  const files = await Array.fromAsync(glob('*/platform.json', { cwd: PLATFORMS }));
  return files.map((file) => path.dirname(file)).sort();
}

/** The names of the platforms that have a service of their own. */
export async function listServices(): Promise<string[]> {
  const files = await Array.fromAsync(glob('*/service.ts', { cwd: PLATFORMS }));
  return files.map((file) => path.dirname(file)).sort();
}

/** A platform's description and every file of its disk, by absolute path there. Rejects with BadFile. */
export function readPlatform(platform: string): Promise<PlatformBundle> {
  return readPlatformIn(PLATFORMS, platform);
}

/** Reads all that the platforms' authors write, and rejects with BadFile at the first that is not as it has to be. */
export async function checkPlatforms(): Promise<void> {
  for (const platform of await listPlatforms()) {
    await readPlatform(platform);
    await readChecked(path.join(PLATFORMS, platform, 'behaviours.json'), behavioursSchema);
  }
}

/** The same of a platform in another folder of platforms. */
export async function readPlatformIn(root: string, platform: string): Promise<PlatformBundle> {
  const folder = path.join(root, platform);
  const file = path.join(folder, 'platform.json');
  const description = await readChecked(file, descriptionSchema);
  const own = await readFolder(path.join(folder, 'disk'), '/');
  const shared = await Promise.all(
    Object.entries(description.shares ?? {}).map(async ([name, place]) => {
      const files = await readFolder(path.join(SHARED_DISK, name), place);
      if (Object.keys(files).length > 0) return Object.entries(files);
      throw new BadFile(
        `${nameOf(file)}: "shares" names ${name}, and ${nameOf(SHARED_DISK)} has no such folder.`,
      );
    }),
  );
  const files = { ...Object.fromEntries(shared.flat()), ...own };
  await checkDescription(file, description, files);
  return { description, files };
}

/** What a schema does not see: whether the names in it are those of things that are there. */
async function checkDescription(
  file: string,
  description: PlatformDescription,
  files: Readonly<Record<string, FileContent>>,
): Promise<void> {
  const name = nameOf(file);
  const { platform, service = platform, entry, entryOwner, variables } = description;
  const folder = path.basename(path.dirname(file));
  if (platform !== folder)
    throw new BadFile(`${name}: "platform" is ${platform}, and its folder is ${folder}.`);
  const script = path.join(PLATFORMS, service, 'service.ts');
  if ((await stat(script).catch(() => null)) === null) {
    const there = (await listServices()).join(', ');
    throw new BadFile(
      `${name}: there is no ${nameOf(script)}. Write it, or name a "service" that is there: ${there}.`,
    );
  }
  if (entryOwner === undefined && files[entry] === undefined)
    throw new BadFile(`${name}: "entry" is ${entry}, and there is no disk${entry} beside it.`);
  for (const key of ['connects', 'listens'] as const) {
    const variable = description[key];
    if (variable !== undefined && variables[variable] === undefined)
      throw new BadFile(
        `${name}: "${key}" names the variable ${variable}, which is not among its "variables".`,
      );
  }
  const functions = description.native.flatMap((one) => one.functions);
  for (const { module, output } of description.native) {
    if (output !== undefined && !functions.includes(output))
      throw new BadFile(`${name}: "output" of ${module} is ${output}, which is not among its "functions".`);
  }
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

/**
 * The Python of the lab's own, by file name: what it does, line by line where it stands in `src/harness`. Comments and
 * docstrings stay behind, for every reader who runs something loads these files, compiled and in the boot image as well.
 */
export async function readHarness(): Promise<Files> {
  const names = await Array.fromAsync(glob('*.py', { cwd: HARNESS }));
  return Object.fromEntries(
    await Promise.all(
      names
        .filter((name) => !FOR_BROUGHT.includes(moduleOf(name)))
        .sort()
        .map(readOwn),
    ),
  );
}

/** What of it only a brought runtime needs: sources by the modules' names, in the order in which they import one another. */
export async function readBroughtHarness(): Promise<Readonly<Record<string, string>>> {
  const sources = await Promise.all(FOR_BROUGHT.map((name) => readOwn(`${name}.py`)));
  return Object.fromEntries(sources.map(([name, source]) => [moduleOf(name), source]));
}

const HARNESS = path.join(SRC, 'harness');
/** `session.py` is handed these with a brought runtime: in the boot image they would be 15 kB for every reader. */
const FOR_BROUGHT: readonly string[] = [
  ...['old_imports', 'old_library', 'linux_library', 'threads_in_place', 'sockets_across', 'log_descriptor'],
  'brought',
];

function moduleOf(file: string): string {
  return file.replace(/\.py$/, '');
}

async function readOwn(name: string): Promise<readonly [string, string]> {
  return [name, withoutWords(await readFile(path.join(HARNESS, name), 'utf8'))];
}

/**
 * A source without the lines that are comments and without its docstrings, each in the place of as many empty lines. In
 * `src/harness` a line that begins with three quotation marks begins a docstring (`tests/unit/integrations/harness.test.ts`).
 */
export function withoutWords(source: string): string {
  return source
    .replace(
      /^([ \t]*)"""[^]*?"""[ \t]*$/gm,
      (text, indent: string) => `${indent}""${text.replace(/[^\n]/g, '')}`,
    )
    .replace(/^[ \t]*#.*$/gm, '');
}

/** Bytes as JSON carries them: as text where they are some. */
export function bytesToContent(bytes: Uint8Array): FileContent {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
