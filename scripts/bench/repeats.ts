/**
 * What becomes of the hundredth time? `npm run bench -- repeats`: endless loop and Stop, a crash of Python, a download that
 * is cut, each many times on one page, counting those after which the lab is stuck; then run and Stop again and again,
 * with the page's memory as Chromium's own tools measure it.
 */
import type { CDPSession, Page } from '@playwright/test';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { openLab } from './lab.ts';
import { withSite } from './site.ts';

/** What came of it all. */
interface RepeatFigures {
  /** Of each kind: how often it was tried, and how often the lab did not come to the end that it should. */
  readonly stuck: Readonly<Record<string, { readonly tries: number; readonly stuck: number }>>;
  /** Bytes of the page's JavaScript heap, and its documents, after the first cycles and after the last. */
  readonly memory: { readonly cycles: number; readonly before: Held; readonly after: Held };
}

interface Held {
  readonly heap: number;
  readonly documents: number;
}

/** Far longer than any of it takes, on a busy machine too. */
const PATIENCE = 60_000;

/** Until a browser's heap has its working size. */
const WARM_UP = 5;

const LOOP = 'def lambda_handler(event, context):\n    print("begun")\n    while True:\n        pass\n';
const CRASH =
  'import ctypes\n\ndef lambda_handler(event, context):\n    print("begun")\n    ctypes.string_at(1 << 31)\n';
const WASM = '**/_sandbox/pyodide-asm-wasm.*.bin';

/** Tries everything a hundred times, or `rounds` times. */
export async function bench({ rounds = 100 }: BenchOptions): Promise<BenchResult> {
  const figures = await withSite(async (browser, address) =>
    repeat(await browser.newPage(), `${address}en/who-called-me/`, rounds),
  );
  return { figures, passed: printRepeats(figures) };
}

/** Tries each kind `count` times and runs and stops `2 * count` times on the article's first lab. */
async function repeat(page: Page, address: string, count: number): Promise<RepeatFigures> {
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
  return { stuck, memory: await measureMemory(page, address, 2 * count) };
}

async function measureMemory(page: Page, address: string, cycles: number): Promise<RepeatFigures['memory']> {
  await open(page, address, LOOP);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await runAndStopInside(page, WARM_UP);
  const before = await weigh(session);
  await runAndStopInside(page, cycles);
  return { cycles, before, after: await weigh(session) };
}

/**
 * Runs and stops from inside the page, and lets it come to rest: what the driver's own script holds on to, click by
 * click, lies in the same heap, and would be weighed with what the page holds.
 */
async function runAndStopInside(page: Page, cycles: number): Promise<void> {
  await page.evaluate(
    async ([cycles, patience]) => {
      const lab = document.querySelector('lab-root');
      const status = lab?.querySelector('[role="status"]');
      const [run, stop] = ['run', 'stop'].map((name) => lab?.querySelector<HTMLElement>(`.lab-${name}`));
      if (!status || !run || !stop) throw new Error('The page has no lab that runs.');
      const reads = (text: string): Promise<void> =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (status.textContent !== text) return;
            clearTimeout(timer);
            observer.disconnect();
            resolve();
          };
          const timer = setTimeout(() => {
            reject(new Error(`The lab says ${status.textContent} and not ${text}.`));
          }, patience);
          const observer = new MutationObserver(look);
          observer.observe(status, { childList: true, characterData: true, subtree: true });
          look();
        });
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        run.click();
        await reads('Running');
        stop.click();
        await reads('Stopped');
      }
      for (let time = 0; time < 2; time += 1) await new Promise((resolve) => requestIdleCallback(resolve));
    },
    [cycles, PATIENCE] as const,
  );
}

async function weigh(session: CDPSession): Promise<Held> {
  // What only a second collection frees was held by what the first one freed.
  for (let time = 0; time < 2; time += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  return { heap: metric('JSHeapUsedSize'), documents: metric('Documents') };
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
  const { cycles, before, after } = memory;
  const growth = after.heap / before.heap - 1;
  for (const [name, of] of Object.entries(stuck)) console.log(`  ${name}: ${of.stuck} of ${of.tries} stuck`);
  console.log(
    `  ${cycles} times run and Stop: heap ${megabytes(before.heap)} → ${megabytes(after.heap)} MB ` +
      `(${(100 * growth).toFixed(1)} %), documents ${before.documents} → ${after.documents}`,
  );
  return growth < 0.2 && Object.values(stuck).every((of) => of.stuck === 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(2);
}
