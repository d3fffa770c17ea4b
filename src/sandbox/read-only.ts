/**
 * Folders that nobody may write to, as a platform's own disk and a function's task are. Emscripten has
 * no read-only mounts, and its permission bits would give another error: so what changes a node refuses.
 */

/** "Read-only file system", in the numbers of WebAssembly's system interface. */
const EROFS = 69;
/** The bits of an open file's flags that ask to write. */
const WRITES = 3;

interface FileNode {
  mode: number;
  node_ops: Record<string, unknown>;
  stream_ops: Record<string, unknown>;
  readonly contents: unknown;
}

/** What is used of Emscripten's file system. */
export interface ProtectingFileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  lookupPath(path: string): { readonly node: FileNode };
  isDir(mode: number): boolean;
}

/** Makes a folder and all that lies in it read-only, for as long as the environment lives. */
export function protectFolder(FS: ProtectingFileSystem, folder: string): void {
  const refuse = (): never => {
    throw new FS.ErrnoError(EROFS);
  };
  const changes = {
    setattr: refuse,
    mknod: refuse,
    rename: refuse,
    unlink: refuse,
    rmdir: refuse,
    symlink: refuse,
  };
  const open = ({ flags }: { readonly flags: number }): void => {
    if ((flags & WRITES) !== 0) refuse();
  };
  const protect = (node: FileNode): void => {
    node.node_ops = { ...node.node_ops, ...changes };
    if (!FS.isDir(node.mode)) node.stream_ops = { ...node.stream_ops, open };
    // Emscripten's own in-memory folders hold their nodes by name.
    else for (const inside of Object.values(node.contents as Record<string, FileNode>)) protect(inside);
  };
  protect(FS.lookupPath(folder).node);
}
