/** Takes small pictures of built pages: of whole articles, and of labs that stand at one of their stops. */
import type { Browser, Page } from '@playwright/test';
import type { Combination, Width } from './plan.ts';
import type { Shot } from './sheet.ts';

/** The height of a window: what is fixed in it or as high as it shall not fill the picture. */
const HEIGHT = 900;

/** A lab, the page that it is on, and the stop that it is looked at. */
export interface LabPlace {
  readonly lab: string;
  readonly page: string;
  readonly stop: string;
}

/** A picture of a whole article. */
export async function shootArticle(
  browser: Browser,
  site: string,
  article: string,
  { width, theme, language }: Combination,
): Promise<Shot> {
  return withPage(browser, width, theme, async (page) => {
    await open(page, `${site}${language}/${article}/`);
    const png = await page.screenshot({ fullPage: true, animations: 'disabled' });
    return { caption: `${width.width} px, ${theme}, ${language}`, png };
  });
}

/** Pictures of labs in one width; `places` in the order of their pages, as each page is opened once. */
export async function shootLabs(
  browser: Browser,
  site: string,
  places: readonly LabPlace[],
  width: Width,
): Promise<readonly Shot[]> {
  return withPage(browser, width, 'light', async (page) => {
    const shots: Shot[] = [];
    let opened = '';
    for (const { lab, page: address, stop } of places) {
      if (opened !== address) await open(page, `${site}${address}`);
      opened = address;
      await page.evaluate((hash) => (location.hash = hash), `#${lab}/${stop}`);
      const root = page.locator(`[id="${lab}"]`);
      await page.locator(`[id="${lab}"].is-stepping`).waitFor();
      // A part of the whole page: in an element's own picture the header that stays on top would lie over it.
      const clip = await root.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: left + scrollX, y: top + scrollY, width, height };
      });
      const png = await page.screenshot({ fullPage: true, clip, animations: 'disabled' });
      shots.push({ caption: `${lab}/${stop}`, png });
    }
    return shots;
  });
}

async function withPage<T>(
  browser: Browser,
  { width, scale }: Width,
  colorScheme: Combination['theme'],
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHT },
    deviceScaleFactor: scale,
    colorScheme,
    reducedMotion: 'reduce',
  });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

async function open(page: Page, address: string): Promise<void> {
  const response = await page.goto(address);
  if (response?.ok() !== true)
    throw new Error(`There is no page at ${address}: build the site, and look again.`);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
}
