/** The built site in Chromium, for the benches that need nothing else. */
import { chromium, type Browser } from '@playwright/test';
import { addressFromEnvironment, buildIfChanged } from '../build.ts';
import { findBrowser } from '../find-browser.ts';
import { serve } from './server.ts';

/** Builds the site if need be, serves it, and hands over a browser and the address; both are ended afterwards. */
export async function withSite<Result>(
  use: (browser: Browser, address: string) => Promise<Result>,
): Promise<Result> {
  const found = findBrowser('chromium');
  if (found === null) throw new RangeError('The bench needs Chromium: npm run install-browsers brings it.');
  await buildIfChanged(addressFromEnvironment());
  const server = await serve();
  const browser = await chromium.launch(found.launch);
  try {
    return await use(browser, server.address);
  } finally {
    await browser.close();
    server.close();
  }
}
