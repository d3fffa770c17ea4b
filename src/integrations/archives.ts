/**
 * The archives that readers can download: a procedure of `content/procedures` with the examples' handlers that it uses,
 * packed from the files of the repository themselves, so that an archive is what its article shows.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AstroIntegration } from 'astro';
import { zipSync, type Zippable } from 'fflate';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Folder of the site that holds the archives. */
const FOLDER = 'downloads';

/** The procedures, by the name of their folder, which is their archive's and their article's as well. */
const PROCEDURES = ['on-real-lambda'];

/** What of the repository is packed, and what the article shows. */
export interface Procedure {
  /** Examples whose task is packed as `handlers/<example>/`. */
  readonly handlers: readonly string[];
  /** Files of the procedure's own folder. */
  readonly files: readonly string[];
}

export default function archives(): AstroIntegration {
  return {
    name: 'archives',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const name = PROCEDURES.find((known) => request.url?.endsWith(`/${FOLDER}/${known}.zip`));
          if (name === undefined) {
            next();
            return;
          }
          packProcedure(name).then((bytes) => {
            response.writeHead(200, { 'content-type': 'application/zip' }).end(bytes);
          }, next);
        });
      },
      'astro:build:done': async ({ dir }) => {
        const folder = new URL(`${FOLDER}/`, dir);
        await mkdir(folder, { recursive: true });
        for (const name of PROCEDURES)
          await writeFile(new URL(`${name}.zip`, folder), await packProcedure(name));
      },
    },
  };
}

/** A procedure's archive. The same files make the same bytes, wherever and whenever it is packed. */
export async function packProcedure(name: string): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const [file, source] of await filesOf(name)) {
    entries[`${name}/${file}`] = [await readFile(path.join(ROOT, source)), FORM];
  }
  return zipSync(entries);
}

/** The files of an archive, by their paths in its folder, each with its path in the repository. */
export async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const folder = `content/procedures/${name}`;
  const { handlers, files } = await readProcedure(path.join(ROOT, folder, 'procedure.json'));
  return new Map([
    ...files.map((file) => [file, `${folder}/${file}`] as const),
    ...handlers.map((example) => {
      const file = 'lambda_function.py';
      return [`handlers/${example}/${file}`, `content/examples/${example}/task/${file}`] as const;
    }),
    ['LICENSE', 'LICENSE'],
  ]);
}

async function readProcedure(file: string): Promise<Procedure> {
  return JSON.parse(await readFile(file, 'utf8')) as Procedure;
}

/** Plain files that their owner may write; an archive's times are local ones. */
const FORM = { level: 9, mtime: new Date(2016, 11, 14), os: 3, attrs: 0o100644 << 16 } as const;
