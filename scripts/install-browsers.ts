/**
 * Sees to it that there are browsers to test in. Without a Chromium there are no browser tests: one that is there is
 * taken, else Playwright's own, else Debian's package. Firefox and WebKitGTK come from Debian where this machine lets us
 * install packages; where it does not, this says that they are left out.
 */
import { spawnSync } from 'node:child_process';
import { faultOnStart, findBrowser, type BrowserName, type FoundBrowser } from './find-browser.ts';
import { PART_LEFT_OUT } from './left-out.ts';
import { findProgram } from './webkit-driver.ts';

/** What the machine lets us do; the tests pass others. */
export interface Machine {
  readonly find: (name: BrowserName) => FoundBrowser | null;
  readonly faultOnStart: (browser: FoundBrowser) => Promise<string | null>;
  /** What of WebKitGTK's driver and its screen is not there; null when all is. */
  readonly missingForWebkit: () => string | null;
  /** Runs a command with its output shown; true when it succeeded. */
  readonly run: (command: string, args: readonly string[]) => boolean;
  readonly isRoot: boolean;
  readonly say: (line: string) => void;
}

/** Neither a mirror that does not answer nor another installation may hold up the run. */
const APT_OPTIONS = [
  '-q',
  ...['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'],
  ...['-o', 'DPkg::Lock::Timeout=120'],
];

const PACKAGES = { chromium: ['chromium'], firefox: ['firefox-esr'], webkit: ['webkit2gtk-driver', 'xvfb'] };

/** No Chromium could be had; the message says what to do. */
export class NoBrowser extends Error {
  override name = 'NoBrowser';
}

/** Debian's packages on a machine, whose lists are fetched once. */
export class Debian {
  readonly #machine: Machine;
  #isUpToDate: boolean | null = null;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Installs an engine's packages; false where this machine does not let us, or has none. */
  install(engine: keyof typeof PACKAGES): boolean {
    const { isRoot, run } = this.#machine;
    if (!isRoot) return false;
    this.#isUpToDate ??= run('apt-get', ['update', ...APT_OPTIONS]);
    return (
      this.#isUpToDate &&
      run('apt-get', ['install', ...APT_OPTIONS, '-y', '--no-install-recommends', ...PACKAGES[engine]])
    );
  }
}

/** Gives a Chromium that starts, installing one when needed. Rejects with NoBrowser. */
export async function ensureChromium(machine: Machine, debian: Debian): Promise<FoundBrowser> {
  const ways: readonly (readonly [string, () => boolean] | null)[] = [
    null,
    ["Playwright's own Chromium", () => machine.run('playwright', ['install', 'chromium'])],
    ...(machine.isRoot ? [["Debian's chromium", () => debian.install('chromium')] as const] : []),
  ];
  let fault = 'there is none on this machine';
  for (const way of ways) {
    if (way !== null) {
      const [title, install] = way;
      machine.say(`No Chromium to test in (${fault}). Installing ${title} …`);
      if (!install()) {
        fault = `${title} could not be installed`;
        continue;
      }
    }
    const found = machine.find('chromium');
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

/**
 * Installs what is missing of Firefox and WebKitGTK where that can be, and says so where it cannot. Firefox's tests are
 * then a part of the browser tests that is left out; the check of WebKit says by itself that it is.
 */
export function ensureOthers(machine: Machine, debian: Debian): void {
  const engines = [
    ['firefox', PART_LEFT_OUT, () => (machine.find('firefox') === null ? 'Firefox' : null)],
    ['webkit', '', machine.missingForWebkit],
  ] as const;
  for (const [engine, beginning, missing] of engines) {
    const lack = missing();
    if (lack === null) continue;
    const packages = PACKAGES[engine].join(' ');
    if (machine.isRoot) machine.say(`There is no ${lack}. Installing Debian's ${packages} …`);
    debian.install(engine);
    const left = missing();
    if (left === null) continue;
    const reason = machine.isRoot ? 'it could not be installed' : 'only root may install it';
    machine.say(
      `${beginning}${engine}: there is no ${left}, and ${reason} (Debian: apt-get install ${packages}).`,
    );
  }
}

const THIS_MACHINE: Machine = {
  find: findBrowser,
  faultOnStart,
  missingForWebkit: () => {
    const programs = ['WebKitWebDriver', ...(process.env.DISPLAY ? [] : ['Xvfb'])];
    return programs.find((program) => findProgram(program) === null) ?? null;
  },
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
  const debian = new Debian(THIS_MACHINE);
  try {
    const { path } = await ensureChromium(THIS_MACHINE, debian);
    console.log(`Chromium: ${path}.`);
    ensureOthers(THIS_MACHINE, debian);
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
