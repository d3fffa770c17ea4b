/**
 * The paths of a disk as the tree that people think of. It grows and shrinks file by file; what is shown of it is bounded,
 * for a run may leave tens of thousands of files, or folders thousands deep. Nothing here calls itself.
 */
import { firstOf } from '../cut-text.ts';

/** What is shown of a folder: its folders, then its files, each by name. */
export interface Folder<File> {
  /** The folder's name; that of its parents before it where they hold nothing else. */
  readonly name: string;
  readonly path: string;
  readonly folders: readonly Folder<File>[];
  readonly files: readonly File[];
  /** Files and folders in it, however deep, that are not shown. */
  readonly leftOut: number;
}

/** How much of a tree is shown. */
export interface TreeBounds {
  /** Files and folders of one folder. */
  readonly rows: number;
  readonly allRows: number;
  readonly depth: number;
}

/** More than a reader looks through, and less than a page feels. */
const TREE_BOUNDS: TreeBounds = { rows: 200, allRows: 600, depth: 16 };

/** Folders that a tree has: what lies in others is only counted. The paths of those above a deep one are its depth squared. */
const MAX_FOLDERS = 20_000;

interface Node<File> {
  readonly path: string;
  readonly name: string;
  readonly parent: Node<File> | null;
  readonly folders: Map<string, Node<File>>;
  readonly files: Map<string, File>;
  /** It is there even if nothing lies in it. */
  stays: boolean;
}

/** What is shown of a node, before its folders are known. */
interface Growing<File> {
  readonly name: string;
  readonly path: string;
  readonly folders: Growing<File>[];
  readonly files: File[];
  leftOut: number;
}

/** The tree of some files; `folders` are there even if nothing lies in them. */
export class FileTree<File extends { readonly path: string }> {
  readonly #root: Node<File> = makeNode('', '', null);
  /** All folders by their paths: a file finds its own at once, however deep it lies. */
  readonly #nodes = new Map<string, Node<File>>([['', this.#root]]);
  readonly #most: number;
  /** Files in folders that there is no room for. */
  readonly #beyond = new Set<string>();

  constructor(files: Iterable<File>, folders: readonly string[], most = MAX_FOLDERS) {
    this.#most = most;
    this.#root.stays = true;
    for (const folder of folders) this.#open(tidy(folder)).stays = true;
    for (const file of files) this.set(file);
  }

  /** A file is there, with its path. */
  set(file: File): void {
    const path = tidy(file.path);
    const folder = path.slice(0, path.lastIndexOf('/'));
    const hasRoom = this.#nodes.has(folder) || this.#nodes.size < this.#most;
    if (hasRoom) {
      this.#open(folder).files.set(path, file);
      this.#beyond.delete(path);
    } else this.#beyond.add(path);
  }

  /** A file is gone, and with it the folders that held nothing else. */
  delete(filePath: string): void {
    const path = tidy(filePath);
    let node = this.#nodes.get(path.slice(0, path.lastIndexOf('/'))) ?? null;
    node?.files.delete(path);
    this.#beyond.delete(path);
    while (node?.parent && !node.stays && node.files.size === 0 && node.folders.size === 0) {
      node.parent.folders.delete(node.name);
      this.#nodes.delete(node.path);
      node = node.parent;
    }
  }

  /** What is shown of it: level by level, so that no folder takes the room of those beside it. */
  shown(bounds = TREE_BOUNDS): Folder<File> {
    let left = bounds.allRows;
    const root = { node: this.#root, depth: 0, shown: grow(this.#root, this.#root) };
    const queue = [root];
    // The queue grows while it is gone through.
    for (const { node, depth, shown } of queue) {
      const room = depth >= bounds.depth ? 0 : Math.min(bounds.rows, left);
      const folders = firstOf(node.folders.values(), room, byPath);
      const files = firstOf(node.files.values(), room - folders.length, byPath);
      left -= folders.length + files.length;
      const taken = new Set(folders);
      shown.leftOut =
        (node === this.#root ? this.#beyond.size : 0) +
        node.files.size -
        files.length +
        countAll([...node.folders.values()].filter((folder) => !taken.has(folder)));
      shown.files.push(...files);
      for (const folder of folders) {
        const end = endOfChain(folder);
        const inner = grow(folder, end);
        shown.folders.push(inner);
        queue.push({ node: end, depth: depth + 1, shown: inner });
      }
    }
    return root.shown;
  }

  /** The folder of a path, made with those above it that are not there yet. */
  #open(path: string): Node<File> {
    const missing: string[] = [];
    let above = path;
    let node = this.#nodes.get(above);
    while (node === undefined) {
      missing.push(above);
      above = above.slice(0, above.lastIndexOf('/'));
      node = this.#nodes.get(above);
    }
    for (const folder of missing.reverse()) {
      const inner: Node<File> = makeNode(folder, folder.slice(node.path.length + 1), node);
      node.folders.set(inner.name, inner);
      this.#nodes.set(folder, inner);
      node = inner;
    }
    return node;
  }
}

function makeNode<File>(path: string, name: string, parent: Node<File> | null): Node<File> {
  return { path, name, parent, folders: new Map(), files: new Map(), stays: false };
}

/** `/var/runtime` in one row: a folder that holds one folder and nothing else says nothing of its own. */
function endOfChain<File>(from: Node<File>): Node<File> {
  let node = from;
  for (;;) {
    const [only] = node.folders.values();
    if (only === undefined || node.folders.size > 1 || node.files.size > 0) return node;
    node = only;
  }
}

function grow<File>(from: Node<File>, to: Node<File>): Growing<File> {
  const name = to.path.slice(from.path.length - from.name.length);
  return { name, path: to.path, folders: [], files: [], leftOut: 0 };
}

/** These folders and all that lies in them. */
function countAll<File>(folders: Node<File>[]): number {
  let count = 0;
  for (let node = folders.pop(); node !== undefined; node = folders.pop()) {
    count += 1 + node.files.size;
    for (const inner of node.folders.values()) folders.push(inner);
  }
  return count;
}

/** The path as the disk writes it: absolute, without empty parts. What a run says of its files may be any text. */
function tidy(path: string): string {
  if (path === '' || (path.startsWith('/') && !path.includes('//') && !path.endsWith('/'))) return path;
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => `/${part}`)
    .join('');
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
