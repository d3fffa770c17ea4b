/**
 * How long from the click on Run to the first output? For this site, and for a bare page that calls
 * `loadPyodide()` in a module worker: on one server, from the same compressed files, in turn. Medians and
 * ratios are printed; seven rounds or more give figures worth quoting.
 */
import type { Browser, Page } from '@playwright/test';
import type { BenchOptions, BenchResult } from '../bench.ts';
import { median } from './median.ts';
import { withSite } from './site.ts';

/** What is compared: the names are those of the printed rows. */
const SUBJECTS = ['this site', 'bare page'] as const;
const CACHES = ['cold', 'warm'] as const;
type Figures = Record<(typeof SUBJECTS)[number], Record<(typeof CACHES)[number], number[]>>;

/** Measures both in turn, `rounds` times. */
export async function bench({ rounds = 7 }: BenchOptions): Promise<BenchResult> {
  const figures: Figures = { 'this site': { cold: [], warm: [] }, 'bare page': { cold: [], warm: [] } };
  await withSite(async (browser, address) => {
    for (let round = 1; round <= rounds; round += 1) {
      for (const subject of SUBJECTS) await measure(browser, address, subject, figures);
      console.log(
        `round ${round} of ${rounds}: ${SUBJECTS.map((subject) => describe(figures, subject)).join('; ')}`,
      );
    }
  });
  print(figures);
  return { figures, passed: true };
}

/** One visit with an empty cache and one with what the first has left there. */
async function measure(
  browser: Browser,
  address: string,
  subject: (typeof SUBJECTS)[number],
  figures: Figures,
): Promise<void> {
  const context = await browser.newContext();
  try {
    for (const cache of CACHES) {
      const page = await context.newPage();
      await page.goto(subject === 'this site' ? `${address}en/who-called-me/` : `${address}bare/`);
      figures[subject][cache].push(await clickToOutput(page));
      await page.close();
    }
  } finally {
    await context.close();
  }
}

/** Milliseconds from the click to the first text of a run, by the page's own clock. */
async function clickToOutput(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: 'Run', exact: true }).first();
  await button.waitFor();
  await page.waitForFunction(
    () => document.querySelector('lab-root') === null || customElements.get('lab-root') !== undefined,
  );
  const time = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clicked = 0;
        document.addEventListener('click', () => (clicked = performance.now()), {
          capture: true,
          once: true,
        });
        const look = (): void => {
          const log = document.querySelector('lab-output pre') ?? document.querySelector('pre');
          const live = document.querySelector('.lab-source')?.textContent.startsWith('your run') ?? true;
          if (clicked > 0 && live && log?.textContent.includes('in lambda_handler') === true) {
            observer.disconnect();
            resolve(performance.now() - clicked);
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      }),
  );
  await button.click();
  return time;
}

function describe(figures: Figures, subject: (typeof SUBJECTS)[number]): string {
  return `${subject} ${CACHES.map((cache) => `${cache} ${(figures[subject][cache].at(-1) ?? 0).toFixed(0)}`).join(', ')} ms`;
}

function print(figures: Figures): void {
  console.log('\nclick to first output, ms: minimum / median / maximum');
  for (const cache of CACHES) {
    for (const subject of SUBJECTS) {
      const numbers = figures[subject][cache];
      const row = [Math.min(...numbers), median(numbers), Math.max(...numbers)].map((number) =>
        number.toFixed(0),
      );
      console.log(`  ${subject.padEnd(10)} ${cache}  ${row.join(' / ')}`);
    }
    const ratios = figures['this site'][cache].map(
      (number, at) => number / (figures['bare page'][cache][at] ?? Number.NaN),
    );
    console.log(
      `  this site / bare page, ${cache}: ${median(ratios).toFixed(2)} (median of the rounds' ratios)`,
    );
  }
}
