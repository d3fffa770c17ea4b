/**
 * Where can things of any names lie in one folder? A key is any text to S3; on a disk or in an archive some names would
 * lead out of the folder, to nothing that can be written (`safe-names.ts`), or be in the way of another one.
 */
import { beginningOf, toSafeName } from './safe-names.ts';

/** For each of the names (parts divided by `/`) a path below a folder; no two of them are the same, or in each other's way. */
export function namesToSafePaths(names: readonly string[]): string[] {
  const wanted = names.map((name) => name.split('/').map(toSafeName).join('/'));
  const folders = new Set(wanted.flatMap(foldersAbove));
  const taken = new Set<string>();
  return wanted.map((path) => {
    let free = path;
    for (let number = 2; taken.has(free) || folders.has(free); number += 1) free = withNumber(path, number);
    taken.add(free);
    return free;
  });
}

function withNumber(path: string, number: number): string {
  const at = path.lastIndexOf('/') + 1;
  return `${path.slice(0, at)}${beginningOf(path.slice(at))}~${String(number)}`;
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}
