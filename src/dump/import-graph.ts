/** Which file of a dump imports which: modules found as Python finds them, by the folders of its path. */
import { readImports, type Import } from './python-imports.ts';
import { STANDARD_MODULES } from './standard-modules.ts';

/** What an imported name turned out to be. `missing`: neither in the dump nor in the standard library. */
export type ImportKind = 'own' | 'native' | 'standard' | 'missing';

/** One file's import of one module. */
export interface ImportEdge {
  readonly from: string;
  /** The module's whole name, as it is known by (`awslambdaric.bootstrap`). */
  readonly module: string;
  readonly kind: ImportKind;
  /** The file in the dump; null where it is elsewhere. */
  readonly to: string | null;
  readonly line: number;
}

/** The names that a file of machine code ends in, where Python imports it. */
const NATIVE = /(?:\.(?:cpython-\d+[a-z]*|abi3|pypy[\w]*)[\w.-]*)?\.(?:so|pyd)$/;

/** A module's file without what Python strips of it: `bootstrap`, `runtime` of `runtime.cpython-36m-x86_64-linux-gnu.so`. */
export function moduleStem(file: string): string | null {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/\.pyc?$/.test(name)) return name.replace(/(?:\.cpython-\d+(?:\.opt-\d)?)?\.pyc?$/, '');
  return NATIVE.test(name) ? name.replace(NATIVE, '') : null;
}

/** Whether a file is machine code that Python, or what it loads, brings in. */
export function isNative(file: string): boolean {
  return NATIVE.test(file) || /\.so(?:\.\d+)*$/.test(file);
}

/** Folders of a dump in which Python would look for modules, as `sys.path` has them: the runtime's before the library's. */
export function findRoots(paths: readonly string[]): string[] {
  const roots = new Set<string>();
  const folders = new Set(paths.flatMap(foldersOf));
  const isPackage = new Set(
    paths.filter((path) => /(?:^|\/)__init__\.pyc?$/.test(path)).map((path) => path.replace(/\/?[^/]*$/, '')),
  );
  for (const folder of folders) {
    if (/(?:^|\/)(?:site-packages|dist-packages)$/.test(folder)) roots.add(folder);
  }
  // A folder of modules that is no package itself, and lies in none.
  for (const path of paths) {
    if (moduleStem(path) === null) continue;
    let folder = path.replace(/\/?[^/]*$/, '');
    while (isPackage.has(folder) && folder !== '') folder = folder.replace(/\/?[^/]*$/, '');
    if (!/(?:^|\/)__pycache__$/.test(folder)) roots.add(folder);
  }
  const rank = (root: string): number =>
    /(?:^|\/)runtime(?:\/awslambda)?$/.test(root) ? 0 : /(?:^|\/)(?:site|dist)-packages$/.test(root) ? 2 : 1;
  return [...roots].sort(
    (one, other) => rank(one) - rank(other) || one.length - other.length || (one < other ? -1 : 1),
  );
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Every import of every source file of a dump, in the files' order. */
export function importGraph(files: ReadonlyMap<string, Uint8Array>): ImportEdge[] {
  return [...importsByFile(files)].flat();
}

/** The same, a file at a time: whoever asks can do something else between two. */
export function* importsByFile(files: ReadonlyMap<string, Uint8Array>): Generator<readonly ImportEdge[]> {
  const modules = new Modules([...files.keys()]);
  const decoder = new TextDecoder();
  for (const [path, bytes] of files) {
    if (!path.endsWith('.py')) continue;
    yield readImports(decoder.decode(bytes)).flatMap((found) => edges(path, found, modules));
  }
}

function edges(from: string, found: Import, modules: Modules): ImportEdge[] {
  const line = found.line;
  const module = found.level === 0 ? found.module : modules.absolute(from, found);
  if (module === null)
    return [{ from, module: `${'.'.repeat(found.level)}${found.module}`, kind: 'missing', to: null, line }];
  const edge = (name: string): ImportEdge => {
    const to = modules.find(name, from);
    if (to !== null) return { from, module: name, kind: isNative(to) ? 'native' : 'own', to, line };
    const isStandard = STANDARD_MODULES.has(name.split('.')[0] ?? '');
    return { from, module: name, kind: isStandard ? 'standard' : 'missing', to: null, line };
  };
  // `from package import name`: the name may be a module of the package, and is then imported with it.
  const inside = found.names.flatMap((name) => {
    const whole = module === '' ? name : `${module}.${name}`;
    return modules.find(whole, from) === null ? [] : [edge(whole)];
  });
  if (module === '') return inside;
  return inside.length > 0 && found.level > 0 && found.module === '' ? inside : [edge(module), ...inside];
}

/** The modules of a dump, by the folder that Python would look in. */
class Modules {
  readonly #byName = new Map<string, Map<string, string>>();
  readonly #roots: readonly string[];

  constructor(paths: readonly string[]) {
    this.#roots = findRoots(paths);
    // The deepest root that a path lies in: a library below a folder of modules is a root of its own.
    const deepest = this.#roots.toSorted((one, other) => other.length - one.length);
    for (const path of paths) {
      const stem = moduleStem(path);
      if (stem === null || /(?:^|\/)__pycache__\//.test(path)) continue;
      for (const root of deepest) {
        if (root !== '' && !path.startsWith(`${root}/`)) continue;
        const below = root === '' ? path : path.slice(root.length + 1);
        const folder = below.split('/').slice(0, -1);
        const name = [...folder, ...(stem === '__init__' ? [] : [stem])].join('.');
        const known = this.#byName.get(root) ?? new Map<string, string>();
        this.#byName.set(root, known);
        // Python takes machine code before a source, and a source before compiled code.
        const before = known.get(name);
        if (before === undefined || order(path) < order(before)) known.set(name, path);
      }
    }
  }

  /** The file of a module; one beside the file that asks comes first, as Python 2 and a script's own folder have it. */
  find(name: string, from: string): string | null {
    const own = this.#roots
      .filter((root) => root === '' || from.startsWith(`${root}/`))
      .toSorted((one, other) => other.length - one.length);
    for (const root of [...own, ...this.#roots]) {
      const file = this.#byName.get(root)?.get(name);
      if (file !== undefined && file !== from) return file;
    }
    return null;
  }

  /** The whole name of a relative import; null where the dots lead out of every package. */
  absolute(from: string, { level, module }: Import): string | null {
    const root = this.#roots
      .filter((one) => one === '' || from.startsWith(`${one}/`))
      .reduce((longest, one) => (one.length > longest.length ? one : longest), '');
    const folder = (root === '' ? from : from.slice(root.length + 1)).split('/').slice(0, -1);
    if (level > folder.length) return null;
    const base = folder.slice(0, folder.length - (level - 1));
    return [...base, ...(module === '' ? [] : [module])].join('.');
  }
}

function order(path: string): number {
  return isNative(path) ? 0 : path.endsWith('.py') ? 1 : 2;
}
