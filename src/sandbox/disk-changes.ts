/**
 * Which files may have changed since somebody last asked? The recorder asks at each step; so that this costs nothing where
 * nothing was written, Emscripten's disk notes what changes it, once for all its files.
 */

/** What is used of a node of Emscripten's disk: Python knows it by this number. */
interface Node {
  readonly id: number;
}

type Operation = (...args: never[]) => unknown;

/** The operations of its kinds of nodes, each shared by all nodes of the kind. */
interface Operations {
  readonly dir: { readonly node: Record<'mknod' | 'rename' | 'unlink' | 'rmdir' | 'symlink', Operation> };
  readonly file: {
    readonly node: Record<'setattr', Operation>;
    readonly stream: Record<'write' | 'msync', Operation>;
  };
}

/** What is used of Emscripten's file system; Pyodide's types leave it open. */
export interface NotedFileSystem {
  readonly filesystems: { readonly MEMFS: { readonly ops_table: Operations } };
}

/** Stands for a folder in which names have changed. */
const FOLDER = 0;

/**
 * From now on it is noted what changes. What is given tells, and forgets, the numbers of the files that were changed, in one
 * text with blanks between: nothing where nothing has changed.
 */
export function noteChanges(FS: NotedFileSystem): () => string {
  const changed = new Set<number>();
  const { dir, file } = FS.filesystems.MEMFS.ops_table;
  const wrap = <Name extends string>(
    operations: Record<Name, Operation>,
    name: Name,
    numberOf: (subject: unknown) => number,
  ): void => {
    const operate = operations[name] as (...args: unknown[]) => unknown;
    operations[name] = (...args: unknown[]): unknown => {
      changed.add(numberOf(args[0]));
      return operate(...args);
    };
  };
  for (const name of ['mknod', 'rename', 'unlink', 'rmdir', 'symlink'] as const)
    wrap(dir.node, name, () => FOLDER);
  wrap(file.node, 'setattr', (node) => (node as Node).id);
  for (const name of ['write', 'msync'] as const)
    wrap(file.stream, name, (stream) => (stream as { readonly node: Node }).node.id);
  return () => {
    if (changed.size === 0) return '';
    const numbers = [...changed].join(' ');
    changed.clear();
    return numbers;
  };
}
