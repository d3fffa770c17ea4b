import { expect, test, type Locator } from '@playwright/test';
import { BOTH } from './both.ts';
import { goInHistory } from './go-in-history.ts';
import { asItIs, hold } from './hold.ts';

/** Goes to a moment by its title. */
async function goTo(pair: Locator, title: string): Promise<void> {
  const select = pair.locator('.time-select');
  if (!(await select.isVisible())) await pair.locator('.time-open').click();
  const option = select.locator('option', { hasText: title });
  await select.selectOption((await option.getAttribute('value')) ?? '');
}

for (const [language, names] of [
  ['en', { pair: 'Both ways, side by side', call: 'Your handler is called' }],
  ['ja', { pair: '二つの待ち方を並べて見る', call: 'ハンドラーの呼び出し' }],
] as const) {
  test(`two handlers on one runtime each show their own file where they are called (${language})`, async ({
    page,
  }) => {
    await page.goto(`${language}/two-ways-to-wait/`);
    const pair = page.getByRole('region', { name: names.pair });
    await goTo(pair, names.call);
    const sources = pair.locator('.pane-code .sheet:not([hidden])');
    await expect(sources).toHaveCount(2);
    for (const [index, name] of ['lambda_handler', 'application'].entries()) {
      const source = sources.nth(index);
      await expect(source.locator('.sheet-path')).toHaveText('/var/task/lambda_function.py');
      await expect(source.locator('.is-marked')).toContainText(`def ${name}(`);
    }
  });
}

test('a moment of a pair has an address, which leads back to it', BOTH, async ({ page }) => {
  await page.goto('en/two-ways-to-wait/');
  const pair = page.getByRole('region', { name: 'Both ways, side by side' });
  await goTo(pair, 'Your handler is called');
  await expect(page).toHaveURL(/#[a-z-]+--pair\/call$/);
  const status = pair.getByRole('status');
  const called = await status.textContent();
  const address = page.url();
  const slider = pair.locator('.lab-slider');
  await slider.press('ArrowRight');
  await expect(page).toHaveURL(/#[a-z-]+--pair\/step-\d+$/);
  const next = await status.textContent();
  expect(next).not.toBe(called);
  await page.reload();
  await expect(status).toHaveText(next ?? '');
  await page.goto('en/two-ways-to-wait/');
  await expect(slider).toHaveValue('0');
  await page.goto(address);
  await expect(status).toHaveText(called ?? '');
});

test(
  'Back leaves a pair as it was before its first step, and Forward shows the moment again',
  BOTH,
  async ({ page }) => {
    await page.goto('en/two-ways-to-wait/');
    const pair = page.getByRole('region', { name: 'Both ways, side by side' });
    const status = pair.getByRole('status');
    const slider = pair.locator('.lab-slider');
    const later = pair.locator('lab-messages .is-later');
    await goTo(pair, 'Your handler is called');
    await expect(page).toHaveURL(/--pair\/call$/);
    await slider.press('ArrowRight');
    await expect(page).toHaveURL(/--pair\/step-\d+$/);
    const shown = await status.textContent();
    // The driver of Firefox waits for a load that never comes.
    await goInHistory(page, -1);
    await expect(slider).toHaveValue('0');
    await expect(status).toBeEmpty();
    await expect(later).toHaveCount(0);
    await expect(slider).toBeHidden();
    await expect(pair.locator('lab-messages [aria-current]')).toHaveCount(0);
    await goInHistory(page, 1);
    await expect(status).toHaveText(shown ?? '');
    await expect(page).toHaveURL(/--pair\/step-\d+$/);
    await expect(later).not.toHaveCount(0);
  },
);

test('Share copies the address of a pair’s moment', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  // The recordings come when the reader has pressed both: what is shared, and what is said last, is the moment all the same.
  const recording = await hold(page, '**/traces/*.json');
  await page.goto('en/two-ways-to-wait/');
  const pair = page.getByRole('region', { name: 'Both ways, side by side' });
  await pair.getByRole('button', { name: 'Next moment' }).click();
  // At once: the page's own address follows a moment later.
  await pair.getByRole('button', { name: 'Share' }).click();
  recording.answer(asItIs);
  await expect(pair.getByRole('status')).toHaveText('A link to this moment is copied.');
  await expect(page).toHaveURL(/#[a-z-]+--pair\/[a-z0-9-]+$/);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('/en/moments/wait-by-event-and-wait-by-http--lambda-2016/');
  // The page of the moment leads back to the pair, at the same mark.
  const here = page.url();
  await page.goto(copied);
  await page.getByRole('link', { name: 'Move both from here' }).click();
  await expect(page).toHaveURL(here);
  await expect(pair).toHaveClass(/is-stepping/);
});

test('a platform that starts its process in another way does so on the page as well', async ({ page }) => {
  await page.goto('en/the-same-trick-today/#start-from-an-image--lambda-today');
  const lab = page.locator('[id="start-from-an-image--lambda-today"]');
  await lab.getByRole('tab', { name: 'Output' }).click();
  await lab.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lab.locator('.lab-origin').first()).toHaveText('your run: a cold start');
  await expect(lab.locator('lab-output')).toContainText('File "<frozen runpy>"');
  await expect(lab.locator('lab-output')).not.toContainText('"/var/runtime/bootstrap.py"');
});
