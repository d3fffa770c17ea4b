/** What memory an environment takes that was booted from the image, or plainly because the image is not to be had. */
import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import { articleOf, IS_PLAIN, readPrinted } from './first-output.ts';
import { openLab } from './lab.ts';
import type { BenchServer } from './server.ts';

/** Bytes. */
export interface EnvironmentMemory {
  /** Of Python's own WebAssembly memory. */
  readonly python: number;
  /** What the browser's processes of the page hold for themselves beyond what they held before the run; null where nobody tells. */
  readonly held: number | null;
  readonly isPlain: boolean;
}

/** Without it Chromium keeps a process in store, and its memory comes and goes. */
export const NO_PROCESS_IN_STORE = '--disable-features=SpareRendererForSitePerProcess';

const IMAGE = '**/_sandbox/boot-image.*.bin';

const HANDLER = `import sys

def lambda_handler(event, context):
    import pyodide_js
    print("booted plainly:", ${IS_PLAIN})
    print("memory:", pyodide_js._module.HEAPU8.length)
`;

const PATIENCE = 120_000;

/** Measures in a browser that has nothing else open; `isChromium` tells whether its processes can be asked. */
export async function weighEnvironment(
  browser: Browser,
  server: BenchServer,
  boot: 'image' | 'plain',
  isChromium: boolean,
): Promise<EnvironmentMemory> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  if (boot === 'plain') await page.route(IMAGE, (route) => route.fulfill({ status: 404 }));
  await openLab(page, articleOf(server), HANDLER);
  await server.line.quiet();
  const before = isChromium ? await privateBytes(browser) : null;
  await page
    .locator('lab-root .lab-run')
    .first()
    .evaluate((run: HTMLElement) => {
      run.click();
    });
  const isPlain = (await readPrinted(page, 'booted plainly')) === 'True';
  const python = Number(await readPrinted(page, 'memory'));
  await server.line.quiet();
  if (isChromium) {
    const session = await page.context().newCDPSession(page);
    // What only a second collection frees was held by what the first one freed.
    for (let time = 0; time < 2; time += 1) await session.send('HeapProfiler.collectGarbage');
  }
  const after = isChromium ? await privateBytes(browser) : null;
  await page.close();
  return { python, held: before === null || after === null ? null : after - before, isPlain };
}

/** What all of the browser's renderers hold for themselves, as Linux counts it; null on another system. */
async function privateBytes(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let sum = 0;
  for (const { id, type } of processInfo) {
    if (type !== 'renderer') continue;
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => null);
    if (text === null) return null;
    for (const [, kilobytes] of text.matchAll(/^(?:Private_\w+|Swap): +(\d+) kB$/gm))
      sum += Number(kilobytes) * 1024;
  }
  return sum;
}
