/**
 * ESLint over the whole folder, without the files in which it found nothing when all that their findings depend on was
 * the same as now: `.cache/lint.json`. ESLint's own cache looks at a file alone, and typed rules look further.
 *
 *     node scripts/checks/lint.ts [FOLDER]
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ESLint } from 'eslint';
import { keysOf } from '../lint-keys.ts';

/** The key of each file that is clean, by its path from the folder. */
type Clean = Readonly<Record<string, string>>;

/** What came of linting a folder. */
interface Lint {
  /** What ESLint says, as its own command would print it. */
  readonly report: string;
  readonly isClean: boolean;
  /** How many files were read, and how many were known to be clean. */
  readonly read: number;
  readonly known: number;
}

async function lint(folder: string): Promise<Lint> {
  const cache = path.join(folder, '.cache', 'lint.json');
  const keys = await keysOf(folder);
  const before = Object.entries(await readClean(cache));
  const known = before.filter(([file, key]) => keys.get(file) === key);
  const eslint = new ESLint({
    cwd: folder,
    ignorePatterns: known.map(([file]) => patternFor(file)),
    // Every file may be known.
    errorOnUnmatchedPattern: false,
  });
  const results = await eslint.lintFiles(['.']);
  if (results.length + known.length === 0) throw new Error(`There is nothing to lint in ${folder}.`);
  const clean = new Map(known);
  for (const { filePath, messages } of results) {
    const file = path.relative(folder, filePath).replaceAll(path.sep, '/');
    const key = keys.get(file);
    if (messages.length === 0 && key !== undefined) clean.set(file, key);
  }
  await mkdir(path.dirname(cache), { recursive: true });
  await writeFile(cache, JSON.stringify(Object.fromEntries(clean)));
  const faults = results.reduce((sum, { errorCount }) => sum + errorCount, 0);
  const formatter = await eslint.loadFormatter('stylish');
  return {
    report: await formatter.format(results),
    isClean: faults === 0,
    read: results.length,
    known: known.length,
  };
}

/** What the cache holds; nothing when it is not there, or is broken. */
async function readClean(cache: string): Promise<Clean> {
  try {
    const value: unknown = JSON.parse(await readFile(cache, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Clean) : {};
  } catch {
    return {};
  }
}

/** The pattern that ignores this file and no other: names of pages have brackets in them. */
function patternFor(file: string): string {
  return file.replace(/[\\[\]{}()*?!+@#]/g, String.raw`\$&`);
}

async function main(): Promise<void> {
  // One program for all files, as ESLint's command has it: a program that follows changes takes far longer.
  process.env.TSESTREE_SINGLE_RUN = 'true';
  const { report, isClean, read, known } = await lint(path.resolve(process.argv[2] ?? '.'));
  if (report !== '') console.log(report);
  console.log(`${read} files read, ${known} known to be clean`);
  if (!isClean) process.exitCode = 1;
}

await main();
