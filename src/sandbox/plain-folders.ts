/**
 * Emscripten's folders in memory hold their files in plain objects, by name. In such an object a file called `__proto__` is
 * there when it is opened and missing when its folder is listed; so folders get objects without a prototype.
 */

interface FolderNode {
  readonly mode: number;
  /** Nodes by name, where it is a folder. */
  contents: unknown;
}

/** What is used of Emscripten's file system. */
export interface NamingFileSystem {
  readonly filesystems: { readonly MEMFS: { createNode: (...from: readonly unknown[]) => FolderNode } };
  lookupPath(path: string): { readonly node: FolderNode };
  isDir(mode: number): boolean;
}

/** Lets a folder of this disk hold files of any name: those that are there, and those to come. */
export function takeAnyName(FS: NamingFileSystem): void {
  const memory = FS.filesystems.MEMFS;
  const create = memory.createNode.bind(memory);
  memory.createNode = (...from) => {
    const node = create(...from);
    if (FS.isDir(node.mode)) node.contents = Object.create(null);
    return node;
  };
  const visit = ({ mode, contents }: FolderNode): void => {
    // What another file system has mounted there lists its files in a way of its own.
    if (!FS.isDir(mode) || typeof contents !== 'object' || contents === null) return;
    if (Object.getPrototypeOf(contents) === null) return;
    Object.setPrototypeOf(contents, null);
    Object.values(contents as Readonly<Record<string, FolderNode>>).forEach(visit);
  };
  visit(FS.lookupPath('/').node);
}
