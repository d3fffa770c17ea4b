/** Bundles TypeScript into the text of one classic script: what a blob worker and an inline script must be. */
import path from 'node:path';
import { build, type Plugin } from 'vite';

const SRC = path.resolve(import.meta.dirname, '..');
const ENTRY = 'virtual:classic-script-entry';

/** `entry` is the source of a module; it may import from `src/` as `/src/…`. */
export async function bundleClassicScript(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: path.dirname(SRC),
    logLevel: 'warn',
    plugins: [moduleFromText(entry)],
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      // The worker imports scripts from blobs at run time: those imports stay as they are written.
      rolldownOptions: { input: ENTRY, output: { format: 'iife', codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const [script, ...others] = outputs;
  if (script?.type !== 'chunk' || others.length > 0) {
    throw new Error(
      `One classic script was expected, not: ${outputs.map(({ fileName }) => fileName).join(', ')}`,
    );
  }
  return script.code;
}

function moduleFromText(text: string): Plugin {
  return {
    name: 'classic-script-entry',
    resolveId: (id) => {
      if (id === ENTRY) return `\0${ENTRY}`;
      return id.startsWith('/src/') ? path.join(SRC, id.slice('/src/'.length)) : null;
    },
    load: (id) => (id === `\0${ENTRY}` ? text : null),
    // A package that looks for its WebAssembly beside its script is handed it instead: there is only the script.
    transform: (code, id) =>
      id.includes('/brotli-dec-wasm/')
        ? code.replace(/new URL\("[^"]+\.wasm",import\.meta\.url\)/, 'undefined')
        : null,
  };
}
