/** A bare page that boots Python the plain way, `loadPyodide()` in a module worker: what this site is compared with. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const PYODIDE = path.resolve(import.meta.dirname, '../../node_modules/pyodide');
const PYTHON_FILES = [
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];

const PAGE = `<!doctype html><title>bare</title><button>Run</button><pre></pre><script type="module">
  document.querySelector('button').onclick = () => {
    const worker = new Worker('worker.mjs', { type: 'module' });
    worker.onmessage = ({ data }) => { document.querySelector('pre').textContent += data; };
  };
</script>`;
const WORKER = `import { loadPyodide } from './pyodide.mjs';
const python = await loadPyodide({ stdout: (text) => postMessage(text + '\\n') });
python.runPython('print("in lambda_handler")');
`;

/** The folder of the server that it lies in. */
export const BARE_FOLDER = '/bare/';

/** Its files by name. */
export async function readBarePage(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([
    ['index.html', Buffer.from(PAGE)],
    ['worker.mjs', Buffer.from(WORKER)],
  ]);
  for (const file of PYTHON_FILES) files.set(file, await readFile(path.join(PYODIDE, file)));
  return files;
}
