/**
 * Folders that nobody may write to, as a platform's own disk and a function's task are. Emscripten has
 * no read-only mounts, and its permission bits would give another error: so a look at the permissions refuses.
 */

/** "Read-only file system", in the numbers of WebAssembly's system interface. */
const EROFS = 69;

/** Where something else is written to than a disk: devices, and what a process is told of itself. */
const NO_DISK = ['/dev', '/proc'];
/** Python's standard library is laid into this file when it comes, and that may be later. */
const LATE = /^\/lib\/[^/]+\.zip$/;

interface FileNode {
  mode: number;
  node_ops: Record<string, unknown>;
  readonly contents: unknown;
}

/** What is used of Emscripten's file system. */
export interface ProtectingFileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  lookupPath(path: string): { readonly node: FileNode };
  isDir(mode: number): boolean;
  /** What is wrong with using a node so, `permissions` being some of the letters `rwx`; 0 when nothing is. */
  nodePermissions(node: FileNode, permissions: string): number;
}

/**
 * Makes folders and all that lies in them read-only, for as long as the environment lives; but for the folders of
 * `writable`. What it gives is the one way past that, for files that come later: what they are laid by is called, and what it
 * has made is protected as well.
 */
export function protectFolders(
  FS: ProtectingFileSystem,
  folders: readonly string[],
  writable: readonly string[],
): (lay: () => void) => void {
  const left = new Set([...NO_DISK, ...writable]);
  const nodes = new Set<FileNode>();
  // What changes a node itself, its mode or its times, looks at no permissions.
  const setattr = (): never => {
    throw new FS.ErrnoError(EROFS);
  };
  const protect = (node: FileNode, path: string): void => {
    if (left.has(path) || LATE.test(path)) return;
    if (!nodes.has(node)) {
      nodes.add(node);
      node.node_ops = { ...node.node_ops, setattr };
    }
    if (!FS.isDir(node.mode)) return;
    // Emscripten's own in-memory folders hold their nodes by name.
    for (const [name, inside] of Object.entries(node.contents as Record<string, FileNode>))
      protect(inside, `${path}/${name}`);
  };
  const protectAll = (): void => {
    for (const folder of folders) protect(FS.lookupPath(folder).node, folder === '/' ? '' : folder);
  };
  protectAll();
  const look = FS.nodePermissions.bind(FS);
  const guard = (FS.nodePermissions = (node: FileNode, permissions: string): number =>
    permissions.includes('w') && nodes.has(node) ? EROFS : look(node, permissions));
  return (lay) => {
    FS.nodePermissions = look;
    try {
      lay();
    } finally {
      FS.nodePermissions = guard;
      protectAll();
    }
  };
}
