/**
 * How long from the click on Run to the first output, and at what price? For this site, and for a bare page that calls
 * `loadPyodide()` in a module worker: on one server, packed alike, in turn, round by round. Each figure is a row with its
 * gate; seven rounds or more give figures worth quoting.
 */
import { chromium, firefox, type Browser, type BrowserContext } from '@playwright/test';
import { addressFromEnvironment, buildIfChanged } from '../build.ts';
import { faultOnStart, findBrowser, type BrowserName, type FoundBrowser } from '../find-browser.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { NO_PROCESS_IN_STORE, weighEnvironment } from './environment-memory.ts';
import { Figures, type FigureKind } from './figures.ts';
import { FAILED_VISIT, visit, type Subject, type Visit } from './first-output.ts';
import type { Slowness } from './line.ts';
import { serve, type BenchServer } from './server.ts';
import { stopAndRun } from './stop-and-run.ts';

/** 20 Mbit/s, and 40 ms to the first byte. */
const SLOW: Slowness = { bytesPerSecond: 2_500_000, latency: 40 };

const MEGABYTE = 1_000_000;

type Gate = NonNullable<FigureKind['gate']>;

const ratio = (most: number): Gate => ({ of: 'ratio', most });
const time = (name: string, gate?: Gate): FigureKind => ({
  name,
  unit: 'ms',
  beside: 'bare page',
  ...(gate && { gate }),
});
const bytes = (name: string, gate?: Gate): FigureKind => ({ ...time(name, gate), unit: 'MB' });
const memory = (name: string): FigureKind => ({
  name,
  unit: 'MB',
  beside: 'plain boot',
  gate: ratio(1.15),
});

const KINDS = {
  cold: time('first output, cold', ratio(0.32)),
  warm: time('first output, warm', ratio(0.32)),
  meantCold: time('first output, cold, pointer on Run 0.4 s earlier', ratio(0.25)),
  meantWarm: time('first output, warm, pointer on Run 0.4 s earlier', ratio(0.27)),
  slow: time('first output, cold, 20 Mbit/s + 40 ms', ratio(0.55)),
  meantSlow: time('first output, cold, 20 Mbit/s + 40 ms, pointer earlier'),
  before: bytes('line, to the first output, without the library', { of: 'site', most: 5.8 }),
  beforeLibrary: bytes('line, to the first output, the library'),
  after: bytes('line, afterwards, without the library'),
  afterLibrary: bytes('line, afterwards, the library'),
  spare: time('Stop, then first output, with a spare', { of: 'site', most: 60 }),
  noSpare: time('Stop, then first output, without a spare', ratio(0.35)),
  python: memory("an environment's Python memory"),
  held: memory("an environment's share of the processes"),
} satisfies Record<string, FigureKind>;

/** How often a run should have begun from the boot image, and how often it did not. */
interface Boots {
  all: number;
  plain: number;
}

/** Measures everything in turn, `rounds` times, in Chromium and where there is a Firefox in that as well. */
export async function bench({ rounds = 7 }: BenchOptions): Promise<BenchResult> {
  if (findBrowser('chromium') === null)
    throw new RangeError('The bench needs Chromium: npm run install-browsers brings it.');
  await buildIfChanged(addressFromEnvironment());
  const servers = { fast: await serve(), slow: await serve(SLOW) };
  const figures = new Figures();
  const boots: Boots = { all: 0, plain: 0 };
  try {
    for (const name of ['chromium', 'firefox'] as const) {
      const found = findBrowser(name);
      const fault = found === null ? 'there is none' : await faultOnStart(found);
      if (found === null || fault !== null) {
        console.log(`${name} is left out: ${fault ?? ''}`);
        continue;
      }
      for (let round = 1; round <= rounds; round += 1) {
        const begun = performance.now();
        await measureRound(found, servers, figures, boots);
        const seconds = (performance.now() - begun) / 1000;
        console.log(`${name}: round ${round} of ${rounds}, ${seconds.toFixed(0)} s`);
      }
    }
  } finally {
    servers.fast.close();
    servers.slow.close();
  }
  figures.print();
  console.log(`  the boot image was refused in ${boots.plain} of ${boots.all} visits`);
  return { figures: { rows: figures.rows, boots }, passed: figures.passed };
}

