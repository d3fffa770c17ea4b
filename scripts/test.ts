/**
 * `npm test`: the project's checks, two side by side, cheap ones first. `npm test -- NAME…` runs the named ones and
 * what they need.
 *
 * A failed check does not end the run, because one run shall tell everything that is to be mended; its output is
 * printed whole as soon as it ends, so a developer need not wait for the rest. Left out are only the checks that
 * look at what a failed one should have made. The command of each check is the package.json script `check:NAME`.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { readLeftOut } from './left-out.ts';

/** One row of the table. */
export interface Check {
  readonly name: string;
  /** What to do when it fails: one sentence, behind the check's own output. */
  readonly remedy: string;
  /** The checks without whose success this one says nothing. */
  readonly needs?: readonly string[];
  /** Keeps two cores busy by itself: nothing runs beside it. */
  readonly alone?: boolean;
  /** Folders that it writes: what reads or writes one of them does not run beside it. */
  readonly writes?: readonly string[];
  /** Folders that it reads and another check writes. */
  readonly reads?: readonly string[];
}

/** What came of running a check's command. */
export interface CheckRun {
  readonly code: number;
  readonly output: string;
}

/** What Astro writes of the content's types, and what `astro sync` and the build record of the examples. */
const GENERATED = ['.astro', '.cache/recordings'];

/** A second build, under a base path. */
const UNDER_BASE = '.cache/dist-under-base';

/** Every check behind those that it needs: cheap ones first, then what others wait for, then the longest. */
export const CHECKS: readonly Check[] = [
  {
    name: 'browsers',
    remedy: 'Install a Chromium, or set CHROMIUM to the file of one that you have.',
  },
  {
    name: 'sync',
    writes: GENERATED,
    remedy: 'Mend what Astro says of the content, or what an example does that cannot be recorded.',
  },
  { name: 'format', remedy: 'npm run format writes the files as Prettier and Ruff want them.' },
  { name: 'unused', remedy: 'Remove what nothing uses; knip.json names the entry files.' },
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
  { name: 'examples', remedy: 'Show the example in an article or for an error, or remove it.' },
  { name: 'terms', remedy: 'Write the form that is wanted; content/terms.ja.json has the list.' },
  {
    name: 'voice',
    remedy: 'Say it as to a colleague at the next desk; scripts/checks/voice.ts has the counts.',
  },
  {
    name: 'python-lint',
    remedy: 'npm run format mends the form; the rest is for you, by the rules of ruff.toml.',
  },
  {
    name: 'python-types',
    remedy: 'Mend the types at the places named; pyrightconfig.json names the folders.',
  },
  {
    name: 'japanese',
    remedy:
      'Say it in other words; a rule that makes good Japanese worse is set in scripts/checks/japanese.ts.',
  },
  {
    name: 'lint',
    needs: ['sync'],
    reads: ['.astro'],
    remedy: 'Mend what ESLint names; an import that it forbids is explained in ARCHITECTURE.md.',
  },
  { name: 'types', needs: ['sync'], reads: ['.astro'], remedy: 'Mend the types at the places named.' },
  { name: 'build', writes: GENERATED, remedy: 'The site does not build, for the reason above.' },
  {
    name: 'python',
    remedy: 'node_modules/.bin/node scripts/checks/python.ts test_NAME runs one file of tests/python.',
  },
  {
    name: 'under-base',
    needs: ['build'],
    writes: [...GENERATED, UNDER_BASE],
    remedy: 'The site does not build under a base path, for the reason above.',
  },
  {
    name: 'links',
    needs: ['under-base'],
    reads: [UNDER_BASE],
    remedy: 'Mend the links, or the headings and pages that they name.',
  },
  {
    name: 'reach',
    needs: ['under-base'],
    reads: [UNDER_BASE],
    remedy: 'Mend what the page says to machines; scripts/checks/reach.ts has the rules.',
  },
  {
    name: 'lighthouse',
    needs: ['browsers', 'under-base'],
    reads: [UNDER_BASE],
    remedy: 'Mend what Lighthouse names; scripts/lighthouse.ts has the pages.',
  },
  {
    name: 'errors',
    needs: ['build'],
    reads: ['.cache/recordings'],
    remedy: 'Mend the file of the error, or the example that does not do what its page says.',
  },
  {
    name: 'addresses',
    needs: ['build'],
    remedy: 'Do what the line behind each address says.',
  },
  {
    name: 'conformance',
    remedy: 'npm run conformance -- DIR runs a folder of cases; mend what the model does.',
  },
  {
    name: 'commands',
    remedy:
      'Mend the command, the policy or the order; scripts/commands/pretended_account.py is the account.',
  },
  {
    name: 'webkit',
    needs: ['browsers', 'build'],
    remedy: 'Mend what the last step says; scripts/checks/webkit.ts has the steps.',
  },
  {
    name: 'transcripts',
    reads: ['.cache/recordings'],
    remedy: 'npm run record writes them anew: read the difference, and commit it if it is meant.',
  },
  {
    name: 'images',
    needs: ['build'],
    remedy: 'Say in words what the picture shows, or that it is decoration.',
  },
  {
    name: 'twins',
    needs: ['build'],
    remedy:
      'Mend the rule of src/integrations/twin that lost it, or name in the check what a twin leaves out.',
  },
  {
    name: 'site-index',
    needs: ['build'],
    remedy: 'src/components/machine/site-index.ts makes the list; llms-text.ts what is read of it.',
  },
  {
    name: 'sizes',
    needs: ['build'],
    remedy: 'Make it smaller; the budgets stand in scripts/checks/sizes.ts.',
  },
  {
    name: 'search',
    needs: ['build'],
    remedy:
      'Mend why the answers of these queries are not found: node scripts/checks/search.ts --all shows what is.',
  },
  {
    name: 'unit',
    alone: true,
    remedy: 'node --test FILE runs one file of tests/unit (Node 24: node_modules/.bin/node).',
  },
  {
    name: 'browser',
    needs: ['browsers', 'under-base'],
    alone: true,
    remedy: 'npx playwright test --project chromium FILE runs one file of tests/browser.',
  },
];

