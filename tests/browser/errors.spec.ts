/** The catalogue of errors: what narrows its list, the labs of a page, and the way to it from a run. */
import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';

test('the list is narrowed by what a reader has in hand', BOTH, async ({ page }) => {
  await page.goto('en/errors/');
  const rows = page.locator('tr[data-id]:visible');
  const field = page.getByRole('searchbox', { name: 'What do you see?' });
  const says = page.locator('.errors-says');
  const all = await rows.count();
  expect(all).toBeGreaterThanOrEqual(32);
  await expect(says).toHaveText(`${String(all)} errors`);

  // A line of a log, with its own numbers and ids.
  await field.fill(
    '2026-01-01T00:00:00.000Z 0a1b2c3d-0000-0000-0000-000000000000 Task timed out after 7.05 seconds',
  );
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAttribute('id', 'timed-out');

  // Words, in one column.
  await page.getByRole('button', { name: 'Status: timeout' }).click();
  await expect(page.getByRole('radio', { name: 'in REPORT' })).toBeChecked();
  await expect(page.locator('#timed-out')).toBeVisible();
  await expect(page.locator('#import-module-error')).toBeHidden();

  await field.fill('nothing has these words');
  await expect(page.locator('.errors-none')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(rows).toHaveCount(all);
  await expect(field).toBeFocused();
});

test('an address may bring what to look for', async ({ page }) => {
  await page.goto('ja/errors/?q=No%20module%20named');
  await expect(page.locator('#import-module-error')).toBeVisible();
  await expect(page.locator('#exit-status')).toBeHidden();
});

test('the list is whole without JavaScript', async ({ browser, baseURL }) => {
  const page = await browser.newPage({
    javaScriptEnabled: false,
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  await page.goto('en/errors/');
  await expect(page.locator('.errors-filter')).toBeHidden();
  await expect(page.locator('#fn-time-out')).toBeVisible();
  await page.goto('en/errors/marshal-error/');
  await page.locator('.fold > summary').first().click();
  await expect(
    page.locator('.fold').first().getByText('lambda_function.lambda_handler').first(),
  ).toBeVisible();
  await page.close();
});

test('a cause is done and mended in one folded lab, to which an address leads', BOTH, async ({ page }) => {
  await page.goto('en/errors/handler-not-found/#name-the-function--lambda-today');
  const lab = page.locator('lab-root#name-the-function--lambda-today');
  await expect(lab).toBeVisible();
  await lab.locator('.lab-run').click();
  await expect(lab.locator('.lab-outcome')).toContainText('The handler returned');
  await expect(lab.locator('.lab-about-error')).toBeHidden();
});

test('a run that ends in an error leads to its page', BOTH, async ({ page }) => {
  await page.goto('en/when-it-fails/#raise-an-error--lambda-today');
  const lab = page.locator('lab-root#raise-an-error--lambda-today');
  const link = lab.locator('.lab-about-error');
  await expect(link).toHaveAttribute('href', /\/en\/errors\/exception-in-handler\/$/);
  await lab.locator('.lab-run').click();
  await expect(lab.locator('.life-text')).toHaveText('cold start');
  await expect(link).toBeVisible();
  await link.click();
  await expect(page).toHaveURL(/\/en\/errors\/exception-in-handler\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('An exception in your handler');
});
