/** The environment's worker as one classic script: the environment, the harness's Python, the platforms' services. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { bundleClassicScript } from './classic-script.ts';
import { listServices, readHarness } from './platforms.ts';
import { PYODIDE } from './pyodide-module.ts';

const LOCK = path.join(PYODIDE, 'pyodide-lock.json');
const DECODER = path.resolve(PYODIDE, '../brotli-dec-wasm/pkg/brotli_dec_wasm_bg.wasm');

export async function bundleWorker(): Promise<string> {
  const services = await listServices();
  // Pyodide compares the list's `info` with itself; the packages in it are never loaded.
  const { info } = JSON.parse(await readFile(LOCK, 'utf8')) as { info: unknown };
  const library = await stat(path.join(PYODIDE, 'python_stdlib.zip'));
  return bundleClassicScript(`
    import { startWorker } from '/src/sandbox/environment.worker.ts';
    ${services.map((name, index) => `import * as service${index} from '/src/platforms/${name}/service.ts';`).join('\n')}
    startWorker({
      lock: ${JSON.stringify({ info, packages: {} })},
      librarySize: ${String(library.size)},
      decoder: ${JSON.stringify(await readFile(DECODER, 'base64'))},
      harness: ${JSON.stringify(await readHarness())},
      services: { ${services.map((name, index) => `${JSON.stringify(name)}: service${index}`).join(', ')} },
    });
  `);
}
