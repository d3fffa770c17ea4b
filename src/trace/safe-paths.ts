/**
 * Where can something of any name lie in a folder? A key is any text to S3; on a disk or in an archive some names
 * would lead out of the folder, or to nothing that can be written. Names that are harmless stay as they are.
 */

/** Bytes of one name that file systems take. */
const MAX_NAME = 255;
/** So much of a name that is too long stays, which leaves room for what tells it from another one. */
const KEPT_OF_NAME = 240;

/** For each of the names (parts divided by `/`) a path below a folder; no two of them are the same, or in each other's way. */
export function namesToSafePaths(names: readonly string[]): string[] {
  const wanted = names.map((name) => name.split('/').map(partToSafe).join('/'));
  const folders = new Set(wanted.flatMap(foldersAbove));
  const taken = new Set<string>();
  return wanted.map((path) => {
    let free = path;
    for (let number = 2; taken.has(free) || folders.has(free); number += 1) free = withNumber(path, number);
    taken.add(free);
    return free;
  });
}

function partToSafe(part: string): string {
  if (part === '') return '%';
  if (part === '.' || part === '..') return part.replaceAll('.', '%2E');
  // A backslash divides names on some systems; what is below a space is no part of a name on most.
  // eslint-disable-next-line no-control-regex
  const plain = part.replaceAll(/[\0-\x1f\x7f\\]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return lengthOf(plain) <= MAX_NAME ? plain : `${beginningOf(plain)}~`;
}

function withNumber(path: string, number: number): string {
  const at = path.lastIndexOf('/') + 1;
  return `${path.slice(0, at)}${beginningOf(path.slice(at))}~${String(number)}`;
}

/** As many whole characters as fit. */
function beginningOf(name: string): string {
  if (lengthOf(name) <= KEPT_OF_NAME) return name;
  let kept = '';
  let length = 0;
  for (const character of name) {
    length += lengthOf(character);
    if (length > KEPT_OF_NAME) break;
    kept += character;
  }
  return kept;
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}
