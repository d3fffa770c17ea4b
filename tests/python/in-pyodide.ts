/**
 * Runs run.py in Pyodide. A process of its own: `os._exit` in a test, or a fatal error of the interpreter, ends it.
 */
import path from 'node:path';
import { imageToBootFrom } from '../../src/integrations/boot-image.ts';
import { loadPythonFrom } from '../../src/integrations/load-python.ts';
import { PYTHON_OPTIONS } from '../../src/sandbox/interpreter.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const load = await loadPythonFrom(await imageToBootFrom());
const pyodide = await load(PYTHON_OPTIONS);
pyodide.mountNodeFS(ROOT, ROOT);
// A text and a list of texts are written alike in JSON and in Python.
const passed: unknown = await pyodide.runPythonAsync(`
import sys
# An image brings the harness along; the tests import it from its sources.
for name in [name for name in sys.modules if name.split('.')[0] == 'harness']:
    del sys.modules[name]
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(ROOT)})
from tests.python.run import run
run(${JSON.stringify(process.argv.slice(2))})
`);
process.exitCode = passed === true ? 0 : 1;
