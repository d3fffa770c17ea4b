/** One lab with several platforms, and with several cases: what a reader chooses, and which addresses lead to it. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';

const WORDS = {
  en: {
    cases: 'Cases',
    platform: 'Platform',
    first: 'An error in the handler',
    second: 'A missing module',
    beforeLast: 'Running out of time',
    last: 'A slow init',
    today: 'Lambda today',
    missing: 'Lambda, 2016: not recorded',
  },
  ja: {
    cases: 'ケース',
    platform: 'プラットフォーム',
    first: 'ハンドラーの中のエラー',
    second: '存在しないモジュール',
    beforeLast: 'タイムアウト',
    last: '遅すぎる初期化',
    today: '現在の Lambda',
    missing: 'Lambda 2016：記録なし',
  },
} as const;

/** The page's first group of labs, once its element is there. */
async function openGroup(page: Page, address: string): Promise<Locator> {
  await page.goto(address);
  await page.waitForFunction(() => customElements.get('lab-group') !== undefined);
  return page.locator('lab-group').first();
}

/** The lab that is shown: there is always one. */
function shown(group: Locator): Locator {
  return group.locator('lab-root:not([hidden])');
}

async function expectShown(group: Locator, id: string): Promise<void> {
  await expect(shown(group)).toHaveCount(1);
  await expect(shown(group)).toHaveAttribute('id', id);
}

function platformOf(group: Locator, name = 'Platform'): Locator {
  return shown(group).getByRole('combobox', { name, exact: true });
}

