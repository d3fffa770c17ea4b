/** The search: opened by button and keys, nothing of it fetched before, results by keyboard, its failures, axe. */
import { expect, test, type Page } from '@playwright/test';
import en from '../../content/ui/en.json' with { type: 'json' };
import ja from '../../content/ui/ja.json' with { type: 'json' };
import { BOTH } from './both.ts';
import { violationsOn } from './violations.ts';

/** The addresses of the search's files that the page has fetched. */
function fetchedOn(page: Page): string[] {
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (/\/search\/|search-dialog|search\..*css/.test(request.url())) fetched.push(request.url());
  });
  return fetched;
}

async function openSite(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => customElements.get('site-search') !== undefined);
}

test(
  'the search opens by its keys, answers as one types, and follows the chosen result',
  BOTH,
  async ({ page }) => {
    const fetched = fetchedOn(page);
    await openSite(page, 'en/glossary/');
    expect(fetched).toEqual([]);
    await page.keyboard.press('/');
    const field = page.getByRole('combobox', { name: en.search.label });
    await expect(field).toBeFocused();
    await page.keyboard.type('cold start');
    const options = page.locator('#search').getByRole('option');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await expect(options.first().locator('mark').first()).toHaveText(/cold|start/i);
    await expect(page.locator('.search-status')).toHaveText(/\d+ results?/);
    await expect(page.locator('#search-results')).toHaveAttribute('aria-busy', 'false');
    await page.keyboard.press('ArrowDown');
    const second = options.nth(1);
    await expect(second).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await second.getAttribute('id')) ?? '');
    const href = (await second.getAttribute('href')) ?? '';
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${encodeURI(href)}$`));

    // The page that was opened is offered; `/` can be turned off, Ctrl+K stays.
    await page.waitForFunction(() => customElements.get('site-search') !== undefined);
    await page.keyboard.press('Control+k');
    await expect(page.getByText(en.search.recent)).toBeVisible();
    await expect(options).toHaveCount(1);
    await page.locator('#search').getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+k');
    await expect(field).toHaveValue('');
  },
);

test('a pasted traceback shows its error first; what nothing says is said so; Japanese by an input method', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openSite(page, 'ja/articles/');
  await page.getByRole('button', { name: ja.search.open }).click();
  const field = page.getByRole('combobox', { name: ja.search.label });
  const first = page.locator('#search').getByRole('option').first();
  await field.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text',
      `START\n${'x'.repeat(200_000)}\n[ERROR] Runtime.HandlerNotFound: Handler 'f' missing on module 'g'\n`,
    );
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(first).toHaveAttribute('href', /errors\/handler-not-found\//);
  await field.fill('.*(新幹線[');
  await expect(page.locator('.search-status')).toHaveText(ja.search.nothing);
  await expect(page.getByRole('link', { name: ja.search.contents })).toBeVisible();
  // While an input method composes, Enter is its own.
  await field.fill('ハンドラ');
  await expect(first).toBeVisible();
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await expect(field).toBeVisible();
  expect(await violationsOn(page, '#search')).toEqual([]);
});

test('what is typed while the search is still on its way is in its field', async ({ page }) => {
  await openSite(page, 'en/articles/');
  const { promise, resolve } = Promise.withResolvers<undefined>();
  await page.route('**/search-dialog*.js', async (route) => {
    await promise;
    await route.continue();
  });
  await page.keyboard.press('/');
  await expect(page.locator('site-search')).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.type('cold start');
  resolve(undefined);
  const field = page.locator('#search').getByRole('combobox');
  await expect(field).toHaveValue('cold start');
  await expect(page.locator('#search').getByRole('option').first()).toBeVisible();
  await field.pressSequentially('s');
  await expect(field).toHaveValue('cold starts');
});

test('files that cannot be fetched are said so, and tried again', async ({ page }) => {
  await page.clock.install();
  await openSite(page, 'en/articles/');
  await page.route('**/search/index.json', (route) => route.abort());
  await page.getByRole('button', { name: en.search.open }).click();
  await page.locator('#search').getByRole('combobox').fill('handler');
  await expect(page.locator('.search-status')).toHaveText(en.search.failed);
  // Where a sentence on a slow host would come, this one stays.
  await page.clock.fastForward(1000);
  await expect(page.locator('.search-status')).toHaveText(en.search.failed);
  await page.unroute('**/search/index.json');
  await page.getByRole('button', { name: en.search.retry }).click();
  await expect(page.locator('#search').getByRole('option').first()).toBeVisible();
});
