/**
 * The tests of the project's Python, twice: in the machine's own CPython when it is new enough, and in Pyodide,
 * which is what readers meet. Both are child processes, because a test may end the Python it runs in.
 *
 *     node scripts/checks/python.ts [NAME…]        NAME as unittest takes it: test_invoke, test_invoke.Class.test_name
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TESTS = path.join(ROOT, 'tests', 'python');
const OLDEST = [3, 11] as const;

/** What one Python says at the end of its run; the last line that run.py prints. */
export interface Summary {
  readonly python: string;
  readonly ran: number;
  readonly skipped: number;
  readonly failed: number;
}

/** What came of one Python's run: null as summary when it died before it could say. */
export interface PythonRun {
  readonly code: number | null;
  readonly summary: Summary | null;
}

/** Finds a CPython that is new enough: `PYTHON` names one, else `python3` or `python`. */
export function findPython(): string | null {
  const check = `import sys; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`;
  const names = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python'];
  return names.find((name) => spawnSync(name, ['-c', check], { stdio: 'ignore' }).status === 0) ?? null;
}

/** Runs a command, passes on what it prints, and reads the summary from the last line. */
export function runPython(
  command: string,
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<PythonRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = output.trimEnd().split('\n');
      const summary = readSummary(lines.at(-1) ?? '');
      print((summary === null ? lines : lines.slice(0, -1)).map(cutCrash).join('\n'));
      resolve({ code, summary });
    });
  });
}

/** A crash of Pyodide quotes the line it happened on: all of the minified interpreter. */
function cutCrash(line: string): string {
  return line.length > 2000 ? `${line.slice(0, 200)} …` : line;
}

/** Reads run.py's last line; null when this is another line. */
export function readSummary(line: string): Summary | null {
  try {
    const value = JSON.parse(line) as Partial<Summary> | null;
    if (typeof value?.python !== 'string') return null;
    const { python, ran = 0, skipped = 0, failed = 0 } = value;
    return { python, ran, skipped, failed };
  } catch {
    return null;
  }
}

/** Says in one line what came of a run; `isGood` only when tests ran and all passed. */
export function judgeRun(name: string, { code, summary }: PythonRun): { isGood: boolean; line: string } {
  if (summary === null)
    return { isGood: false, line: `${name} ended with ${String(code)} in the middle of a test` };
  const { python, ran, skipped, failed } = summary;
  if (ran === 0) return { isGood: false, line: `${python}: there was no test to run` };
  const line = `${python}: ${ran} tests, ${failed} failed, ${skipped} skipped`;
  return { isGood: failed === 0 && code === 0, line };
}

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const runs: [string, PythonRun][] = [];
  const python = findPython();
  if (python !== null) {
    runs.push(['CPython', await runPython(python, ['-B', path.join(TESTS, 'run.py'), ...names])]);
  }
  const inPyodide = path.join(TESTS, 'in-pyodide.ts');
  runs.push(['Pyodide', await runPython(process.execPath, [inPyodide, ...names])]);
  const verdicts = runs.map(([name, run]) => judgeRun(name, run));
  if (python === null)
    console.log(`No CPython ${OLDEST.join('.')} or newer here (PYTHON can name one): Pyodide alone.`);
  for (const { line } of verdicts) console.log(line);
  if (!verdicts.every(({ isGood }) => isGood)) process.exitCode = 1;
}

if (import.meta.main) await main();
