/**
 * On what ESLint's findings in a file depend: the file, all that it imports however far away, the declarations that hold
 * everywhere, and the tools with their settings. A typed rule reads types of other files, so that a file's own content
 * alone tells nothing. Where this cannot know exactly, it takes too much.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** What ESLint may be asked to read. */
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|astro)$/;

/** Folders in which nothing is that a source imports by a path. */
const FOREIGN = new Set(['node_modules', '.git', '.cache', 'dist', 'test-results', 'playwright-report']);

/** The tools and their settings, beside every tsconfig. Both locks: what is wanted, and what is installed. */
const SETTINGS = [
  'eslint.config.mjs',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'scripts/checks/lint.ts',
  'scripts/lint-keys.ts',
];

/** Any string that could be a path from this file: imports of every form are among them. */
const PATHS = /(?<quote>['"`])(?<path>\.{1,2}(?:\/[^'"`\n]*)?)\k<quote>/g;
const REFERENCES = /^\/\/\/\s*<reference\s+path=["'](?<path>[^"']+)["']/gm;

/** What declares for other files without being imported by them: declaration files, scripts, augmentations. */
const AUGMENTS = /\bdeclare\s+(?:global|module|namespace)\b/;
const IS_MODULE = /^\s*(?:import|export)\b/m;

/** A key for each source in a folder, by its path from there with slashes: other findings need another key. */
export async function keysOf(root: string): Promise<ReadonlyMap<string, string>> {
  const files = await listFiles(root);
  const reader = new Reader(root);
  const sources = files.filter((file) => SOURCE.test(file));
  const settings = [...SETTINGS, ...files.filter((file) => /(?:^|\/)[jt]sconfig[^/]*\.json$/.test(file))];
  const everywhere = [...settings, ...sources.filter((file) => reader.isAmbient(file))];
  const base = hashOf([process.version, ...reader.closure(everywhere)]);
  return new Map(sources.map((file) => [file, hashOf([base, ...reader.closure([file])])]));
}

async function listFiles(root: string, folder = ''): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(path.join(root, folder), { withFileTypes: true })) {
    const file = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) files.push(file);
    else if (!FOREIGN.has(entry.name)) files.push(...(await listFiles(root, file)));
  }
  return files.toSorted();
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** What files hold and import, each read once. */
class Reader {
  readonly #root: string;
  readonly #contents = new Map<string, string | null>();
  readonly #hashes = new Map<string, string>();
  readonly #imports = new Map<string, readonly string[]>();

  constructor(root: string) {
    this.#root = root;
  }

  isAmbient(file: string): boolean {
    if (file.endsWith('.astro')) return false;
    const text = this.#read(file) ?? '';
    return /\.d\.(?:.*\.)?[cm]?ts$/.test(file) || AUGMENTS.test(text) || !IS_MODULE.test(text);
  }

  /** Files and all that they import, each as its path and the hash of its content. */
  closure(files: readonly string[]): readonly string[] {
    const found = new Set(files);
    // A set that grows while it is walked is walked to its end.
    for (const file of found) for (const other of this.#importsOf(file)) found.add(other);
    return [...found].toSorted().map((file) => `${file} ${this.#hash(file)}`);
  }

  #importsOf(file: string): readonly string[] {
    let imports = this.#imports.get(file);
    if (imports === undefined) {
      const text = SOURCE.test(file) ? (this.#read(file) ?? '') : '';
      const named = [...text.matchAll(PATHS), ...text.matchAll(REFERENCES)];
      imports = named.flatMap(({ groups }) => this.#resolve(file, groups?.path ?? ''));
      this.#imports.set(file, imports);
    }
    return imports;
  }

  /** Every file that a path could stand for: TypeScript takes one of them. */
  #resolve(from: string, name: string): readonly string[] {
    const file = path.posix.join(path.posix.dirname(from), name.replace(/[?#].*$/, ''));
    const stem = file.replace(/\.([cm]?)jsx?$/, '');
    const stems = [...new Set([file, stem, path.posix.join(file, 'index'), file.replace(/\.\w+$/, '')])];
    const endings = ['ts', 'tsx', 'mts', 'cts', 'd.ts', 'd.mts', 'd.cts', 'js', 'mjs', 'cjs', 'jsx', 'json'];
    const candidates = [file, ...stems.flatMap((one) => endings.map((ending) => `${one}.${ending}`))];
    return candidates.filter((one) => this.#read(one) !== null);
  }

  #hash(file: string): string {
    let hash = this.#hashes.get(file);
    if (hash === undefined) {
      hash = hashOf([this.#read(file) ?? 'not there']);
      this.#hashes.set(file, hash);
    }
    return hash;
  }

  #read(file: string): string | null {
    let content = this.#contents.get(file);
    if (content === undefined) {
      const place = path.join(this.#root, file);
      content = existsSync(place) ? readText(place) : null;
      this.#contents.set(file, content);
    }
    return content;
  }
}

/** Null for a folder. */
function readText(place: string): string | null {
  try {
    return readFileSync(place, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return null;
    throw error;
  }
}
