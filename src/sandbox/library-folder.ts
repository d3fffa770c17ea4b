/**
 * Python's standard library as files of the disk, for a platform that has Python installed below a prefix of its own. A
 * folder is filled when it is first looked into, and what a file holds is unpacked from the library's archive when it is
 * first opened: most runs need neither.
 */
import { ownValue } from '../trace/own-value.ts';

/** What `harness/library.py` tells of a file in the archive. */
type Entry = readonly [name: string, method: number, packed: number, size: number, place: number];

/** A folder's files and folders by name. */
type Tree = Map<string, Tree | Entry>;

interface Node {
  mode: number;
  stream_ops: object;
}

interface FolderNode extends Node {
  node_ops: {
    lookup(parent: FolderNode, name: string): Node;
    readdir(folder: FolderNode): string[];
  };
  contents: Record<string, Node>;
}

interface FileNode extends Node {
  usedBytes: number;
  contents: Uint8Array;
}

/** What is used of Emscripten's file system. */
interface FileSystem {
  mkdirTree(path: string): void;
  nextInode: number;
  hashAddNode(node: Node): void;
  lookupPath(path: string): { readonly node: unknown };
  readdir(path: string): string[];
  rmdir(path: string): void;
  unlink(path: string): void;
  chdir(path: string): void;
  isDir(mode: number): boolean;
  lstat(path: string): { readonly mode: number };
}

/** What is used of a Pyodide; its types leave these open. */
interface LaidPython {
  readonly FS: FileSystem;
  readonly _module: Zlib;
}

const FILE = 0o100_644;
/** How a file lies in the archive: as it is, or deflated. */
const STORED = 0;
/** Of a file's head in the archive: its length without names, and where the lengths of its two names stand. */
const HEAD = 30;
const HEAD_NAMES = 26;

/** Folders that others lay their files in. */
const OTHERS = ['lib-dynload', 'site-packages'];
/** Folders that come with Pyodide: where it has its library, homes of its own users, and memory that no process of Lambda shares. */
const PYODIDES = ['/lib', '/home', '/dev/shm'];

/**
 * Lays the files of `list`, which is what `library.list_archive()` tells, into `folder`, and takes away the folders that
 * come with Pyodide. `archive` is where it lies there; its bytes may come later.
 */
export function layLibrary(python: LaidPython, folder: string, archive: string, list: string): void {
  const FS = python.FS;
  const packed = FS.lookupPath(archive).node as FileNode;
  for (const name of OTHERS) FS.mkdirTree(`${folder}/${name}`);
  fillLater(FS.lookupPath(folder).node as FolderNode, () => treeOf(JSON.parse(list) as Entry[]), {
    FS,
    file: { ...packed, mode: FILE, contents: new Uint8Array() },
    unpack: (entry) => unpack(python, packed.contents, entry),
  });
  // Pyodide works in one of them; the process has a working directory of its own.
  FS.chdir('/');
  for (const path of PYODIDES) removeTree(FS, path);
}

function treeOf(entries: readonly Entry[]): Tree {
  const root: Tree = new Map();
  for (const entry of entries) {
    const names = entry[0].split('/');
    const file = names.pop() ?? '';
    let folder = root;
    for (const name of names) {
      const inside = folder.get(name);
      const next: Tree = inside instanceof Map ? inside : new Map<string, Tree | Entry>();
      folder.set(name, next);
      folder = next;
    }
    folder.set(file, entry);
  }
  return root;
}

function noFiles(): Record<string, Node> {
  return Object.create(null) as Record<string, Node>;
}

/** What nodes are made of. */
interface Source {
  readonly FS: FileSystem;
  /** A file without anything in it. */
  readonly file: FileNode;
  readonly unpack: (entry: Entry) => Uint8Array;
}

