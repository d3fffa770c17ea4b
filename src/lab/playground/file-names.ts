/** Which names a file of the reader's may have, and where it is then. */
import { UNSEEN } from '../../trace/unseen.ts';

/** The folders and files of a bench. */
export interface BenchFolders {
  readonly taskRoot: string;
  /** The folder of layers, where the platform has one. */
  readonly layers: string | null;
  /** Whether the platform has a file of its own at a path. */
  readonly isPlatforms: (path: string) => boolean;
}

/** Why a name cannot be had: the name of a sentence (`playground.name`). */
export type NameFault =
  'empty' | 'unseen' | 'parts' | 'long' | 'layers' | 'outside' | 'taken' | 'folder' | 'many';

/** Files of one function: more would be no bench, but a project. */
export const MAX_FILES = 200;

/** Characters of a path, as a code link has it. */
const MAX_PATH = 255;

/**
 * The path of a name that a reader has typed: below the function's folder, or a whole path below that of layers. `others` are
 * the paths of the other files.
 */
export function nameToPath(
  typed: string,
  others: readonly string[],
  { taskRoot, layers, isPlatforms }: BenchFolders,
): { readonly path: string } | { readonly fault: NameFault } {
  const name = typed.trim();
  if (name === '') return { fault: 'empty' };
  // The backslash is a folder's end elsewhere.
  if (UNSEEN.test(name) || name.includes('\\')) return { fault: 'unseen' };
  const isWhole = name.startsWith('/');
  const path = isWhole ? name : `${taskRoot}/${name}`;
  const parts = path.slice(1).split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return { fault: 'parts' };
  if (path.length > MAX_PATH) return { fault: 'long' };
  if (layers === null && path.startsWith('/opt/')) return { fault: 'layers' };
  if (!path.startsWith(`${taskRoot}/`) && (layers === null || !path.startsWith(`${layers}/`)))
    return { fault: 'outside' };
  if (others.includes(path) || isPlatforms(path)) return { fault: 'taken' };
  if (others.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`)))
    return { fault: 'folder' };
  if (others.length >= MAX_FILES) return { fault: 'many' };
  return { path };
}

/** A path as its reader types it: without the function's folder. */
export function pathToTyped(path: string, { taskRoot }: Pick<BenchFolders, 'taskRoot'>): string {
  return path.startsWith(`${taskRoot}/`) ? path.slice(taskRoot.length + 1) : path;
}
