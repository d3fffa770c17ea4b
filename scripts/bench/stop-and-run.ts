/** A reader stops an endless loop, puts the code back and runs it: how long until the first output? */
import type { Browser, Page } from '@playwright/test';
import { articleOf, HANDLER, timeRun } from './first-output.ts';
import { openLab } from './lab.ts';
import type { BenchServer } from './server.ts';

/** Milliseconds that the loop goes on before it is stopped. */
const LOOPING = 2_000;

/** Gigabytes of a device that is told to be large, and of one that has no room for a spare environment. */
const LARGE = 8;
const SMALL = 1;

/** Far longer than any of it takes, on a busy machine too. */
const PATIENCE = 120_000;

/** Milliseconds from the second click on Run; `spare` tells whether the page keeps a spare environment. */
export async function stopAndRun(browser: Browser, server: BenchServer, spare: boolean): Promise<number> {
  const context = await browser.newContext();
  try {
    await context.addInitScript(
      (memory) => {
        Object.defineProperty(navigator, 'deviceMemory', { get: () => memory });
      },
      spare ? LARGE : SMALL,
    );
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await openLab(page, articleOf(server), HANDLER);
    await writeLoop(page);
    const lab = page.locator('lab-root').first();
    await press(page, 'run');
    await lab
      .getByRole('status')
      .filter({ hasText: /^Running$/ })
      .waitFor();
    // So long a reader looks on.
    await page.waitForTimeout(LOOPING);
    await press(page, 'stop');
    await lab
      .getByRole('status')
      .filter({ hasText: /^Stopped$/ })
      .waitFor();
    await press(page, 'reset');
    return await timeRun(page, 'site', false);
  } finally {
    await context.close();
  }
}

/** As a reader would: behind the handler's last line. The pointer leaves the lab again, for it would be a sign. */
async function writeLoop(page: Page): Promise<void> {
  const block = page.locator('lab-root lab-editable').first();
  await block.locator('.line').last().click();
  await block.getByRole('textbox').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('while True: pass');
  await page.mouse.move(0, 0);
}

/** Clicks from inside the page, without a pointer. */
async function press(page: Page, button: 'run' | 'stop' | 'reset'): Promise<void> {
  const found = page.locator(`lab-root .lab-${button}`).first();
  await found.waitFor();
  await found.evaluate((element: HTMLElement) => {
    element.click();
  });
}
