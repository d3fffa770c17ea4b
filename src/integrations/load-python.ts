/** How a process of Node's loads Python: from a boot image, or plainly. */
import { readFile } from 'node:fs/promises';
import { loadPyodide } from 'pyodide';
import { ImageMismatch, loadFromImage, readImage } from '../sandbox/boot-image.ts';
import type { LoadPython } from '../sandbox/interpreter.ts';
import { withLocalTime } from '../sandbox/local-time.ts';
import { loadModuleFactory, madeBy } from './pyodide-module.ts';

/** Loads from the image's file that is named; an empty name, a damaged image, or a foreign one stand for the plain boot. */
export async function loadPythonFrom(image: string): Promise<LoadPython> {
  const factory = withLocalTime(await loadModuleFactory());
  const loadPlainly: LoadPython = (options) => loadPyodide({ ...options, ...madeBy(factory) });
  if (image === '') return loadPlainly;
  const bytes = await readFile(image).catch(() => new Uint8Array());
  return async (options) => {
    try {
      return await loadFromImage(loadPyodide, factory, readImage(bytes))(options);
    } catch (error) {
      if (!(error instanceof ImageMismatch)) throw error;
      return loadPlainly(options);
    }
  };
}
