// Moves a page through its history, as the browser's own buttons do.

import type { Page } from '@playwright/test';

/** Goes `steps` entries on in the history of `page` (back where negative). Resolves before the browser has moved: then await what shows. */
export async function goInHistory(page: Page, steps: number): Promise<void> {
  // In a task of its own: a page that leaves takes the answer of a pending `evaluate` with it.
  await page.evaluate((count) => {
    setTimeout(() => {
      history.go(count);
    });
  }, steps);
}
