/** Which Lambda runtime a dump holds, found by the shape of its folders (`RUNTIMES.md` (a) and (b) of the facts). */

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
  // The package is one that can be started: a folder named so by chance has no `bootstrap` beside its `__main__`.
  const main = paths.find(
    (path) =>
      /(?:^|\/)awslambdaric\/__main__\.py$/.test(path) &&
      files.has(path.replace(/__main__\.py$/, 'bootstrap.py')),
  );
  if (main !== undefined) {
    const folder = main.replace(/\/[^/]*$/, '');
    const root = folder.replace(/\/?awslambdaric$/, '');
    const beside = root === '' ? '' : `${root}/`;
    const script = [
      `${beside}bootstrap.py`,
      ...paths.filter((path) => /(?:^|\/)runtime\/bootstrap\.py$/.test(path)),
    ].find((path) => files.has(path) && !path.endsWith('awslambda/bootstrap.py'));
    return {
      form: 'awslambdaric',
      folder,
      script: script ?? null,
      version: findVersion(files, beside, folder),
      python: findPython(paths, folder),
    };
  }
  const client = paths.find(
    (path) =>
      /(?:^|\/)lambda_runtime_client\.py$/.test(path) &&
      files.has(path.replace(/lambda_runtime_client\.py$/, 'bootstrap.py')),
  );
  if (client !== undefined) {
    const folder = client.replace(/\/?[^/]*$/, '');
    const beside = folder === '' ? '' : `${folder}/`;
    return {
      form: 'awslambdaric',
      folder,
      script: `${beside}bootstrap.py`,
      version: null,
      python: findPython(paths, folder),
    };
  }
  const script = paths.find((path) => /(?:^|\/)awslambda\/bootstrap\.py$/.test(path));
  if (script === undefined) return null;
  const folder = script.replace(/\/[^/]*$/, '');
  return {
    form: 'awslambda',
    folder,
    script,
    version: null,
    python: findPython(paths, folder) ?? python2(files.get(script)),
  };
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
