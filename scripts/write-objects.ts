import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Buckets } from '../src/services/objects.ts';

/** Writes what buckets hold to FOLDER/BUCKET/KEY; the folder of a bucket without objects is made as well. */
export async function writeObjects(folder: string, buckets: Buckets): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [bucket, objects] of Object.entries(buckets)) {
    await mkdir(path.join(folder, nameToSegment(bucket)), { recursive: true });
    for (const [key, bytes] of Object.entries(objects)) {
      const file = path.join(folder, nameToSegment(bucket), ...key.split('/').map(nameToSegment));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
}

/** A key is any text to S3; on a disk these names would lead elsewhere, or nowhere. */
function nameToSegment(name: string): string {
  if (name === '') return '%';
  if (name === '.' || name === '..') return name.replaceAll('.', '%2E');
  return name.replaceAll('/', '%2F').replaceAll('\0', '%00');
}
