/**
 * The boot image, made once for what goes into it and kept in `.cache/boot-image`: every environment under Node
 * starts from it, and the site's own is the same file.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { glob, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PYODIDE_OF_IMAGES } from '../sandbox/boot-image.ts';
import { readHarness } from './platforms.ts';
import { PYODIDE } from './pyodide-module.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, '.cache', 'boot-image');
const CHILD = path.join(import.meta.dirname, 'boot-image.child.ts');

/** Files of ours that decide what is in an image, beside the harness and Pyodide's own. */
const MAKERS = [
  'src/integrations/boot-image*.ts',
  'src/integrations/{pyodide-module,simulated-process}.ts',
  'src/sandbox/{boot-image,calendar,interpreter,local-time,time-zone,world}.ts',
];

/** Pyodide is of another version than the image's maker knows. */
class UnknownPyodide extends Error {
  override name = 'UnknownPyodide';
}

let made: Promise<string> | null = null;

/**
 * The path of the image's file, which is made if it is not there. Rejects with UnknownPyodide where the installed
 * Pyodide is not the one that `sandbox/boot-image.ts` was written for.
 */
export function bootImage(): Promise<string> {
  return (made ??= makeOnce());
}

/** The image that environments under Node start from; nothing where the variable BOOT is `plain`, which makes all boot plainly. */
export async function imageToBootFrom(): Promise<string> {
  return process.env.BOOT === 'plain' ? '' : bootImage();
}

async function makeOnce(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(PYODIDE, 'package.json'), 'utf8')) as {
    version: string;
  };
  checkVersion(version);
  const file = path.join(FOLDER, `${await hashIngredients()}.bin`);
  if (await isThere(file)) return file;
  await mkdir(FOLDER, { recursive: true });
  const draft = `${file}.${String(process.pid)}`;
  const child = fork(CHILD, [draft], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--no-warnings'],
    env: { ...process.env, TZ: 'UTC', LANG: 'C' },
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => (complaint += String(chunk)));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) {
    await rm(draft, { force: true });
    throw new Error(`The boot image could not be made: ${complaint.trim().slice(-2000)}`);
  }
  // Two that made it at the same time made the same.
  await rename(draft, file);
  await removeOthers(file);
  return file;
}

/** Says what to do when Pyodide was updated. Throws UnknownPyodide. */
export function checkVersion(version: string): void {
  if (version === PYODIDE_OF_IMAGES) return;
  throw new UnknownPyodide(
    `Pyodide is ${version}, and boot images are made for ${PYODIDE_OF_IMAGES}. Compare the options that ` +
      'src/sandbox/boot-image.ts uses with the new version, set PYODIDE_OF_IMAGES there, and run npm test -- unit.',
  );
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function removeOthers(file: string): Promise<void> {
  for await (const name of glob('*.bin', { cwd: FOLDER })) {
    if (path.join(FOLDER, name) !== file) await rm(path.join(FOLDER, name), { force: true });
  }
}

async function hashIngredients(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(await readHarness()));
  const makers = (await Array.fromAsync(glob(MAKERS, { cwd: ROOT }))).sort();
  const pyodide = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip'];
  for (const file of [
    ...makers.map((name) => path.join(ROOT, name)),
    ...pyodide.map((name) => path.join(PYODIDE, name)),
  ]) {
    hash.update(`\0${path.basename(file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 32);
}
