/**
 * Runs run.py in Pyodide. A process of its own: `os._exit` in a test, or a fatal error of the interpreter, ends it.
 */
import path from 'node:path';
import { loadPyodide } from 'pyodide';

const ROOT = path.resolve(import.meta.dirname, '../..');

const pyodide = await loadPyodide({ env: { HOME: '/tmp', PYTHONHASHSEED: '0' } });
pyodide.mountNodeFS(ROOT, ROOT);
// A text and a list of texts are written alike in JSON and in Python.
const passed: unknown = await pyodide.runPythonAsync(`
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(ROOT)})
from tests.python.run import run
run(${JSON.stringify(process.argv.slice(2))})
`);
process.exitCode = passed === true ? 0 : 1;
