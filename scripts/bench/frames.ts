/** How long were the frames of a page while something went on? By the browser's own count of those that took long. */
import type { Page } from '@playwright/test';

/** Starts to watch; what it returns tells the longest frame since, in milliseconds, and 0 when none took 50. */
export async function watchFrames(page: Page): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    const seen = { longest: 0 };
    const take = (entries: PerformanceEntryList): void => {
      for (const { duration } of entries) seen.longest = Math.max(seen.longest, duration);
    };
    const observer = new PerformanceObserver((list) => {
      take(list.getEntries());
    });
    observer.observe({ type: 'long-animation-frame' });
    return { seen, take, observer };
  });
  return () =>
    watch.evaluate(async ({ seen, take, observer }) => {
      // Two frames more: the last one is told of when it is over.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      take(observer.takeRecords());
      observer.disconnect();
      return seen.longest;
    });
}
