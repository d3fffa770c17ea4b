/**
 * Which browser of this machine the tests may drive. Looks anew each time: a remembered answer is wrong after the
 * next upgrade.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, firefox, type Browser, type LaunchOptions } from '@playwright/test';

/** The browsers that the site is tested in. */
export type BrowserName = 'chromium' | 'firefox';

/** A browser that is there, and how Playwright starts it. */
export interface FoundBrowser {
  readonly name: BrowserName;
  readonly path: string;
  readonly launch: LaunchOptions;
}

/** The variables that name a browser's file, when it lies in no usual place. */
const VARIABLES: Readonly<Record<BrowserName, string>> = { chromium: 'CHROMIUM', firefox: 'FIREFOX' };

/** Names of the program on the path, the wanted one first. */
const PROGRAMS: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  firefox: ['firefox-esr', 'firefox'],
};

/**
 * Finds a browser: the one that CHROMIUM or FIREFOX names, the machine's own, or Playwright's. Null when there is
 * none. Whether it starts is another question: `startsUp`.
 */
export function findBrowser(name: BrowserName, env: NodeJS.ProcessEnv = process.env): FoundBrowser | null {
  const named = env[VARIABLES[name]];
  if (named) return existsSync(named) ? onMachine(name, named) : null;
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const places = PROGRAMS[name].flatMap((program) => folders.map((folder) => path.join(folder, program)));
  const place = places.find((file) => existsSync(file));
  if (place !== undefined) return onMachine(name, place);
  const own = (name === 'chromium' ? chromium : firefox).executablePath();
  return existsSync(own) ? { name, path: own, launch: { args: argumentsFor(name) } } : null;
}

function onMachine(name: BrowserName, executablePath: string): FoundBrowser {
  // A Firefox that is not Playwright's own is driven by WebDriver BiDi, which is what this channel means.
  const channel = name === 'firefox' ? { channel: 'moz-firefox' } : {};
  return { name, path: executablePath, launch: { ...channel, executablePath, args: argumentsFor(name) } };
}

/** Chromium refuses to start as root with its own sandbox, and containers know no other user. */
function argumentsFor(name: BrowserName): string[] {
  return name === 'chromium' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Starts a browser for a moment; null when that works, else what it said. */
export async function faultOnStart({ name, launch }: FoundBrowser): Promise<string | null> {
  let browser: Browser | null = null;
  try {
    browser = await (name === 'chromium' ? chromium : firefox).launch({ ...launch, timeout: 60_000 });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await browser?.close();
  }
}
