/**
 * Where can things of any names lie in one folder? A key is any text to S3; on a disk or in an archive some names would
 * lead out of the folder, to nothing that can be written (`safe-names.ts`), or be in the way of another one.
 */
import { beginningOf, toSafeName } from './safe-names.ts';

/** For each of the names (parts divided by `/`) a path below a folder; no two of them are the same, or in each other's way. */
export function namesToSafePaths(names: readonly string[]): string[] {
  const wanted = names.map((name) => name.split('/').map(toSafeName).join('/'));
  const isFolder = foldersOf(wanted);
  const taken = new Set<string>();
  /** The number that a path takes next: thousands may be cut to the same one. */
  const numbers = new Map<string, number>();
  return wanted.map((path) => {
    let free = path;
    let number = numbers.get(path) ?? 2;
    for (; taken.has(free) || isFolder(free); number += 1) free = withNumber(path, number);
    numbers.set(path, number);
    taken.add(free);
    return free;
  });
}

function withNumber(path: string, number: number): string {
  const at = path.lastIndexOf('/') + 1;
  return `${path.slice(0, at)}${beginningOf(path.slice(at))}~${String(number)}`;
}

/** Whether something lies below a path. By their order: a list of all folders would be longer than all that lies in them. */
function foldersOf(paths: readonly string[]): (path: string) => boolean {
  const sorted = [...paths].sort();
  return (path) => {
    const folder = `${path}/`;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < folder) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(folder) === true;
  };
}