function fillLater(folder: FolderNode, tree: () => Tree, source: Source): void {
  const { node_ops } = folder;
  const fill = (): void => {
    folder.node_ops = node_ops;
    for (const [name, inside] of tree()) {
      // Other files may lie there already.
      if (ownValue(folder.contents, name) !== undefined) continue;
      if (inside instanceof Map) {
        const node = add(source.FS, folder, name, { ...folder, contents: noFiles() });
        fillLater(node, () => inside, source);
      } else unpackLater(add(source.FS, folder, name, source.file), inside, source);
    }
  };
  folder.node_ops = {
    ...node_ops,
    // Asked for a name that the folder is not known to hold.
    lookup: (parent, name) => {
      fill();
      return ownValue(parent.contents, name) ?? node_ops.lookup(parent, name);
    },
    readdir: (node) => {
      fill();
      return node_ops.readdir(node);
    },
  };
}

/**
 * Puts a node into a folder that is like another node. Emscripten's own function for it looks at the clock, and a simulated
 * one goes on with each look.
 */
function add<T extends Node>(FS: FileSystem, parent: FolderNode, name: string, like: T): T {
  const prototype = Object.getPrototypeOf(parent) as object;
  const node = Object.assign(Object.create(prototype) as object, like, { parent, name, id: FS.nextInode });
  FS.nextInode += 1;
  FS.hashAddNode(node);
  Object.assign(parent.contents, { [name]: node });
  return node;
}

function unpackLater(file: FileNode, entry: Entry, { unpack }: Source): void {
  const { stream_ops } = file;
  file.usedBytes = entry[3];
  file.stream_ops = {
    ...stream_ops,
    open: () => {
      file.contents = unpack(entry);
      file.stream_ops = stream_ops;
    },
  };
}

function removeTree(FS: FileSystem, path: string): void {
  if (!FS.isDir(FS.lstat(path).mode)) {
    FS.unlink(path);
    return;
  }
  for (const name of FS.readdir(path)) if (name !== '.' && name !== '..') removeTree(FS, `${path}/${name}`);
  FS.rmdir(path);
}

function unpack(python: LaidPython, archive: Uint8Array, [, method, packed, size, place]: Entry): Uint8Array {
  const names = new DataView(archive.buffer, archive.byteOffset + place + HEAD_NAMES, 4);
  const begin = place + HEAD + names.getUint16(0, true) + names.getUint16(2, true);
  const bytes = archive.subarray(begin, begin + packed);
  return method === STORED ? bytes.slice() : inflate(python, bytes, size);
}

/** What is used of the zlib that Pyodide brings for Python's module of that name. */
interface Zlib {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _inflateInit2_(stream: number, windowBits: number, version: number, streamBytes: number): number;
  _inflate(stream: number, flush: number): number;
  _inflateEnd(stream: number): number;
}

/** The size of zlib's `z_stream`, and of the text that names a version of it, of which the first letter counts. */
const STREAM = 56;
const VERSION = [0x31, 0];
/** No header around the data. */
const RAW = -15;
const FINISH = 4;
const STREAM_END = 1;

/** What was deflated, `size` bytes of it. No Python runs meanwhile: a call of its own may be what opens the file. */
function inflate(python: LaidPython, bytes: Uint8Array, size: number): Uint8Array {
  const zlib = python._module;
  const stream = zlib._malloc(STREAM + VERSION.length + bytes.length + size);
  if (stream === 0) throw new RangeError('There is no memory for a file of the library.');
  const version = stream + STREAM;
  const input = version + VERSION.length;
  const output = input + bytes.length;
  zlib.HEAPU8.fill(0, stream, version);
  zlib.HEAPU8.set(VERSION, version);
  zlib.HEAPU8.set(bytes, input);
  // next_in, avail_in, total_in, next_out, avail_out
  zlib.HEAPU32.set([input, bytes.length, 0, output, size], stream / 4);
  zlib._inflateInit2_(stream, RAW, version, STREAM);
  const end = zlib._inflate(stream, FINISH);
  zlib._inflateEnd(stream);
  const unpacked = zlib.HEAPU8.slice(output, output + size);
  zlib._free(stream);
  if (end !== STREAM_END) throw new RangeError('A file of the library is damaged.');
  return unpacked;
}
