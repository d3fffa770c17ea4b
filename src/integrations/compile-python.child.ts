/**
 * Compiles Python sources to `.pyc` bytes with the very Python that the labs run, for no other could
 * read them. A process of its own, for the reason of `node-environment.child.ts`.
 */
import { loadPyodide } from 'pyodide';
import type { CompileOrder } from './compile-python.ts';

process.on('message', (order: readonly CompileOrder[]) => {
  void compile(order).then((files) => process.send?.(files));
});

async function compile(order: readonly CompileOrder[]): Promise<Uint8Array[]> {
  const python = await loadPyodide({ env: { PYTHONHASHSEED: '0' } });
  // What `py_compile` writes, but without a time stamp: the same source gives the same bytes on any day.
  python.runPython(`
    import importlib.util, marshal

    def compile_file(source, name):
        code = compile(source, name, "exec", dont_inherit=True)
        digest = importlib.util.source_hash(source.encode())
        return importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + digest + marshal.dumps(code)
  `);
  const compileFile = python.runPython('compile_file') as (source: string, name: string) => PyBytes;
  return order.map(({ source, name }) => compileFile(source, name).toJs());
}

interface PyBytes {
  toJs(): Uint8Array;
}
