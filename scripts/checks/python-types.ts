/**
 * Pyright over the project's Python. `pyrightconfig.json` has what is the same for all of it; each platform is an
 * execution environment of its own, as several have a `bootstrap.py`, and these are read from the platforms' folders.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPlatforms, readPlatform } from '../../src/integrations/platforms.ts';
import { packagesOf, type PlatformDescription } from '../../src/platforms/description.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Written beside the file that it extends, as pyright reads paths from there; git ignores it. */
const GENERATED = path.join(ROOT, 'pyrightconfig.platforms.json');

const SHARED = 'src/platforms/shared';

/** One of pyright's execution environments: paths from the project's folder. */
export interface PythonRoot {
  readonly root: string;
  readonly extraPaths: readonly string[];
}

/**
 * Where the modules of one platform lie, the innermost folder first, as pyright takes the first that fits a file:
 * the entry script's folder, those of PYTHONPATH, that of Python's own packages, and the stubs of the native modules.
 */
export function rootsOf(description: PlatformDescription): readonly PythonRoot[] {
  const folder = `src/platforms/${description.platform}`;
  const starts = Object.values(description.starts ?? {});
  const pythonPaths = [description, ...starts].flatMap(({ variables }) =>
    (variables?.PYTHONPATH ?? '').split(':').filter((one) => one !== ''),
  );
  const packages = packagesOf(description);
  const onDisk = [
    path.posix.dirname(description.entry),
    ...pythonPaths,
    ...(packages === null ? [] : [packages]),
  ].map((place) => `${folder}/disk${place}`);
  const native = `${folder}/native`;
  const all = [...new Set(onDisk)].sort((one, other) => other.length - one.length);
  return [
    ...all.map((root) => ({ root, extraPaths: [native, ...all.filter((other) => other !== root)] })),
    { root: native, extraPaths: [] },
  ];
}

/** The configuration with the environments of all platforms in it, those of its own last. */
export async function configure(config: {
  readonly executionEnvironments?: readonly PythonRoot[];
}): Promise<object> {
  const platforms = await listPlatforms();
  const descriptions = await Promise.all(
    platforms.map(async (name) => (await readPlatform(name)).description),
  );
  const stubs = platforms.map((name) => `src/platforms/${name}/native`).filter((place) => existsSync(place));
  const roots = descriptions.flatMap(rootsOf).filter(({ root }) => existsSync(path.join(ROOT, root)));
  return {
    ...config,
    executionEnvironments: [
      ...roots,
      { root: `${SHARED}/disk`, extraPaths: stubs },
      ...(config.executionEnvironments ?? []),
    ],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = JSON.parse(await readFile(path.join(ROOT, 'pyrightconfig.json'), 'utf8')) as object;
  await writeFile(GENERATED, JSON.stringify(await configure(config), null, 2));
  const { status } = spawnSync('pyright', ['--project', GENERATED], { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
