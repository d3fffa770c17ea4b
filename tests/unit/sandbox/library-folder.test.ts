/** The library's files below a platform's prefix while its archive is still on its way. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bootImage } from '../../../src/integrations/boot-image.ts';
import { loadPythonFrom } from '../../../src/integrations/load-python.ts';
import { readHarness, readPlatform } from '../../../src/integrations/platforms.ts';
import { PYODIDE } from '../../../src/integrations/pyodide-module.ts';
import { Interpreter, type Python } from '../../../src/sandbox/interpreter.ts';
import { StandardLibrary } from '../../../src/sandbox/standard-library.ts';

/** A script that tells what it read by its exit status, and how often the archive was asked for. */
async function run(script: string): Promise<{ readonly status: number; readonly asked: number }> {
  const archive = new Uint8Array(await readFile(path.join(PYODIDE, 'python_stdlib.zip')));
  const folder = await mkdtemp(path.join(tmpdir(), 'library-'));
  const empty = path.join(folder, 'python_stdlib.zip');
  await writeFile(empty, new Uint8Array(archive.length));
  const library = new StandardLibrary(archive.length);
  library.isLate = true;
  const load = await loadPythonFrom(await bootImage());
  const interpreter = await Interpreter.boot(
    async (options) => {
      const python: Python = await load({ ...options, stdLibURL: empty });
      library.lieIn(python);
      return python;
    },
    await readHarness(),
  );
  await rm(folder, { recursive: true });
  const { description } = await readPlatform('lambda-today');
  interpreter.layDisk(description, { [description.entry]: script });
  let asked = 0;
  library.awaited = () => {
    asked += 1;
    setImmediate(() => {
      library.arrive(archive);
    });
  };
  interpreter.awaitLibrary(() => library.wait(), description.prefix);
  const status = await interpreter.run(
    description,
    description.variables,
    { events: 0, output: 1000 },
    { call: () => '{"end": true}', record: () => undefined, output: () => undefined },
  );
  return { status, asked };
}

test('names, sizes and what is imported already are there before it', async () => {
  const script = `import os, sys, json
from importlib.util import find_spec
folder = os.path.dirname(json.__path__[0])
assert "difflib.py" in os.listdir(folder) and os.path.getsize(os.__file__) > 30_000
assert find_spec("difflib").origin == f"{folder}/difflib.py"
sys.exit(5)`;
  assert.deepEqual(await run(script), { status: 5, asked: 0 });
});

for (const [what, script] of [
  ['an import', 'import difflib\nsys.exit(len(difflib.ndiff.__doc__) > 9 and 5)'],
  ['a file that is opened', 'text = open(os.__file__).read()\nsys.exit("def makedirs" in text and 5)'],
  [
    'a file of another kind of path',
    'import pathlib\nsys.exit(5 * (b"def " in pathlib.Path(os.__file__).read_bytes()))',
  ],
  ['a line of a traceback', 'import linecache\nsys.exit(5 * bool(linecache.getline(os.__file__, 1)))'],
] as const) {
  test(`${what} waits for it, once`, async () => {
    const again = 'import os, sys\nimport json.tool, xml.dom.minidom\n';
    assert.deepEqual(await run(`import os, sys\n${script}`), { status: 5, asked: 1 });
    assert.deepEqual(await run(`${again}${script}`), { status: 5, asked: 1 });
  });
}
