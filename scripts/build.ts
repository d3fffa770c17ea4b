/**
 * Builds the site into dist/. With `--if-changed`, only when something it is made of differs from the
 * build that lies there. SITE (the origin it will be served from), BASE (the path under it) and
 * REPOSITORY are read by astro.config.mjs; a build under another address is another build.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
export const DIST = path.join(ROOT, 'dist');
/** The first part of a site that was never built, to read while the whole is made. */
export const FIRST = path.join(ROOT, '.cache', 'first');

/** All that a build is made of: the lock file stands for the installed packages, the list for the drawn pictures. */
const INPUTS = [
  'src/**',
  'content/**',
  'public/**',
  'astro.config.*',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.cache/cards/list.json',
];

/** Where the site will be served. */
export interface Address {
  readonly site: string | null;
  readonly base: string;
}

interface Stamp {
  readonly inputs: string;
  readonly outputs: string;
}

/** The address that the environment variables SITE and BASE ask for. */
export function addressFromEnvironment(env: NodeJS.ProcessEnv = process.env): Address {
  return { site: env.SITE || null, base: normalizeBase(env.BASE ?? '/') };
}

/** Writes a base path with a slash at both ends. */
export function normalizeBase(base: string): string {
  const inner = base.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** Builds when needed. Rejects with BuildFailed when Astro does not finish. */
export async function buildIfChanged(address: Address, dist = DIST): Promise<'built' | 'unchanged'> {
  const stamp = await readStamp(dist);
  if (stamp !== null && isBuilt(dist)) {
    const inputs = await hashInputs(ROOT, address);
    if (stamp.inputs === inputs && stamp.outputs === (await hashNames(dist))) return 'unchanged';
  }
  await build(address, dist);
  return 'built';
}

/** Whether the folder has a site, of whatever state. */
export function isBuilt(dist = DIST): boolean {
  return existsSync(path.join(dist, 'index.html'));
}

/** Builds the home pages alone, which a fresh start serves while it builds the rest. Rejects with BuildFailed. */
export async function buildFirst(address: Address): Promise<void> {
  await runAstro(address, FIRST, 'first');
}

/** Builds, and remembers of what. */
export async function build(address: Address, dist = DIST): Promise<void> {
  const file = stampOf(dist);
  await rm(file, { force: true });
  const inputs = await hashInputs(ROOT, address);
  await runAstro(address, dist);
  await mkdir(path.dirname(file), { recursive: true });
  const stamp: Stamp = { inputs, outputs: await hashNames(dist) };
  await writeFile(file, JSON.stringify(stamp));
}

/** Where it is kept what the build in a folder was made of. */
function stampOf(dist: string): string {
  return path.join(ROOT, '.cache', `build-${path.basename(dist)}.json`);
}

/** Astro did not finish; it has printed why. */
export class BuildFailed extends Error {
  override name = 'BuildFailed';
}

/** A hash over every file that a build is made of, and over its address. */
export async function hashInputs(root: string, address: Address): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify([address, process.env.REPOSITORY, process.env.NO_WORKER, process.version]),
  );
  for (const file of await listFiles(root, INPUTS)) {
    hash.update(`\0${file}\0`).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}

/** A hash over the names of the files in a folder: tells that something was removed or added by hand. */
async function hashNames(folder: string): Promise<string> {
  const files = await listFiles(folder, ['**']);
  return createHash('sha256').update(files.join('\0')).digest('hex');
}

async function listFiles(root: string, patterns: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of glob([...patterns], { cwd: root, withFileTypes: true, exclude: isNoInput })) {
    if (entry.isFile()) files.push(path.relative(root, path.join(entry.parentPath, entry.name)));
  }
  return files.sort();
}

/** Python leaves its bytecode beside the sources, and the list of addresses is made of a build: no part of the site. */
function isNoInput(entry: { readonly name: string }): boolean {
  return entry.name === '__pycache__' || entry.name === 'addresses.txt';
}

function runAstro(address: Address, dist: string, part: 'first' | 'whole' = 'whole'): Promise<void> {
  const astro = path.join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const env = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    BASE: address.base,
    SITE: address.site ?? '',
    SITE_PART: part,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [astro, 'build', '--outDir', dist], {
      cwd: ROOT,
      stdio: 'inherit',
      env,
    });
    // Who ends this process does not want a build to go on behind it.
    const end = (): void => {
      child.kill();
    };
    process.once('exit', end);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new BuildFailed(`astro build ended with ${String(code)}: the reason is printed above.`));
    });
  });
}

async function readStamp(dist: string): Promise<Stamp | null> {
  try {
    return JSON.parse(await readFile(stampOf(dist), 'utf8')) as Stamp;
  } catch {
    return null;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'if-changed': { type: 'boolean', default: false } } });
  const address = addressFromEnvironment();
  try {
    if (!values['if-changed']) await build(address);
    else if ((await buildIfChanged(address)) === 'unchanged') console.log('dist/ is up to date.');
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
