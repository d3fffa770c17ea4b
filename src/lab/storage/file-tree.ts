/** The paths of a disk as the tree that people think of: folders with their folders and files, by name. */
export interface Folder<File> {
  /** The folder's name; that of its parents before it where they hold nothing else. */
  readonly name: string;
  readonly path: string;
  readonly folders: readonly Folder<File>[];
  readonly files: readonly File[];
}

interface Growing<File> {
  readonly folders: Map<string, Growing<File>>;
  readonly files: File[];
}

/** The tree below `/`; `folders` are there even if nothing lies in them. */
export function pathsToTree<File extends { readonly path: string }>(
  files: Iterable<File>,
  folders: readonly string[],
): Folder<File> {
  const root = growing<File>();
  const open = (path: string): Growing<File> =>
    path
      .split('/')
      .filter((part) => part !== '')
      .reduce((folder, part) => {
        const inner = folder.folders.get(part) ?? growing<File>();
        folder.folders.set(part, inner);
        return inner;
      }, root);
  for (const folder of folders) open(folder);
  for (const file of files) open(file.path.slice(0, file.path.lastIndexOf('/'))).files.push(file);
  return grown('', '', root);
}

function growing<File>(): Growing<File> {
  return { folders: new Map(), files: [] };
}

function grown<File extends { readonly path: string }>(
  name: string,
  path: string,
  { folders, files }: Growing<File>,
): Folder<File> {
  const [only] = folders;
  // `/var/runtime` in one row: a folder that holds one folder and nothing else says nothing of its own.
  if (name !== '' && only !== undefined && folders.size === 1 && files.length === 0) {
    return grown(`${name}/${only[0]}`, `${path}/${only[0]}`, only[1]);
  }
  const inner = [...folders].map(([part, folder]) => grown(part, `${path}/${part}`, folder));
  return { name, path, folders: inner.sort(byPath), files: files.sort(byPath) };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
