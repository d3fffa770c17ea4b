/**
 * Makes a boot image and writes it into the file that its argument names. A process of its own, whose clock and chance are
 * simulated: nothing of the machine is in the image, and the same ingredients give the same bytes.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { freshMemory, IMAGE_MAKING, takeImage, writeImage } from '../sandbox/boot-image.ts';
import { harnessPath, importHarness, PYTHON_OPTIONS } from '../sandbox/interpreter.ts';
import { readHarness } from './platforms.ts';
import { loadModuleFactory, PYODIDE } from './pyodide-module.ts';
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
  const harness = await readHarness();
  const archive = await readFile(path.join(PYODIDE, 'python_stdlib.zip'));
  const compiled = `${file}.library.zip`;

  // Compiled beforehand: compiling while Python imports leaves holes in its memory, and an image a tenth larger.
  const compiler = await loadPyodide(PYTHON_OPTIONS);
  await writeFile(compiled, compileLibrary(compiler));
  const compiledHarness = Object.fromEntries(
    Object.entries(harness).map(([name, text]) => [
      `${name}c`,
      compileModule(compiler, name, text as string),
    ]),
  );
  const fresh = await freshMemory(loadPyodide, await loadModuleFactory());
  const python = await loadPyodide({
    ...PYTHON_OPTIONS,
    ...IMAGE_MAKING,
    stdLibURL: compiled,
    // Bytes are taken as well as text.
    stdin: makeZeros as unknown as () => string,
    // What overwrites the buffers of the streams is not for anybody.
    stdout: () => undefined,
    stderr: () => undefined,
  });
  await rm(compiled);
  importHarness(python, compiledHarness);
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
    import ast, importlib.util, marshal, zipfile

    class WithoutAnnotations(ast.NodeTransformer):
        def visit_arg(self, node):
            node.annotation = None
            return node

        def visit_FunctionDef(self, node):
            node.returns = None
            return self.generic_visit(node)

        def visit_AnnAssign(self, node):
            if node.value is None:
                return ast.copy_location(ast.Pass(), node)
            return ast.copy_location(ast.Assign([node.target], node.value), node)

    def compile_module(data, path):
        tree = WithoutAnnotations().visit(ast.parse(data))
        for node in ast.walk(tree):
            # Lines are enough: no trace shows a mark below one of these.
            if hasattr(node, "col_offset"):
                node.end_lineno, node.col_offset, node.end_col_offset = node.lineno, 0, 0
        return compile_source(data, path, tree)

    def compile_source(data, path, tree=None):
        code = compile(data if tree is None else ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
        digest = importlib.util.source_hash(data)
        return importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + digest + marshal.dumps(code)

    def compile_archive(path, target):
        with zipfile.ZipFile(path) as sources, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
            for name in sources.namelist():
                data = sources.read(name)
                if name.endswith(".py"):
                    data = compile_source(data, f"{path}/{name}")
                    name += "c"
                out.writestr(zipfile.ZipInfo(name), data)
  `);
  const target = '/tmp/library.zip';
  pyodide.runPython(`compile_archive(${JSON.stringify(libraryPath(pyodide))}, ${JSON.stringify(target)})`);
  return diskOf(pyodide).readFile(target);
}

/** A module of the harness, compiled without the types in it, which nothing asks for; the Python is the one that has compiled the library. */
function compileModule(pyodide: PyodideAPI, name: string, text: string): Uint8Array {
  const target = '/tmp/module.pyc';
  const path = JSON.stringify(harnessPath(name));
  diskOf(pyodide).writeFile(target, new TextEncoder().encode(text));
  pyodide.runPython(`
    with open(${JSON.stringify(target)}, "rb") as file:
        data = file.read()
    with open(${JSON.stringify(target)}, "wb") as file:
        file.write(compile_module(data, ${path}))
  `);
  return diskOf(pyodide).readFile(target);
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