for (const language of ['en', 'ja'] as const) {
  const words = WORDS[language];

  test(
    `cases are tabs, by the arrow keys as well, and each is shown on the platform that was asked for (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const group = await openGroup(page, `${language}/when-it-fails/`);
      const tabs = group.getByRole('tablist', { name: words.cases }).getByRole('tab');
      await expect(tabs).toHaveCount(7);
      const tab = (name: string): Locator => tabs.filter({ hasText: name });
      await expectShown(group, 'raise-an-error--lambda-today');
      await tab(words.first).focus();
      await page.keyboard.press('ArrowRight');
      await expect(tab(words.second)).toBeFocused();
      await expect(tab(words.second)).toHaveAttribute('aria-selected', 'true');
      await expect(tab(words.first)).toHaveAttribute('tabindex', '-1');
      await expectShown(group, 'import-what-is-not-there--lambda-today');
      await page.keyboard.press('End');
      await expectShown(group, 'load-too-long--lambda-today');
      await page.keyboard.press('ArrowRight');
      await expectShown(group, 'raise-an-error--lambda-today');
      await page.keyboard.press('ArrowLeft');
      await expect(tab(words.last)).toBeFocused();
      await page.keyboard.press('ArrowLeft');
      await expect(tab(words.beforeLast)).toBeFocused();
      await platformOf(group, words.platform).selectOption('take-too-long--lambda-2016');
      await expectShown(group, 'take-too-long--lambda-2016');
      await expect(platformOf(group, words.platform)).toBeFocused();
      await expect(platformOf(group, words.platform)).toHaveValue('take-too-long--lambda-2016');
      await tab(words.second).click();
      await expectShown(group, 'import-what-is-not-there--lambda-2016');
    },
  );

  test(`a platform that has no recording of a case says so and cannot be chosen (${language})`, async ({
    page,
  }) => {
    const group = await openGroup(page, `${language}/when-it-fails/`);
    const cases = group.getByRole('tablist', { name: words.cases }).getByRole('tab');
    await expectShown(group, 'raise-an-error--lambda-today');
    await expect(platformOf(group, words.platform).getByRole('option', { disabled: true })).toHaveCount(0);
    await cases.last().click();
    await expectShown(group, 'load-too-long--lambda-today');
    const missing = platformOf(group, words.platform).getByRole('option', { name: words.missing });
    await expect(missing).toBeDisabled();
    await cases.first().click();
    await expectShown(group, 'raise-an-error--lambda-today');
  });
}

for (const { width, height } of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(
    `a group is as high in every case and at every moment, ${String(width)} px`,
    bothIf(width === 1440),
    async ({ page }) => {
      await page.setViewportSize({ width, height });
      const group = await openGroup(page, 'en/when-it-fails/');
      const high = (): Promise<number> => group.evaluate((one) => one.getBoundingClientRect().height);
      const before = await high();
      expect(before).toBeLessThanOrEqual(width === 1440 ? 640 : height);
      for (const tab of await group.getByRole('tablist', { name: 'Cases' }).getByRole('tab').all()) {
        await tab.click();
        await expect(tab).toHaveAttribute('aria-selected', 'true');
        expect(await high()).toBe(before);
        await shown(group).getByRole('button', { name: 'Next step' }).click();
        await expect(shown(group)).toHaveClass(/is-stepping/);
        expect(await high()).toBe(before);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    },
  );
}

test('addresses lead to the lab of a case and a platform, and to its moments', BOTH, async ({ page }) => {
  const group = await openGroup(page, 'en/when-it-fails/#take-too-long--lambda-2016/end');
  await expectShown(group, 'take-too-long--lambda-2016');
  await expect(shown(group).locator('.time-says')).toContainText('The handler was still asleep.');
  await expect(group.getByRole('tab', { name: 'Running out of time' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(group.getByRole('tablist', { name: 'Cases' })).toBeInViewport();

  const link = page.locator('.prose a[href="#leave-by-exit--lambda-today"]').first();
  await link.click();
  await expectShown(group, 'leave-by-exit--lambda-today');
  await expect(group.getByRole('tablist', { name: 'Cases' })).toBeInViewport();
  await page.goBack();
  await expectShown(group, 'take-too-long--lambda-2016');

  const other = await openGroup(page, 'en/cold-and-warm/#put-off-the-start--lambda-2016');
  await expectShown(other, 'put-off-the-start--lambda-2016');
  await page.locator('lab-step[data-lab="keep-the-count--lambda-today"] a').first().click();
  await expectShown(other, 'keep-the-count--lambda-today');
  await expect(shown(other)).toHaveClass(/is-stepping/);
  await expect(shown(other).locator('.time-says')).toBeInViewport();
});

test(
  'a reader’s change goes along to a platform that has none, and never over one that is there',
  BOTH,
  async ({ page }) => {
    const group = await openGroup(page, 'en/follow-the-imports/');
    const [then, now] = ['find-the-imports--lambda-2016', 'find-the-imports--lambda-today'];
    const write = async (text: string): Promise<void> => {
      await shown(group).locator('lab-editable').first().locator('.line').last().click();
      await expect(shown(group).getByRole('textbox', { name: /lambda_function\.py/ })).toBeFocused();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.type(text);
    };
    const code = (): Locator => shown(group).locator('lab-editable').first();
    await write(' # one');
    await platformOf(group).selectOption(now);
    await expectShown(group, now);
    await expect(code()).toContainText('# one');
    await expect(shown(group).getByRole('region', { name: 'Output' })).toContainText('before your change');
    await write(', two');
    await platformOf(group).selectOption(then);
    await expectShown(group, then);
    await expect(code()).toContainText('# one');
    await expect(code()).not.toContainText('two');
    await page.reload();
    await expect(code()).toContainText('# one');
    await platformOf(group).selectOption(now);
    await expect(code(), 'each platform keeps a draft of its own').toContainText('# one, two');
  },
);

test('what the browser’s search finds in a lab that waits comes into sight, with its case', async ({
  page,
}) => {
  // A text in an address is looked for as the browser's own search does it.
  await page.goto('en/when-it-fails/#:~:text=Cleaning%20up');
  await page.waitForFunction(() => customElements.get('lab-group') !== undefined);
  const group = page.locator('lab-group');
  await expect(shown(group)).toHaveCount(1);
  await expect(shown(group)).toHaveAttribute('id', /^take-too-long--/);
  await expect(group.getByRole('tab', { name: 'Running out of time' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('all cases follow one another on all platforms, each with its title', async ({ page }) => {
    await page.goto('en/when-it-fails/');
    const labs = page.locator('lab-group lab-root');
    await expect(labs).toHaveCount(13);
    await expect(page.getByRole('tablist', { name: 'Cases' })).toBeHidden();
    const titles: string[] = [];
    for (const lab of await labs.all()) {
      await expect(lab.locator('lab-output')).toBeVisible();
      await expect(lab.getByRole('heading', { level: 3 }).and(lab.locator('.bench-title'))).toBeVisible();
      titles.push((await lab.locator('.bench-case').innerText()).trim());
    }
    expect(titles).toEqual([
      ...[
        'An error in the handler',
        'A missing module',
        'Bad syntax',
        'A result no JSON can hold',
        'Leaving by the exit',
        'Running out of time',
      ].flatMap((title) => [title, title]),
      'A slow init',
    ]);
  });
});
