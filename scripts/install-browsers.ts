/**
 * Sees to it that there is a Chromium for the browser tests: one that is there, else Playwright's own, else Debian's
 * package. A Firefox is used when it is there (CONTRIBUTING.md), and never installed.
 */
import { spawnSync } from 'node:child_process';
import { faultOnStart, findBrowser, type FoundBrowser } from './find-browser.ts';

/** What the machine lets us do; the tests pass others. */
export interface Machine {
  readonly find: () => FoundBrowser | null;
  readonly faultOnStart: (browser: FoundBrowser) => Promise<string | null>;
  /** Runs a command with its output shown; true when it succeeded. */
  readonly run: (command: string, args: readonly string[]) => boolean;
  readonly isRoot: boolean;
  readonly say: (line: string) => void;
}

/** One way to come to a Chromium. */
interface Way {
  readonly title: string;
  readonly commands: readonly (readonly [string, readonly string[]])[];
}

const PLAYWRIGHT: Way = {
  title: "Playwright's own Chromium",
  commands: [['playwright', ['install', 'chromium']]],
};

const DEBIAN: Way = {
  title: "Debian's chromium",
  commands: [
    ['apt-get', ['update', '-q']],
    ['apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium']],
  ],
};

/** No Chromium could be had; the message says what to do. */
export class NoBrowser extends Error {
  override name = 'NoBrowser';
}

/** Gives a Chromium that starts, installing one when needed. Rejects with NoBrowser. */
export async function ensureChromium(machine: Machine): Promise<FoundBrowser> {
  let fault = 'there is none on this machine';
  for (const way of [null, PLAYWRIGHT, ...(machine.isRoot ? [DEBIAN] : [])]) {
    if (way !== null) {
      machine.say(`No Chromium to test in (${fault}). Installing ${way.title} …`);
      const isDone = way.commands.every(([command, args]) => machine.run(command, args));
      if (!isDone) {
        fault = `${way.title} could not be installed`;
        continue;
      }
    }
    const found = machine.find();
    if (found === null) continue;
    const problem = await machine.faultOnStart(found);
    if (problem === null) return found;
    fault = `${found.path} does not start: ${problem.split('\n')[0] ?? ''}`;
  }
  throw new NoBrowser(
    `There is no Chromium for the browser tests: ${fault}. Install one (on Debian: sudo apt-get install chromium), ` +
      'or set CHROMIUM to the file of one that you have; then npm test -- browser.',
  );
}

const THIS_MACHINE: Machine = {
  find: () => findBrowser('chromium'),
  faultOnStart,
  run: (command, args) => {
    // A machine without a way to Playwright's servers shall say so soon.
    const env = {
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
      DEBIAN_FRONTEND: 'noninteractive',
      ...process.env,
    };
    return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
  },
  isRoot: process.getuid?.() === 0,
  say: console.log,
};

async function main(): Promise<void> {
  try {
    const { path } = await ensureChromium(THIS_MACHINE);
    const firefox = findBrowser('firefox');
    console.log(`Chromium: ${path}. Firefox: ${firefox?.path ?? 'none, so its tests are left out'}.`);
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
