/**
 * What becomes of the hundredth time? `npm run bench -- repeats`: endless loop and Stop, a crash of Python, a download that
 * is cut, each many times on one page, counting those after which the lab is stuck; then runs that are stopped, that
 * crash, that are warm, and those of a page with many labs, with what the page holds before and after as Chromium's own
 * tools measure it.
 */
import type { CDPSession, Page } from '@playwright/test';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { openLab } from './lab.ts';
import { withSite } from './site.ts';

/** What came of it all. */
interface RepeatFigures {
  /** Of each kind: how often it was tried, and how often the lab did not come to the end that it should. */
  readonly stuck: Readonly<Record<string, { readonly tries: number; readonly stuck: number }>>;
  /** Of each kind of run: what the page held after the first of them and after the last. */
  readonly memory: Readonly<Record<string, Growth>>;
}

interface Growth {
  readonly cycles: number;
  readonly before: Held;
  readonly after: Held;
}

/** Bytes of the page's JavaScript heap, and counts of what else a page may keep by mistake. */
interface Held {
  readonly heap: number;
  readonly documents: number;
  readonly frames: number;
  readonly listeners: number;
}

/** One kind of run, again and again. */
interface Cycles {
  readonly name: string;
  /** The handler of the page's first lab; null is its own. */
  readonly source: string | null;
  readonly page: string;
  /** Stop is pressed as soon as it runs. */
  readonly isStopped: boolean;
  /** Whether each lab of the page has its turn, or only the first. */
  readonly isEach: boolean;
  readonly warmUp: number;
  readonly cycles: number;
}

/** Far longer than any of it takes, on a busy machine too. */
const PATIENCE = 60_000;

/** Until a browser's heap has its working size: what it compiles goes on growing for some hundred runs, each time by less. */
const WARM_UP = 25;

/** What a page's heap may become by repeating, as a part of what it was. */
const MOST_GROWTH = 1.1;

/** How many crashes, and turns of a whole page, there are to each of the other runs that are weighed. */
const CRASHES = 0.3;
const PAGES = 0.04;

const LOOP = 'def lambda_handler(event, context):\n    print("begun")\n    while True:\n        pass\n';
const CRASH =
  'import ctypes\n\ndef lambda_handler(event, context):\n    print("begun")\n    ctypes.string_at(1 << 31)\n';
const LINE = 'def lambda_handler(event, context):\n    print("begun")\n';
const WASM = '**/_sandbox/pyodide-asm-wasm.*.bin';

/** Tries everything a hundred times, or `rounds` times. */
export async function bench({ rounds = 100 }: BenchOptions): Promise<BenchResult> {
  const figures = await withSite(async (browser, address) =>
    // A worker would bring what is to be cut from what it keeps.
    repeat(await browser.newPage({ serviceWorkers: 'block' }), `${address}en/`, rounds),
  );
  return { figures, passed: printRepeats(figures) };
}

/** Tries each kind `count` times on the first lab of an article, and weighs the page while runs repeat. */
async function repeat(page: Page, site: string, count: number): Promise<RepeatFigures> {
  const address = `${site}who-called-me/`;
  const stuck: Record<string, { tries: number; stuck: number }> = {};
  const kinds: readonly (readonly [string, string | null, () => Promise<void>])[] = [
    ['endless loop and Stop', LOOP, () => runAndStop(page)],
    ['crash of Python', CRASH, () => runAndBreak(page)],
    ['cut download', null, () => runCut(page)],
  ];
  for (const [name, source, attempt] of kinds) {
    const of = (stuck[name] = { tries: 0, stuck: 0 });
    await open(page, address, source);
    for (; of.tries < count; of.tries += 1) {
      try {
        await attempt();
      } catch (error) {
        of.stuck += 1;
        console.log(
          `${name}, try ${of.tries + 1}: ${error instanceof Error ? error.message : String(error)}`,
        );
        await open(page, address, source);
      }
    }
    console.log(`${name}: ${of.tries} tries, ${of.stuck} stuck`);
  }
  const one = { page: address, isStopped: false, isEach: false, warmUp: WARM_UP };
  const memory: Record<string, Growth> = {};
  for (const of of [
    { ...one, name: 'run and Stop', source: LOOP, isStopped: true, cycles: count },
    { ...one, name: 'crash of Python', source: CRASH, cycles: Math.ceil(count * CRASHES) },
    { ...one, name: 'warm run', source: LINE, cycles: count },
    {
      ...one,
      name: 'each lab of a page',
      page: `${site}when-it-fails/`,
      source: null,
      isEach: true,
      warmUp: 2,
    },
  ].map((kind) => ({ cycles: Math.ceil(count * PAGES), ...kind })))
    memory[of.name] = await measureMemory(page, of);
  return { stuck, memory };
}

