import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Buckets } from '../src/platforms/shared/objects.ts';
import { namesToSafePaths } from '../src/trace/safe-paths.ts';

/** Writes what buckets hold to FOLDER/BUCKET/KEY; the folder of a bucket without objects is made as well. */
export async function writeObjects(folder: string, buckets: Buckets): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = Object.keys(buckets);
  // A bucket is one folder, whatever its name holds.
  const folders = namesToSafePaths(names.map((name) => name.replaceAll('/', '%2F')));
  for (const [at, name] of names.entries()) {
    const root = path.join(folder, folders[at] ?? '');
    await mkdir(root, { recursive: true });
    const objects = Object.entries(buckets[name]?.objects ?? {});
    const files = namesToSafePaths(objects.map(([key]) => key));
    for (const [index, [, { bytes }]] of objects.entries()) {
      const file = path.join(root, files[index] ?? '');
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
}
