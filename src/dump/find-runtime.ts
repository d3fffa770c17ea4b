/** Which Lambda runtime a dump holds, found by the shape of its folders (`RUNTIMES.md` (a) and (b) of the facts). */
import { readImports } from './python-imports.ts';

/** A runtime in a dump. */
export type FoundRuntime =
  | {
      /** The interface client of 3.8 and later. */
      readonly form: 'awslambdaric';
      /** The package's folder (`var/runtime/awslambdaric`); of a flat one (`isFlat`) the script's own. */
      readonly folder: string;
      /** The managed runtime's script, where the dump has it (`var/runtime/bootstrap.py`). */
      readonly script: string | null;
      /** The client's release, where a `dist-info` folder or the package itself tells it. */
      readonly version: string | null;
      readonly python: string | null;
    }
  | {
      /** `awslambda/bootstrap.py`, of 2.7, 3.6 and 3.7. */
      readonly form: 'awslambda';
      readonly folder: string;
      readonly script: string;
      readonly version: null;
      readonly python: string | null;
    };

/** Whether the client's modules lie beside the managed runtime's script, in no package: so the first ones of 3.8 have it. */
export function isFlat({ form, folder }: FoundRuntime): boolean {
  return form === 'awslambdaric' && !/(?:^|\/)awslambdaric$/.test(folder);
}

/** The first runtime of a dump; null where it holds none. */
export function findRuntime(files: ReadonlyMap<string, Uint8Array>): FoundRuntime | null {
  const paths = [...files.keys()].sort((one, other) => one.split('/').length - other.split('/').length);
  const folder = packageOf(paths, files);
  if (folder !== null) {
    const root = folder.replace(/\/?awslambdaric$/, '');
    const beside = root === '' ? '' : `${root}/`;
    const script = [`${beside}bootstrap.py`, ...paths.filter(isScript)].find(
      (path) => files.has(path) && !path.endsWith('awslambda/bootstrap.py'),
    );
    return {
      form: 'awslambdaric',
      folder,
      script: script ?? null,
      version: findVersion(files, beside, folder),
      python: findPython(paths, folder),
    };
  }
  const old = paths.find((path) => /(?:^|\/)awslambda\/bootstrap\.py$/.test(path));
  const flat = flatOf(
    old === undefined
      ? paths.filter((path) => /(?:^|\/)bootstrap(?:\.py)?$/.test(path)).toSorted(scriptsFirst)
      : [old],
    paths,
    files,
  );
  if (flat !== null) return flat;
  if (old === undefined) return null;
  const place = folderOf(old);
  return {
    form: 'awslambda',
    folder: place,
    script: old,
    version: null,
    python: findPython(paths, place) ?? python2(files.get(old)),
  };
}

/** Whether a dump holds a runtime as compiled files alone: of another Python, they are of no use. */
export function isCompiledOnly(paths: Iterable<string>): boolean {
  return [...paths].some((path) =>
    /(?:^|\/)(?:awslambdaric|awslambda)\/(?:__pycache__\/)?(?:__main__|bootstrap)(?:\.[\w-]+)*\.py[co]$/.test(
      path,
    ),
  );
}

/** The folder of a package that can be started: one named so by chance has no `bootstrap`, or nothing that starts it. */
function packageOf(paths: readonly string[], files: ReadonlyMap<string, Uint8Array>): string | null {
  const all = paths.flatMap((path) => /^((?:.*\/)?awslambdaric)\/bootstrap\.py$/.exec(path)?.[1] ?? []);
  const started = all.find((folder) => files.has(`${folder}/__main__.py`));
  if (started !== undefined) return started;
  const script = paths.find((path) => isScript(path) && path.endsWith('.py'));
  return script !== undefined && /\bawslambdaric\b/.test(textOf(files, script)) ? (all[0] ?? null) : null;
}

function isScript(path: string): boolean {
  return /(?:^|\/)runtime\/bootstrap\.py$/.test(path);
}

