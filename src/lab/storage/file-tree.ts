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

/** Folders that a tree has: what lies in others is only counted. */
const MAX_FOLDERS = 50_000;

interface Node<File> {
  readonly path: string;
  readonly name: string;
  readonly parent: Node<File> | null;
  readonly folders: Map<string, Node<File>>;
  readonly files: Map<string, File>;
  /** Paths of files that lie in folders which the tree has no room for; null for none. */
  beyond: Set<string> | null;
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
  readonly #most: number;
  #folders = 0;
  /** Files that are only counted. */
  #beyond = 0;
  /** The folder that was asked for last: what is changed next lies mostly in it, or below. */
  #last = this.#root;

  constructor(files: Iterable<File>, folders: readonly string[], most = MAX_FOLDERS) {
    this.#most = most;
    this.#root.stays = true;
    for (const folder of folders) this.#open(`${tidy(folder)}/`).node.stays = true;
    for (const file of files) this.set(file);
  }

  /** A file is there, with its path. */
  set(file: File): void {
    const path = tidy(file.path);
    const { node, isWhole } = this.#open(path);
    // It may have come when there was less room.
    this.#forget(path, node);
    if (isWhole) node.files.set(path, file);
    else {
      (node.beyond ??= new Set()).add(path);
      this.#beyond += 1;
    }
  }

  /** A file is gone, and with it the folders that held nothing else. */
  delete(filePath: string): void {
    const path = tidy(filePath);
    let { node } = this.#find(path);
    node.files.delete(path);
    this.#forget(path, node);
    while (node.parent !== null && !node.stays && isEmpty(node)) {
      node.parent.folders.delete(node.name);
      this.#folders -= 1;
      this.#last = node = node.parent;
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
      const folders = firstOf(node.folders.values(), room, byName);
      const files = firstOf(node.files.values(), room - folders.length, byPath);
      left -= folders.length + files.length;
      const taken = new Set(folders);
      shown.leftOut =
        node.files.size +
        (node.beyond?.size ?? 0) -
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

  /** The folder of a path, made with those above it that are not there yet; not whole where there is no room for all of them. */
  #open(path: string): { readonly node: Node<File>; readonly isWhole: boolean } {
    let { node, rest } = this.#find(path);
    for (let end = path.indexOf('/', rest); end !== -1; end = path.indexOf('/', rest)) {
      if (this.#folders >= this.#most) return { node, isWhole: false };
      const name = path.slice(rest, end);
      const inner: Node<File> = makeNode(path.slice(0, end), name, node);
      node.folders.set(name, inner);
      this.#folders += 1;
      node = inner;
      rest = end + 1;
    }
    this.#last = node;
    return { node, isWhole: true };
  }

  /**
   * The folder of a path as far as it is there, and where in the path that what is missing begins. From the root, part by
   * part: to look folders up by their whole paths would take the square of a path's depth.
   */
  #find(path: string): { readonly node: Node<File>; readonly rest: number } {
    const { path: last } = this.#last;
    let node = path.charAt(last.length) === '/' && path.startsWith(last) ? this.#last : this.#root;
    let rest = node.path.length + 1;
    for (let end = path.indexOf('/', rest); end !== -1; end = path.indexOf('/', rest)) {
      const inner = node.folders.get(path.slice(rest, end));
      if (inner === undefined) break;
      node = inner;
      rest = end + 1;
    }
    this.#last = node;
    return { node, rest };
  }

  /** A file is no longer among those that are only counted: mostly there are none. */
  #forget(path: string, folder: Node<File>): void {
    if (this.#beyond === 0) return;
    for (let node: Node<File> | null = folder; node !== null; node = node.parent)
      if (node.beyond?.delete(path) === true) this.#beyond -= 1;
  }
}

function isEmpty<File>({ files, folders, beyond }: Node<File>): boolean {
  return files.size === 0 && folders.size === 0 && (beyond?.size ?? 0) === 0;
}

function makeNode<File>(path: string, name: string, parent: Node<File> | null): Node<File> {
  return { path, name, parent, folders: new Map(), files: new Map(), beyond: null, stays: false };
}

/** `/var/runtime` in one row: a folder that holds one folder and nothing else says nothing of its own. */
function endOfChain<File>(from: Node<File>): Node<File> {
  let node = from;
  for (;;) {
    const [only] = node.folders.values();
    if (only === undefined || node.folders.size > 1 || node.files.size > 0 || node.beyond !== null)
      return node;
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
    count += 1 + node.files.size + (node.beyond?.size ?? 0);
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

/** Of folders side by side: their paths may be long, and are alike up to their names. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
