import { expect, test } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { openLab, skipQuestion } from './lab-page.ts';

for (const language of ['en', 'ja'] as const) {
  test(
    `a frame of the runtime opens its file at its line (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const lab = await openLab(page, { language });
      const frame = lab.output.getByRole('link', { name: /bootstrap\.py", line \d+/ }).last();
      const line = /line (\d+)/.exec((await frame.textContent()) ?? '')?.[1] ?? '';
      await frame.focus();
      await page.keyboard.press('Enter');
      const code = lab.root.getByRole('region', { name: language === 'en' ? 'Code' : 'コード' });
      const tab = code.getByRole('tab', { name: 'bootstrap.py' });
      await expect(tab).toHaveAttribute('aria-selected', 'true');
      await expect(code.locator('.sheet:not([hidden])')).toContainText('/var/runtime/awslambda/bootstrap.py');
      const marked = code.locator('.is-looked');
      await expect(marked).toHaveAttribute('data-line', line);
      await expect(marked).toHaveText('result = request_handler(json_input, context)');
      await expect(marked).toBeInViewport();
      await page.keyboard.press('Escape');
      await expect(frame).toBeFocused();
    },
  );
}

test('frames of the reader’s own run lead on: the runtime’s to its file, the handler’s to the code', async ({
  page,
}) => {
  const lab = await openLab(page);
  await lab.runToItsEnd();
  await lab.output
    .getByRole('link', { name: /bootstrap\.py/ })
    .first()
    .click();
  const looked = lab.root.locator('.sheet:not([hidden]) .is-looked');
  await expect(looked).toHaveText('main()');
  await lab.output.getByRole('link', { name: /lambda_function\.py/ }).click();
  await expect(looked).toHaveText('traceback.print_stack()');
});

test('without the lab’s script a frame leads to the file’s own page, at the line', async ({ page }) => {
  // All scripts: the lab's lies in a file that those of groups, walks and pairs import as well.
  await page.route(/\/_astro\/[^/]+\.js$/, (route) => route.abort());
  await page.goto('en/who-called-me/');
  expect(await page.evaluate(() => customElements.get('lab-root') === undefined)).toBe(true);
  const root = page.locator('lab-root').first();
  await skipQuestion(root);
  const frame = root
    .locator('lab-output')
    .getByRole('link', { name: /bootstrap\.py/ })
    .last();
  const line = /line (\d+)/.exec((await frame.textContent()) ?? '')?.[1] ?? '';
  await frame.click();
  await expect(page).toHaveURL(
    new RegExp(
      `/en/source/lambda-today/var/lang/lib/python3\\.14/site-packages/awslambdaric/bootstrap\\.py/#L${line}$`,
    ),
  );
  await expect(page.locator(`#L${line}`)).toBeInViewport();
});

for (const [language, words] of [
  ['en', 'your handler · no file at this path'],
  ['ja', '自分のハンドラー · このパスにファイルはありません'],
] as const) {
  test(`a frame that names no file here says so, recorded and run (${language})`, async ({ page }) => {
    await page.goto(`${language}/who-called-me/`);
    const lab = page.locator('lab-root#sourceless-pyc--lambda-2016');
    const line = lab
      .locator('.lab-line')
      .filter({ hasText: 'File "/Users/marcy/project/lambda-source/lambda_function.py", line 4' });
    await expect(line.getByRole('link')).toHaveCount(0);
    await expect(line.locator('.lab-owner')).toHaveAttribute('data-label', words);
    await lab.locator('.lab-run').click();
    await expect(lab.locator('.lab-origin').first()).toHaveText(/^(?:your run|今回の実行)/);
    await expect(lab.locator('.lab-reset')).toBeVisible();
    await expect(line).toHaveText(/, in lambda_handler$/);
    await expect(line.locator('.lab-owner')).toHaveAttribute('data-label', words);
  });
}

test('today’s traceback is shown row by row, and its frames lead on', BOTH, async ({ page }) => {
  await page.goto('en/who-called-me/');
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  const lab = page.locator('lab-root#print-the-stack--lambda-today');
  const editor = lab.getByRole('textbox', { name: /lambda_function/ });
  await lab.locator('lab-editable').first().locator('.line').last().click();
  await expect(editor).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('; 1 / 0');
  await lab.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lab.locator('.lab-line').filter({ hasText: '[ERROR] ZeroDivisionError' })).toBeVisible();
  const rows = (await lab.locator('.lab-line').allInnerTexts()).map((row) => row.trim());
  const first = rows.indexOf('[ERROR] ZeroDivisionError: division by zero');
  expect(rows.slice(first, first + 4)).toEqual([
    '[ERROR] ZeroDivisionError: division by zero',
    'Traceback (most recent call last):',
    'File "/var/task/lambda_function.py", line 4, in lambda_handler',
    'traceback.print_stack(); 1 / 0',
  ]);
  await lab
    .getByRole('link', { name: /lambda_function\.py", line 4/ })
    .last()
    .click();
  await expect(editor, 'the editor goes to the line').toBeFocused();
  await page.keyboard.type('#');
  await expect(lab.locator('.cm-line').nth(3)).toHaveText(/^#/);
});
