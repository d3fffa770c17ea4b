/** The project's own files that some files are made of: themselves and what they import, directly or not. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What follows `from` or stands alone behind `import`, where it names a file. */
const IMPORT = /(?:\bfrom|\bimport)\s+'(\.{1,2}\/[^']+)'/g;

/** Absolute paths in the order of the alphabet. An import whose name is computed is not followed. */
export async function filesBehind(entries: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (found.has(file)) return;
    found.add(file);
    const source = await readFile(file, 'utf8');
    for (const [, name = ''] of source.matchAll(IMPORT)) await visit(path.resolve(path.dirname(file), name));
  };
  for (const entry of entries) await visit(entry);
  return [...found].sort();
}
