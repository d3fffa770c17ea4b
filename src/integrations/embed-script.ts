/**
 * Bundles the script of an embed page: one classic script for the page itself, and the parts that it brings when they are
 * needed, each a classic script, too. Under a sandbox without `allow-same-origin` modules need a header of the host's, and
 * classic scripts need none.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { init, parse } from 'es-module-lexer';
import { build, type Plugin, type Rolldown } from 'vite';

const SRC = path.resolve(import.meta.dirname, '..');
const ENTRY = path.join(SRC, 'lab', 'embed', 'embed.ts');
const PARTS = path.join(SRC, 'lab', 'embed', 'parts.ts');

/** Folder of the site that holds the parts. */
export const EMBED_FOLDER = '_embed';

export interface EmbedScript {
  /** For the page, as it is. */
  readonly script: string;
  /** The parts by their paths below the base; each path has its text's hash in it. */
  readonly files: ReadonlyMap<string, string>;
}

/** Rejects where a part would end the page's own script element, or needs what the bundler cannot give it. */
export async function bundleEmbedScript(): Promise<EmbedScript> {
  await init;
  const result = await build({
    configFile: false,
    root: path.dirname(SRC),
    logLevel: 'warn',
    plugins: [dynamicToParts()],
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { embed: ENTRY },
        preserveEntrySignatures: 'exports-only',
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  const chunks = (Array.isArray(result) ? result : [result])
    .flatMap((one) => ('output' in one ? one.output : []))
    .filter((output): output is Rolldown.OutputChunk => output.type === 'chunk');
  return toEmbedScript(chunks);
}

/** Makes `importPart('./editor.ts')` of `import('./editor.ts')`, and a chunk of its own of each module that is so imported. */
function dynamicToParts(): Plugin {
  return {
    name: 'dynamic-imports-to-parts',
    enforce: 'post',
    async transform(code, id) {
      if (!id.startsWith(SRC) || !code.includes('import(')) return null;
      let changed = code;
      for (const { d, n, s, e, ss, se } of parse(code)[0].toReversed()) {
        if (d === -1) continue;
        // An address that only the page knows is of a module, which is no part of an embed: nothing comes of it.
        let part = code.slice(s, e);
        if (n !== undefined) {
          const found = await this.resolve(n, id);
          if (found === null) throw new Error(`${id} imports ${n}, which is not there.`);
          const name = path.basename(found.id, '.ts');
          this.emitFile({ type: 'chunk', id: found.id, name });
          part = JSON.stringify(name);
        }
        changed = `${changed.slice(0, ss)}importPart(${part})${changed.slice(se)}`;
      }
      return changed === code ? null : `import { importPart } from ${JSON.stringify(PARTS)};\n${changed}`;
    },
  };
}

function toEmbedScript(chunks: readonly Rolldown.OutputChunk[]): EmbedScript {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const withImports = (name: string): readonly string[] => {
    const chunk = byName.get(name);
    if (chunk === undefined) throw new Error(`The embed’s script has no part ${name}.`);
    return [name, ...chunk.imports.flatMap(withImports)];
  };
  const own = new Set(withImports('embed.js'));
  const files = new Map<string, string>();
  const places: Record<string, string> = {};
  const wrap = (name: string): string =>
    `function(exports,require){${byName.get(name)?.code.trim() ?? ''}\n}`;
  for (const { fileName } of chunks) {
    if (own.has(fileName)) continue;
    const text = `embedTake(${JSON.stringify(fileName)},${wrap(fileName)});\n`;
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const place = `${EMBED_FOLDER}/${fileName.replace(/\.js$/, '')}.${hash}.js`;
    files.set(place, text);
    places[fileName] = place;
  }
  const parts = Object.fromEntries(
    chunks
      .filter(({ fileName }) => !own.has(fileName))
      .map(({ fileName }) => [
        fileName.replace(/\.js$/, ''),
        withImports(fileName).flatMap((name) => places[name] ?? []),
      ]),
  );
  const fills = [...own].map((name) => `${JSON.stringify(name)}:${wrap(name)}`).join(',');
  const script =
    `(()=>{const embedParts=${JSON.stringify(parts)},embedTaken={${fills}},made={};` +
    `const embedRequire=(name)=>{const key=name.replace("./","");if(!made[key]){made[key]={};embedTaken[key](made[key],embedRequire)}return made[key]};` +
    `self.embedTake=(name,value)=>{embedTaken[name]=value};embedRequire("embed.js")})()`;
  if (/<\/script|<!--/i.test(script)) throw new Error('The embed’s script would end its own element.');
  return { script, files };
}