async function measureRound(
  found: FoundBrowser,
  { fast, slow }: { readonly fast: BenchServer; readonly slow: BenchServer },
  figures: Figures,
  boots: Boots,
): Promise<void> {
  const { name } = found;
  const browser = await launch(found);
  const look = async (context: BrowserContext, server: BenchServer, subject: Subject, meant: boolean) => {
    const seen = await orTell(visit(context, server, subject, meant), FAILED_VISIT);
    if (subject === 'site') boots.all += 1;
    if (seen.isPlain) boots.plain += 1;
    return seen;
  };
  /** One visit with an empty cache and one with what the first has left there. */
  const lookTwice = (subject: Subject, meant = false): Promise<{ cold: Visit; warm: Visit }> =>
    withContext(browser, async (context) => ({
      cold: await look(context, fast, subject, meant),
      warm: await look(context, fast, subject, meant),
    }));
  const lookOnce = (subject: Subject, meant = false): Promise<Visit> =>
    withContext(browser, (context) => look(context, slow, subject, meant));
  try {
    const site = await lookTwice('site');
    const bare = await lookTwice('bare');
    const meant = await lookTwice('site', true);
    const add = (kind: FigureKind, { milliseconds }: Visit, beside: Visit): void => {
      figures.add(name, kind, milliseconds, beside.milliseconds);
    };
    add(KINDS.cold, site.cold, bare.cold);
    add(KINDS.warm, site.warm, bare.warm);
    add(KINDS.meantCold, meant.cold, bare.cold);
    add(KINDS.meantWarm, meant.warm, bare.warm);
    const slowBare = await lookOnce('bare');
    add(KINDS.slow, await lookOnce('site'), slowBare);
    add(KINDS.meantSlow, await lookOnce('site', true), slowBare);
    addBytes(figures, name, site.cold, bare.cold);
    for (const [kind, spare] of [
      [KINDS.spare, true],
      [KINDS.noSpare, false],
    ] as const) {
      const again = await orTell(stopAndRun(browser, fast, spare), Number.NaN);
      figures.add(name, kind, again, bare.warm.milliseconds);
    }
  } finally {
    await browser.close();
  }
  await measureMemory(found, fast, figures);
}

/** What cannot be measured is no number, which keeps no gate; the other figures are worth having all the same. */
async function orTell<Result>(measuring: Promise<Result>, failed: Result): Promise<Result> {
  try {
    return await measuring;
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return failed;
  }
}

function addBytes(figures: Figures, name: BrowserName, site: Visit, bare: Visit): void {
  const add = (kind: FigureKind, weigh: (seen: Visit) => number): void => {
    figures.add(name, kind, weigh(site) / MEGABYTE, weigh(bare) / MEGABYTE);
  };
  add(KINDS.before, ({ before }) => before.others);
  add(KINDS.beforeLibrary, ({ before }) => before.library);
  add(KINDS.after, ({ after }) => after.others);
  add(KINDS.afterLibrary, ({ after }) => after.library);
}

/** Each boot in a browser of its own: what one leaves behind would be counted with the other. */
async function measureMemory(found: FoundBrowser, server: BenchServer, figures: Figures): Promise<void> {
  const weigh = async (boot: 'image' | 'plain'): ReturnType<typeof weighEnvironment> => {
    const isChromium = found.name === 'chromium';
    const browser = await launch(found, isChromium ? [NO_PROCESS_IN_STORE] : []);
    try {
      const weight = await weighEnvironment(browser, server, boot, isChromium);
      if (boot === 'plain' && !weight.isPlain)
        throw new Error('A boot without its image is not known for a plain one.');
      return weight;
    } finally {
      await browser.close();
    }
  };
  const image = await weigh('image');
  const plain = await weigh('plain');
  figures.add(found.name, KINDS.python, image.python / MEGABYTE, plain.python / MEGABYTE);
  if (image.held !== null && plain.held !== null)
    figures.add(found.name, KINDS.held, image.held / MEGABYTE, plain.held / MEGABYTE);
}

function launch({ name, launch: options }: FoundBrowser, more: readonly string[] = []): Promise<Browser> {
  const type = name === 'chromium' ? chromium : firefox;
  return type.launch({ ...options, args: [...(options.args ?? []), ...more] });
}

async function withContext<Result>(
  browser: Browser,
  use: (context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext();
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}
