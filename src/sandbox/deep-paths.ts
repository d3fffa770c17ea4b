/**
 * Paths that are found in one walk. Emscripten writes the path that it has come to anew at each folder, so that what lies nine
 * hundred folders deep takes tens of milliseconds each time it is looked for. Where a path is plain, this finds it as Emscripten
 * does, and writes the path once.
 */

/** What is used of a node of Emscripten's disk. */
interface Node {
  readonly mode: number;
  readonly mounted?: { readonly root: Node };
}

interface Found {
  readonly path: string;
  readonly node?: Node;
}

interface LookupOptions {
  readonly parent?: boolean;
  readonly follow?: boolean;
  readonly follow_mount?: boolean;
  readonly noent_okay?: boolean;
}

/** What is used of Emscripten's file system; Pyodide's types leave it open. */
export interface WalkedFileSystem {
  readonly root: Node;
  cwd(): string;
  lookupPath: (path: string, options?: LookupOptions) => Found;
  lookupNode(parent: Node, name: string): Node;
  isLink(mode: number): boolean;
  isMountpoint(node: Node): boolean;
}

/** "No such file or directory", in the numbers of WebAssembly's system interface. */
const ENOENT = 44;

/** Lets paths be found in time that grows with their length. To be called once, when Python has booted. */
export function quickenPaths(FS: WalkedFileSystem): void {
  const lookUp = FS.lookupPath.bind(FS);
  FS.lookupPath = (path, options = {}) => find(FS, path, options) ?? lookUp(path, options);
}

/** Null for a path that is not plain: an empty one, one by way of a link, or one with names that are steps. */
function find(FS: WalkedFileSystem, path: string, options: LookupOptions): Found | null {
  if (path === '') return null;
  const whole = path.startsWith('/') ? path : `${FS.cwd()}/${path}`;
  const names = whole.split('/').filter((name) => name !== '');
  const end = options.parent === true ? names.length - 1 : names.length;
  let node = FS.root;
  for (let index = 0; index < end; index += 1) {
    const name = names[index] ?? '';
    if (name === '.' || name === '..') return null;
    const isLast = index === names.length - 1;
    try {
      node = FS.lookupNode(node, name);
    } catch (error) {
      const isMissing = (error as { readonly errno?: unknown } | null)?.errno === ENOENT;
      if (isMissing && isLast && options.noent_okay === true) return { path: join(names, end) };
      throw error;
    }
    if (FS.isMountpoint(node) && (!isLast || options.follow_mount !== false))
      node = node.mounted?.root ?? node;
    if (FS.isLink(node.mode) && (!isLast || options.follow === true)) return null;
  }
  return { path: join(names, end), node };
}

function join(names: readonly string[], end: number): string {
  return `/${names.slice(0, end).join('/')}`;
}