/**
 * The checks that were named with all that they need, in the table's order; every check when none was named. Throws
 * RangeError at a name that is none.
 */
export function chooseChecks(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    const known = checks.map(({ name }) => name).join(', ');
    throw new RangeError(`There is no check named ${unknown.join(', ')}. The checks: ${known}.`);
  }
  if (names.length === 0) return checks;
  const chosen = new Set(names);
  for (const name of chosen) {
    for (const need of checks.find((check) => check.name === name)?.needs ?? []) chosen.add(need);
  }
  return checks.filter(({ name }) => chosen.has(name));
}

/** How checks are run; the tests pass others. */
export interface Runner {
  readonly run: (name: string) => Promise<CheckRun>;
  readonly print: (line: string) => void;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** How many checks may run at the same time. */
  readonly lanes: number;
}

/**
 * Runs the checks, each as soon as a lane is free and nothing that it needs is open, in the order of the table where
 * several could. Prints a line for each, the sum, and last the time with the names of what failed or was left out; true
 * when nothing failed.
 */
export async function runChecks(checks: readonly Check[], runner: Runner): Promise<boolean> {
  const { run, print, now, lanes } = runner;
  const begin = now();
  const failed: string[] = [];
  /** The checks that were left out, and the parts of others, each with its reason. */
  const leftOut = new Map<string, string>();
  const parts: string[] = [];
  const running = new Map<Check, Promise<void>>();
  let waiting = checks;

  const leaveOut = (name: string, reason: string): void => {
    leftOut.set(name, reason);
    print(`- ${name.padEnd(NAME_WIDTH)} left out: ${reason}`);
  };
  const perform = async (check: Check): Promise<void> => {
    const start = now();
    const { code, output } = await run(check.name);
    running.delete(check);
    const said = readLeftOut(code === 0 ? output : '');
    if (said.whole !== null) {
      leaveOut(check.name, said.whole);
      return;
    }
    parts.push(...said.parts);
    const seconds = `${((now() - start) / 1000).toFixed(1)} s`.padStart(8);
    const line = `${code === 0 ? '✓' : '✗'} ${check.name.padEnd(NAME_WIDTH)}${seconds}`;
    if (code === 0) {
      print([line, ...said.parts.map((part) => `  left out: ${part}`)].join('\n'));
      return;
    }
    failed.push(check.name);
    const reason = output.trim() === '' ? `It ended with ${code} and said nothing.` : output.trimEnd();
    print(`${line}\n\n${reason}\n\n→ ${check.remedy} Then: npm test -- ${check.name}\n`);
  };

  for (;;) {
    for (const check of waiting) {
      const missing = check.needs?.find((need) => failed.includes(need) || leftOut.has(need));
      if (missing !== undefined) {
        waiting = waiting.filter((other) => other !== check);
        leaveOut(check.name, `it needs ${missing}`);
        continue;
      }
      const open = [...waiting, ...running.keys()].map(({ name }) => name);
      if (check.needs?.some((need) => open.includes(need)) === true) continue;
      if (running.size >= lanes || ![...running.keys()].every((other) => mayRunBeside(check, other)))
        continue;
      waiting = waiting.filter((other) => other !== check);
      running.set(check, perform(check));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }

  const passed = checks.length - failed.length - leftOut.size;
  print(`${passed} passed, ${failed.length} failed${leftOut.size === 0 ? '' : `, ${leftOut.size} skipped`}`);
  const reasons = [...Array.from(leftOut, ([name, reason]) => `${name}: ${reason}`), ...parts];
  print(lastLine(now() - begin, failed, reasons));
  return failed.length === 0;
}

/** As wide as the longest name. */
const NAME_WIDTH = 14;

function mayRunBeside(one: Check, other: Check): boolean {
  if (one.alone === true || other.alone === true) return false;
  const disturbs = ({ writes = [] }: Check, { reads = [], writes: alsoWritten = [] }: Check): boolean =>
    writes.some((folder) => reads.includes(folder) || alsoWritten.includes(folder));
  return !disturbs(one, other) && !disturbs(other, one);
}

/** `11 min 32 s; failed: unit; left out: webkit (there is no driver)`. A reason is `name: sentence`. */
function lastLine(milliseconds: number, failed: readonly string[], reasons: readonly string[]): string {
  const seconds = Math.round(milliseconds / 1000);
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const listed = reasons.map((reason) => reason.replace(/^(.*?): (.*?)\.?$/s, '$1 ($2)'));
  return [
    time,
    ...(failed.length === 0 ? [] : [`failed: ${failed.join(', ')}`]),
    listed.length === 0 ? 'nothing left out' : `left out: ${listed.join(', ')}`,
  ].join('; ');
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
    const passed = await runChecks(checks, {
      run: runScript,
      print: console.log,
      now: () => performance.now(),
      // More than two are no quicker where Python runs, and its tests are made for two cores.
      lanes: Math.min(2, os.availableParallelism()),
    });
    if (!passed) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
