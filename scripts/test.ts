/**
 * `npm test`: the project's checks one after another, cheap ones first. `npm test -- NAME…` runs only the named ones.
 *
 * A failed check does not end the run, because one run shall tell everything that is to be mended; its output is
 * printed at once, so whoever watches need not wait for the rest. Left out are only the checks that look at what a
 * failed one should have made. The command of each check is the package.json script `check:NAME`.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

/** One row of the table. */
export interface Check {
  readonly name: string;
  /** What to do when it fails: one sentence, behind the check's own output. */
  readonly remedy: string;
  /** A check without whose success this one says nothing. */
  readonly needs?: string;
}

/** What came of running a check's command. */
export interface CheckRun {
  readonly code: number;
  readonly output: string;
}

/** How a check begins its output when this machine lacks what it needs: then it counts as left out, not as passed. */
export const LEFT_OUT = 'Left out: ';

/** Every check, cheap ones first. */
export const CHECKS: readonly Check[] = [
  { name: 'format', remedy: 'npm run format writes the files as Prettier and Ruff want them.' },
  {
    name: 'lint',
    remedy: 'Mend what ESLint names; an import that it forbids is explained in ARCHITECTURE.md.',
  },
  { name: 'unused', remedy: 'Remove what nothing uses; knip.json names the entry files.' },
  { name: 'types', remedy: 'Mend the types at the places named.' },
  {
    name: 'python-lint',
    remedy: 'npm run format mends the form; the rest is for you, by the rules of ruff.toml.',
  },
  {
    name: 'python-types',
    remedy: 'Mend the types at the places named; pyrightconfig.json names the folders.',
  },
  { name: 'unit', remedy: 'node --test FILE runs one file of tests/unit (Node 24: node_modules/.bin/node).' },
  {
    name: 'translations',
    remedy: 'Bring the Japanese text after the English one, then npm run accept-translation.',
  },
  {
    name: 'articles',
    remedy: 'Add what the article lacks; CONTRIBUTING.md says what each one has.',
  },
  {
    name: 'numbers',
    remedy: 'Draw the number from a recording, or name who published it: <Quoted> or <Fact>.',
  },
  {
    name: 'claims',
    remedy: 'Write a test that would fail if the claim were wrong, and name the claim there.',
  },
  { name: 'examples', remedy: 'Show the example in an article, or remove it.' },
  {
    name: 'japanese',
    remedy:
      'Say it in other words; a rule that makes good Japanese worse is set in scripts/check-japanese.ts.',
  },
  {
    name: 'python',
    remedy: 'node_modules/.bin/node scripts/test-python.ts test_NAME runs one file of tests/python.',
  },
  {
    name: 'conformance',
    remedy: 'npm run conformance -- DIR runs a folder of cases; mend what the model does.',
  },
  {
    name: 'transcripts',
    remedy: 'npm run record writes them anew: read the difference, and commit it if it is meant.',
  },
  {
    name: 'commands',
    remedy:
      'Mend the command, the policy or the order; scripts/commands/pretended_account.py is the account.',
  },
  { name: 'build', remedy: 'The site does not build, for the reason above.' },
  { name: 'links', needs: 'build', remedy: 'Mend the links, or the headings and pages that they name.' },
  {
    name: 'images',
    needs: 'build',
    remedy: 'Say in words what the picture shows, or that it is decoration.',
  },
  { name: 'sizes', needs: 'build', remedy: 'Make it smaller; the budgets stand in scripts/check-sizes.ts.' },
  {
    name: 'browser',
    needs: 'build',
    remedy: 'npx playwright test --project chromium FILE runs one file of tests/browser.',
  },
  {
    name: 'webkit',
    needs: 'build',
    remedy: 'Mend what the last step says; scripts/webkit-smoke.ts has the steps.',
  },
];

/** The checks that were named, in the table's order; all when none was. Throws RangeError at a name that is none. */
export function chooseChecks(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    const known = checks.map(({ name }) => name).join(', ');
    throw new RangeError(`There is no check named ${unknown.join(', ')}. The checks: ${known}.`);
  }
  return names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name));
}

/** Runs the checks and prints a line for each and one for all; true when every one of them passed. */
export async function runChecks(
  checks: readonly Check[],
  run: (name: string) => Promise<CheckRun>,
  print: (line: string) => void,
  now: () => number,
): Promise<boolean> {
  const failed: string[] = [];
  const leftOut: string[] = [];
  for (const { name, remedy, needs } of checks) {
    if (needs !== undefined && failed.includes(needs)) {
      leftOut.push(name);
      print(`- ${name.padEnd(14)} left out: it needs ${needs}`);
      continue;
    }
    const start = now();
    const { code, output } = await run(name);
    if (code === 0 && output.startsWith(LEFT_OUT)) {
      leftOut.push(name);
      print(`- ${name.padEnd(14)} left out: ${output.slice(LEFT_OUT.length).trim()}`);
      continue;
    }
    const seconds = `${((now() - start) / 1000).toFixed(1)} s`.padStart(8);
    print(`${code === 0 ? '✓' : '✗'} ${name.padEnd(14)}${seconds}`);
    if (code === 0) continue;
    failed.push(name);
    const reason = output.trim() === '' ? `It ended with ${code} and said nothing.` : output.trimEnd();
    print(`\n${reason}\n\n→ ${remedy} Then: npm test -- ${name}\n`);
  }
  const passed = checks.length - failed.length - leftOut.length;
  const others = leftOut.length === 0 ? '' : `, ${leftOut.length} left out`;
  print(
    `${passed} passed, ${failed.length} failed${failed.length === 0 ? '' : ` (${failed.join(', ')})`}${others}`,
  );
  return failed.length === 0;
}

/** Runs a check's package.json script, by Node itself: npm would take a third of a second for each. */
function runScript(name: string): Promise<CheckRun> {
  const cwd = path.resolve(import.meta.dirname, '..');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--run', `check:${name}`], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

async function main(): Promise<void> {
  try {
    const checks = chooseChecks(CHECKS, process.argv.slice(2));
    const passed = await runChecks(checks, runScript, console.log, () => performance.now());
    if (!passed) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