async function measureMemory(page: Page, of: Cycles): Promise<Growth> {
  await open(page, of.page, of.source);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await runInside(page, of, of.warmUp);
  const before = await weigh(session);
  await runInside(page, of, of.cycles);
  const growth = { cycles: of.cycles, before, after: await weigh(session) };
  await session.detach();
  return growth;
}

/**
 * Runs, and stops, from inside the page, and lets it come to rest: what the driver's own script holds on to, click by
 * click, lies in the same heap, and would be weighed with what the page holds.
 */
async function runInside(page: Page, { isStopped, isEach }: Cycles, cycles: number): Promise<void> {
  await page.evaluate(
    async ([isStopped, isEach, cycles, patience]) => {
      const until = (place: Element, isSo: () => boolean): Promise<void> =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (!isSo()) return;
            clearTimeout(timer);
            observer.disconnect();
            resolve();
          };
          const timer = setTimeout(() => {
            reject(new Error(`The lab stays at: ${place.textContent}`));
          }, patience);
          const observer = new MutationObserver(look);
          observer.observe(place, { attributes: true, childList: true, characterData: true, subtree: true });
          look();
        });
      const turn = async (lab: Element): Promise<void> => {
        const [run, stop] = ['run', 'stop'].map((name) => lab.querySelector<HTMLElement>(`.lab-${name}`));
        const status = lab.querySelector('[role="status"]');
        if (!run || !stop || !status) throw new Error('The page has no lab that runs.');
        run.click();
        if (isStopped) {
          await until(lab, () => status.textContent === 'Running');
          stop.click();
        } else await until(lab, () => !stop.hidden);
        await until(lab, () => stop.hidden !== false);
      };
      const labs = Array.from(document.querySelectorAll('lab-root')).slice(0, isEach ? undefined : 1);
      for (let cycle = 0; cycle < cycles; cycle += 1) for (const lab of labs) await turn(lab);
      for (let time = 0; time < 2; time += 1) await new Promise((resolve) => requestIdleCallback(resolve));
    },
    [isStopped, isEach, cycles, PATIENCE] as const,
  );
}

async function weigh(session: CDPSession): Promise<Held> {
  // What only a second collection frees was held by what the first one freed.
  for (let time = 0; time < 2; time += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  return {
    heap: metric('JSHeapUsedSize'),
    documents: metric('Documents'),
    frames: metric('Frames'),
    listeners: metric('JSEventListeners'),
  };
}

/** Opens the article anew, with the handler that is wanted and a network that works. */
async function open(page: Page, address: string, source: string | null): Promise<void> {
  await page.unrouteAll();
  await openLab(page, address, source);
}

/** One run to `seen` in the log, or to a status; each click goes to the first lab. */
async function press(page: Page, button: 'run' | 'stop' | 'retry'): Promise<void> {
  await page.locator(`lab-root .lab-${button}`).first().click({ timeout: PATIENCE });
}

async function status(page: Page, pattern: RegExp): Promise<void> {
  await page
    .locator('lab-root')
    .first()
    .getByRole('status')
    .filter({ hasText: pattern })
    .waitFor({ timeout: PATIENCE });
}

async function runAndStop(page: Page): Promise<void> {
  await press(page, 'run');
  await status(page, /^Running$/);
  await press(page, 'stop');
  await status(page, /^Stopped$/);
}

async function runAndBreak(page: Page): Promise<void> {
  await press(page, 'run');
  // The sentence of the time before goes when this run begins.
  await status(page, /^(?!Python broke)/);
  await status(page, /^Python broke/);
}

/** A download that is cut, then a whole one: that ends with a run. */
async function runCut(page: Page): Promise<void> {
  await page.reload();
  await page.route(WASM, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ status: 200, body: body.subarray(0, body.length / 2) });
  });
  await press(page, 'run');
  await status(page, /arrived damaged/);
  await page.unrouteAll();
  await press(page, 'retry');
  await status(page, /^Finished/);
}

/** The figures in words; true when all of it is as it should be. */
function printRepeats({ stuck, memory }: RepeatFigures): boolean {
  for (const [name, of] of Object.entries(stuck)) console.log(`  ${name}: ${of.stuck} of ${of.tries} stuck`);
  for (const [name, { cycles, before, after }] of Object.entries(memory))
    console.log(
      `  ${cycles} times ${name}: heap ${megabytes(before.heap)} → ${megabytes(after.heap)} MB ` +
        `(${(100 * (after.heap / before.heap - 1)).toFixed(1)} %), documents ${before.documents} → ${after.documents}, ` +
        `frames ${before.frames} → ${after.frames}, listeners ${before.listeners} → ${after.listeners}`,
    );
  return (
    Object.values(memory).every(({ before, after }) => after.heap / before.heap < MOST_GROWTH) &&
    Object.values(stuck).every((of) => of.stuck === 0)
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(2);
}
