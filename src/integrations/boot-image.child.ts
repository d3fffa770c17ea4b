/**
 * Makes a boot image and writes it into the file that its argument names. A process of its own, whose clock and chance are
 * simulated: nothing of the machine is in the image, and the same ingredients give the same bytes.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { freshMemory, IMAGE_MAKING, takeImage, writeImage } from '../sandbox/boot-image.ts';
import { HARNESS, importHarness, PYTHON_OPTIONS } from '../sandbox/interpreter.ts';
import { withLocalTime } from '../sandbox/local-time.ts';
import type { Files } from '../sandbox/protocol.ts';
import { readHarness } from './platforms.ts';
import { loadModuleFactory, madeBy, PYODIDE } from './pyodide-module.ts';
import { simulateProcess } from './simulated-process.ts';

const [file = ''] = process.argv.slice(2);

simulateProcess();
try {
  await writeFile(file, await makeImage());
} catch (error) {
  // Node itself would print the line that failed: all of the minified interpreter.
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}

/** The image as a file. */
async function makeImage(): Promise<Uint8Array> {
  const archive = await readFile(path.join(PYODIDE, 'python_stdlib.zip'));
  const compiled = `${file}.library.zip`;

  // Compiled beforehand, all of it: compiling while Python imports leaves holes in its memory, and an image a tenth larger.
  const compiler = await loadPyodide(PYTHON_OPTIONS);
  await writeFile(compiled, compileLibrary(compiler));
  const harness = compileFiles(compiler, await readHarness());
  const factory = withLocalTime(await loadModuleFactory());
  const fresh = await freshMemory(loadPyodide, factory);
  const python = await loadPyodide({
    ...PYTHON_OPTIONS,
    ...IMAGE_MAKING,
    ...madeBy(factory),
    stdLibURL: compiled,
    // Bytes are taken as well as text.
    stdin: makeZeros as unknown as () => string,
    // What overwrites the buffers of the streams is not for anybody.
    stdout: () => undefined,
    stderr: () => undefined,
  });
  await rm(compiled);
  importHarness(python, harness);
  const library = libraryPath(python);
  diskOf(python).writeFile(library, archive);
  python.runPython(`
    from harness import boot
    boot.become_image(${JSON.stringify(library)})
  `);
  const modules = python.runPython('sorted(sys.modules)') as { toJs(): string[]; destroy(): void };
  const names = modules.toJs();
  modules.destroy();
  python.runPython(`
    import gc
    del sys, boot, gc
  `);
  return writeImage(takeImage(python, fresh, names));
}

/** What went wrong; Emscripten's and Pyodide's own errors are not all of them an `Error`. */
function describe(error: unknown): string {
  const { name, message, errno } = error as { name?: string; message?: string; errno?: number };
  return `${name ?? 'Error'}: ${message ?? ''}${errno === undefined ? '' : ` (errno ${String(errno)})`}`;
}

/** Where Python looks for its standard library. */
function libraryPath(pyodide: PyodideAPI): string {
  return pyodide.runPython(`
    import sys
    next(path for path in sys.path if path.endswith('.zip'))
  `) as string;
}

/** The standard library as an archive of compiled modules, each named as it is in the original one. */
function compileLibrary(pyodide: PyodideAPI): Uint8Array {
  pyodide.runPython(`
    import importlib.util, marshal, zipfile

    def compile_archive(path, target):
        with zipfile.ZipFile(path) as sources, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
            for name in sources.namelist():
                data = sources.read(name)
                if name.endswith(".py"):
                    code = compile(data, f"{path}/{name}", "exec", dont_inherit=True)
                    digest = importlib.util.source_hash(data)
                    data = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + digest + marshal.dumps(code)
                    name += "c"
                out.writestr(zipfile.ZipInfo(name), data)
  `);
  const target = '/tmp/library.zip';
  pyodide.runPython(`compile_archive(${JSON.stringify(libraryPath(pyodide))}, ${JSON.stringify(target)})`);
  return diskOf(pyodide).readFile(target);
}

/** The harness's files, compiled under the paths that they have where they are imported. */
function compileFiles(pyodide: PyodideAPI, files: Files): Files {
  pyodide.runPython(`
    def compile_file(path, source):
        code = compile(source, path, "exec", dont_inherit=True)
        return importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(code)
  `);
  const compile = pyodide.runPython('compile_file') as (path: string, source: unknown) => PythonBytes;
  return Object.fromEntries(
    Object.entries(files).map(([name, source]) => {
      const bytes = compile(`${HARNESS}/${name}`, source);
      const compiled = bytes.toJs();
      bytes.destroy();
      return [`${name}c`, compiled];
    }),
  );
}

/** A value of Python's, seen from here. */
interface PythonBytes {
  toJs(): Uint8Array;
  destroy(): void;
}

/** What is used of Emscripten's file system; Pyodide's types leave it open. */
function diskOf(pyodide: PyodideAPI): {
  readFile(path: string): Uint8Array;
  writeFile(path: string, content: Uint8Array): void;
} {
  return pyodide.FS as ReturnType<typeof diskOf>;
}

/** As much of zeros as anybody reads. */
function makeZeros(): Uint8Array {
  return new Uint8Array(65_536);
}
