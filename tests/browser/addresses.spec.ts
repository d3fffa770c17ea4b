/**
 * What people have kept of this site: forty addresses (tests/fixtures/addresses.json), and what their browser has stored
 * of their texts (tests/fixtures/drafts.json). Both are of one day and never change: content/moved.json may lead on.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import MOVED from '../../content/moved.json' with { type: 'json' };
import { leadOn } from '../../src/i18n/moved.ts';
import KEPT from '../fixtures/addresses.json' with { type: 'json' };
import DRAFTS from '../fixtures/drafts.json' with { type: 'json' };

/** The kept fragments by the page that they are on; a kept page without one has an empty one. */
const FRAGMENTS = new Map<string, string[]>();
for (const address of KEPT) {
  const [page = '', fragment = ''] = address.split('#');
  FRAGMENTS.set(page, [...(FRAGMENTS.get(page) ?? []), fragment]);
}

for (const [page, fragments] of FRAGMENTS) {
  test(`/${page} opens, and where it is led into it, it opens there`, async ({ page: tab }) => {
    let opened: string | null = null;
    for (const fragment of fragments) {
      const address = leadOn(fragment === '' ? page : `${page}#${fragment}`, MOVED);
      expect(address, `/${page}#${fragment} leads somewhere`).not.toBeNull();
      const [now = '', place = ''] = (address ?? '').split('#');
      if (opened === page) await tab.evaluate((hash) => (location.hash = hash), `#${fragment}`);
      else expect((await tab.goto(`./${page}${fragment === '' ? '' : `#${fragment}`}`))?.status()).toBe(200);
      opened = page;
      await expect(tab).toHaveURL((url) => url.pathname.endsWith(`/${now}`));
      await expectPlace(tab, place);
      // The reader of a page that has moved is on another page now.
      if (now !== page) opened = null;
    }
  });
}

/** Whether the page shows what a fragment names. */
async function expectPlace(page: Page, fragment: string): Promise<void> {
  const line = /^(.*?L)(\d+)$/.exec(fragment);
  const moment = /^([^/]+)\/(.+)$/.exec(fragment);
  if (fragment === '') await expect(page.locator('h1').first()).toBeVisible();
  else if (line !== null) await expectLine(page, line[1] ?? '', Number(line[2]));
  else if (moment !== null) await expectMoment(page.locator(`[id="${moment[1] ?? ''}"]`), moment[2] ?? '');
  else {
    await expect(page.locator(`[id="${fragment}"]`)).toBeInViewport();
    await expect(page.locator(`[id="${fragment}"].is-stepping`)).toHaveCount(0);
  }
}

/** The line of a file, or its last one. */
async function expectLine(page: Page, prefix: string, number: number): Promise<void> {
  const last = await page.locator(`.code .line[id^="${prefix}"]`).count();
  const target = page.locator('.line:target');
  await expect(target).toHaveAttribute('id', `${prefix}${Math.min(number, last)}`);
  await expect(target).toBeInViewport();
}

/** The moment of a lab or a pair, or its last one. */
async function expectMoment(lab: Locator, name: string): Promise<void> {
  await expect(lab).toHaveClass(/\bis-stepping\b/);
  const slider = lab.locator('.lab-slider').first();
  await expect(lab.locator('.time-next').first()).toBeInViewport();
  const step = /^step-(\d+)$/.exec(name)?.[1];
  if (step === undefined) {
    await expect(lab.locator('.time-select').first()).toHaveValue(name);
    return;
  }
  // A pair counts its positions from 0.
  const { value, min, max } = await slider.evaluate(({ value, min, max }: HTMLInputElement) => ({
    value,
    min,
    max,
  }));
  const first = Number(min);
  expect(Number(value), name).toBe(Math.min(Number(step) - 1 + first, Number(max)));
}

test('a reader finds what their browser has kept of their texts', async ({ page }) => {
  await page.addInitScript((drafts) => {
    for (const [name, text] of Object.entries(drafts)) localStorage.setItem(name, text);
  }, DRAFTS);
  await page.goto('en/who-called-me/#print-the-stack--lambda-2016');
  const lab = page.locator('[id="print-the-stack--lambda-2016"]');
  const textOf = (name: string): Locator => lab.locator(`lab-editable[data-name="${name}"]`);
  await expect(textOf('/var/task/lambda_function.py')).toContainText('print("kept in the code")');
  await expect(textOf('event')).toHaveText('{"kept": "in the event"}');
  await expect(textOf('/var/runtime/awslambda/bootstrap.py')).toContainText('# kept in the runtime');
  await expect(lab.locator('.lab-edits')).toBeVisible();
  await page.goto('ja/read-the-caller/');
  await expect(page.locator('[id="print-the-file--lambda-2016"]')).toContainText(
    'print("kept in another lab")',
  );
});
