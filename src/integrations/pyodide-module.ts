/** Pyodide's files in node_modules, for the processes that run it under Node, and the factory of its instances. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the package. */
export const PYODIDE = path.resolve(import.meta.dirname, '../../node_modules/pyodide');

/** An option of Pyodide's that its types leave out: the factory that makes its instance. */
export function madeBy(factory: unknown): object {
  return { createPyodideModule: factory };
}

/** Emscripten's factory, which Pyodide's types leave out. */
export async function loadModuleFactory(): Promise<unknown> {
  const url = pathToFileURL(path.join(PYODIDE, 'pyodide.asm.mjs')).href;
  const { default: factory } = (await import(url)) as { readonly default: unknown };
  return factory;
}
