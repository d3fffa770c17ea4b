/**
 * Ruff over the project's own Python: lint and format, by ruff.toml. Ruff comes from npm as WebAssembly, which
 * knows no file names: what ruff.toml says by path is worked out here.
 *
 *     node scripts/checks/python-lint.ts            says what is wrong
 *     node scripts/checks/python-lint.ts --write    formats, and sorts imports
 */
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PositionEncoding, Workspace, type Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import { parse } from 'smol-toml';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What of ruff.toml is used here by name; all the rest goes to ruff as it is. */
export interface RuffSettings {
  readonly include: readonly string[];
  readonly lint: {
    readonly ignore?: readonly string[];
    readonly 'per-file-ignores'?: Readonly<Record<string, readonly string[]>>;
  };
}

/** What one file is like: its faults as lines to print, and the text that it should have. */
export interface Verdict {
  readonly faults: readonly string[];
  readonly mended: string;
}

/** Reads ruff.toml, and rejects with one sentence when it lacks what is used here. */
export async function readSettings(root: string): Promise<RuffSettings> {
  const settings: unknown = parse(await readFile(path.join(root, 'ruff.toml'), 'utf8'));
  if (!isSettings(settings)) throw new Error('ruff.toml must have a list `include` and a table `lint`.');
  return settings;
}

function isSettings(value: unknown): value is RuffSettings {
  if (typeof value !== 'object' || value === null || !('include' in value) || !('lint' in value))
    return false;
  return Array.isArray(value.include) && typeof value.lint === 'object' && value.lint !== null;
}

/** Judges one file's text. `file` is its path from the root, with slashes. */
export function judgePython(settings: RuffSettings, file: string, text: string): Verdict {
  const ruff = workspaceFor(settings, file);
  const diagnostics = ruff.check(text) as Diagnostic[];
  const faults = diagnostics.map(
    ({ code, message, start_location: at }) => `${file}:${at.row}:${at.column} ${code ?? 'error'} ${message}`,
  );
  if (diagnostics.some(({ code }) => code === 'invalid-syntax')) return { faults, mended: text };
  if (ruff.format(text) !== text) faults.push(`${file} is not formatted as ruff formats`);
  return { faults, mended: ruff.format(sortImports(ruff, text)) };
}

/** Sorts the imports, block after block. No other fix is taken: ruff as WebAssembly tells safe ones from others no more. */
function sortImports(ruff: Workspace, text: string): string {
  const blocks = (ruff.check(text) as Diagnostic[]).filter(({ code }) => code === 'I001');
  // From the last block to the first, so that the places of the others stay true.
  return blocks
    .toReversed()
    .reduce((sorted, { fix }) => (fix === null ? sorted : applyFix(sorted, fix)), text);
}

function applyFix(text: string, fix: NonNullable<Diagnostic['fix']>): string {
  return fix.edits.toReversed().reduce((mended, { content, location, end_location: end }) => {
    return mended.slice(0, offsetIn(text, location)) + (content ?? '') + mended.slice(offsetIn(text, end));
  }, text);
}

/** The place in a text that a row and a column name, both counted from 1. */
function offsetIn(text: string, { row, column }: Diagnostic['start_location']): number {
  const before = text.split('\n').slice(0, row - 1);
  return before.reduce((sum, line) => sum + line.length + 1, 0) + column - 1;
}

const workspaces = new Map<string, Workspace>();

function workspaceFor(settings: RuffSettings, file: string): Workspace {
  const { 'per-file-ignores': byPath = {}, ignore = [], ...lint } = settings.lint;
  const here = Object.entries(byPath).flatMap(([pattern, codes]) =>
    path.matchesGlob(file, pattern) ? codes : [],
  );
  const key = JSON.stringify([settings, here]);
  const known = workspaces.get(key);
  if (known !== undefined) return known;
  const options = { ...settings, lint: { ...lint, ignore: [...ignore, ...here] } };
  const workspace = new Workspace(options, PositionEncoding.Utf16);
  workspaces.set(key, workspace);
  return workspace;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  const settings = await readSettings(ROOT);
  const files = (await Array.fromAsync(glob([...settings.include], { cwd: ROOT }))).toSorted();
  if (files.length === 0) throw new Error('ruff.toml names no Python file that exists.');
  const faults: string[] = [];
  for (const file of files) {
    const text = await readFile(path.join(ROOT, file), 'utf8');
    let verdict = judgePython(settings, file, text);
    if (values.write && verdict.mended !== text) {
      await writeFile(path.join(ROOT, file), verdict.mended);
      console.log(`${file} mended`);
      verdict = judgePython(settings, file, verdict.mended);
    }
    faults.push(...verdict.faults);
  }
  for (const fault of faults) console.error(fault);
  console.log(`${files.length} Python files, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