/** `runtime/bootstrap` before one in any other folder. */
function scriptsFirst(one: string, other: string): number {
  const rank = (path: string): number => (/(?:^|\/)runtime\/bootstrap(?:\.py)?$/.test(path) ? 0 : 1);
  return rank(one) - rank(other);
}

/** The first of these scripts that, by itself or by the modules beside it, speaks the Runtime API. */
function flatOf(
  scripts: readonly string[],
  paths: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): FoundRuntime | null {
  for (const script of scripts) {
    const text = textOf(files, script);
    // One without an ending may be a shell's.
    if (!script.endsWith('.py') && !/^#!.*python/.test(text)) continue;
    const folder = folderOf(script);
    const modules = flatModules({ script, folder }, files);
    if (!modules.some((path) => SPEAKS_RUNTIME_API.test(textOf(files, path)))) continue;
    const python = findPython(paths, folder) ?? /^#!.*python(3\.\d+)/.exec(text)?.[1] ?? null;
    return { form: 'awslambdaric', folder, script, version: null, python };
  }
  return null;
}

/** The client's native module, the variable with its server's address, or the paths that it asks for. */
const SPEAKS_RUNTIME_API = /\bruntime_client\b|\bAWS_LAMBDA_RUNTIME_API\b|\/2018-06-01\//;

/** The script of a flat runtime, and the single modules of its folder that it leads to. */
export function flatModules(
  { script, folder }: Pick<FoundRuntime, 'script' | 'folder'>,
  files: ReadonlyMap<string, Uint8Array>,
): string[] {
  const begin = folder === '' ? '' : `${folder}/`;
  const found = new Set(script === null ? [] : [script]);
  for (const path of found) {
    for (const { module, names } of readImports(textOf(files, path))) {
      for (const name of module === '' ? names : [module.split('.')[0] ?? '']) {
        if (files.has(`${begin}${name}.py`)) found.add(`${begin}${name}.py`);
      }
    }
  }
  return [...found];
}

function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return new TextDecoder().decode(files.get(path));
}

function folderOf(path: string): string {
  return path.replace(/\/?[^/]*$/, '');
}

function findVersion(files: ReadonlyMap<string, Uint8Array>, beside: string, folder: string): string | null {
  for (const path of files.keys()) {
    const found = /^(.*?)awslambdaric-([\w.]+)\.(?:dist|egg)-info\//.exec(path);
    if (found !== null && found[1] === beside) return found[2] ?? null;
  }
  const init = files.get(`${folder}/__init__.py`);
  const said =
    init === undefined ? null : /^__version__\s*=\s*["']([\w.]+)["']/m.exec(new TextDecoder().decode(init));
  return said?.[1] ?? null;
}

/** Python's version, by a folder of the path or by the tag of machine code near it. */
function findPython(paths: readonly string[], folder: string): string | null {
  const version = /(?:^|\/)python([23]\.\d+)(?:\/|$)/.exec(folder)?.[1];
  if (version !== undefined) return version;
  const root = folder.replace(/\/?[^/]*$/, '');
  const near = [folder, root].map((one) => (one === '' ? '' : `${one}/`));
  for (const begin of near) {
    for (const path of paths) {
      const tag = path.startsWith(begin) ? /\.cpython-(\d)(\d+)m?[-.]/.exec(path) : null;
      if (tag !== null) return `${String(tag[1])}.${String(tag[2])}`;
    }
  }
  return null;
}

/** 2.7 where a source has what only Python 2 reads; null where it doesn't show. */
function python2(source: Uint8Array | undefined): string | null {
  const text = new TextDecoder().decode(source);
  return /^\s*print\s+["'\w]|^\s*except\s+[\w.]+\s*,\s*\w+\s*:|^\s*raise\s+\w+\s*,|^\s*exec\s+\w/m.test(text)
    ? '2.7'
    : null;
}
