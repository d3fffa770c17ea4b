/**
 * Folders that nobody may write to, as a platform's own disk and a function's task are. Emscripten has
 * no read-only mounts, and its permission bits would give another error: so a look at the permissions refuses.
 */

/** "Read-only file system", in the numbers of WebAssembly's system interface. */
const EROFS = 69;

/**
 * Where something else is written to than a disk: devices, among them those that Pyodide makes while it runs, and what a
 * process is told of itself.
 */
const NO_DISK = ['/dev', '/proc'];

interface FileNode {
  /** The root is its own parent. */
  readonly parent: FileNode;
  readonly mode: number;
  /** Emscripten's own in-memory folders hold their nodes by name. */
  readonly contents: unknown;
  readonly node_ops: Operations;
}

/** Shared by all nodes of a kind. */
interface Operations {
  /** What changes a node itself, its mode, its times or its length, looks at no permissions. */
  setattr(node: FileNode, attributes: object): void;
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
 * Makes folders and all that will ever lie in them read-only, for as long as the environment lives; but for the folders of
 * `writable`. Of nested folders the innermost decides. What it gives is the one way past that, for files that come later:
 * what they are laid by is called.
 */
export function protectFolders(
  FS: ProtectingFileSystem,
  folders: readonly string[],
  writable: readonly string[],
): (lay: () => void) => void {
  if (folders.length === 0)
    return (lay) => {
      lay();
    };
  let isOpen = false;
  const nodesOf = (paths: readonly string[]): Set<FileNode> =>
    new Set(paths.map((path) => FS.lookupPath(path).node));
  const [closed, open] = [nodesOf(folders), nodesOf([...writable, ...NO_DISK])];
  const isProtected = (node: FileNode): boolean => {
    if (isOpen) return false;
    for (let at = node; ; at = at.parent) {
      if (open.has(at)) return false;
      if (closed.has(at)) return true;
      if (at.parent === at) return false;
    }
  };
  for (const operations of operationsIn(FS, closed)) {
    const setattr = operations.setattr.bind(operations);
    operations.setattr = (node, attributes) => {
      if (isProtected(node)) throw new FS.ErrnoError(EROFS);
      setattr(node, attributes);
    };
  }
  const look = FS.nodePermissions.bind(FS);
  FS.nodePermissions = (node, permissions) =>
    permissions.includes('w') && isProtected(node) ? EROFS : look(node, permissions);
  return (lay) => {
    isOpen = true;
    try {
      lay();
    } finally {
      isOpen = false;
    }
  };
}

/** The operations of all nodes in the folders, each once. */
function operationsIn(FS: ProtectingFileSystem, folders: ReadonlySet<FileNode>): Set<Operations> {
  const all = new Set<Operations>();
  const seen = new Set<FileNode>();
  const visit = (node: FileNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    all.add(node.node_ops);
    if (FS.isDir(node.mode)) Object.values(node.contents as Record<string, FileNode>).forEach(visit);
  };
  folders.forEach(visit);
  return all;
}
