import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { LabPage, openLab, type Language } from './lab-page.ts';
import { PAGE_KINDS } from './page-kinds.ts';

const WORDS: Readonly<
  Record<Language, { readonly code: string; readonly event: string; readonly sources: string }>
> = {
  en: { code: 'Code', event: 'Event', sources: 'Sources' },
  ja: { code: 'コード', event: 'イベント', sources: '出典' },
};

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });
  for (const language of ['en', 'ja'] as const) {
    test(`the ${language} article is complete`, async ({ page }) => {
      await page.goto(`${language}/who-called-me/`);
      const { root, output, answer } = new LabPage(page, language);
      await expect(root.getByRole('region', { name: WORDS[language].code })).toContainText(
        'traceback.print_stack()',
      );
      await expect(root.locator('lab-editable[data-name="event"]')).toBeVisible();
      await expect(root.locator('lab-editable[data-name="event"]')).toContainText('{}');
      for (const text of [
        'START RequestId',
        'in <module>',
        'in main',
        'in handle_event_request',
        'in lambda_handler',
        'END RequestId',
        'REPORT RequestId',
      ]) {
        await expect(output).toContainText(text);
      }
      await expect(answer).toContainText('null');
      await expect(page.getByRole('heading', { name: WORDS[language].sources })).toBeVisible();
      // A button that could do nothing is not offered.
      await expect(root.getByRole('button')).toHaveCount(0);
    });
  }
});

for (const language of ['en', 'ja'] as const) {
  // 300: what a scroll bar that takes room leaves of 320.
  for (const width of [300, 320, 360, 768, 1440]) {
    test(`nothing in the ${language} article is wider than a screen of ${String(width)} px`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 800 });
      const isTooWide = (): Promise<boolean> =>
        page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      await page.goto(`${language}/who-called-me/`);
      expect(await isTooWide()).toBe(false);
      const { root } = await openLab(page, { language });
      expect(await isTooWide(), 'with the lab opened').toBe(false);
      const inside = await root.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(inside, 'in the lab').toBe(0);
    });
  }
}

test('no page is wider than a screen of 300 px: of any kind, any article, any model', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 300, height: 800 });
  const addresses = new Set<string>(PAGE_KINDS);
  for (const list of ['en/articles/', 'ja/articles/', 'en/platforms/', 'ja/platforms/']) {
    await page.goto(list);
    const links = await page
      .locator('main a[href]')
      .evaluateAll((found) =>
        found.flatMap((link) => (link instanceof HTMLAnchorElement ? [link.href] : [])),
      );
    for (const link of links) {
      const { origin, pathname, href } = new URL(link);
      if (href.startsWith(new URL(page.url()).origin)) addresses.add(origin + pathname);
    }
  }
  for (const address of addresses) {
    await page.goto(address);
    const [content, screen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(content, address).toBe(screen);
  }
});

test('the language switch leads to the same article', async ({ page }) => {
  await page.goto('en/who-called-me/');
  await page.getByRole('link', { name: '日本語' }).click();
  await expect(page).toHaveURL(/\/ja\/who-called-me\/$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
});

test('a lab can be worked by keyboard alone', BOTH, async ({ page }) => {
  const lab = await openLab(page);
  await lab.run.focus();
  await page.keyboard.press('Enter');
  await expect(lab.status).toHaveText(/^Finished/);
  await expect(lab.run).toBeFocused();
  await page.keyboard.press('Space');
  await expect(lab.output).toContainText('your run: warm');
});
