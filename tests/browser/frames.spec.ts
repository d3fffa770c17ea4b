import { expect, test } from '@playwright/test';
import { openLab } from './lab-page.ts';

for (const language of ['en', 'ja'] as const) {
  test(`a frame of the runtime opens its file at its line (${language})`, async ({ page }) => {
    const lab = await openLab(page, { language });
    const frame = lab.output.getByRole('link', { name: /bootstrap\.py", line \d+/ }).last();
    const line = /line (\d+)/.exec((await frame.textContent()) ?? '')?.[1] ?? '';
    await frame.focus();
    await page.keyboard.press('Enter');
    const source = lab.root.getByRole('region', { name: language === 'en' ? 'Source' : 'ソース' });
    await expect(source).toContainText('/var/runtime/awslambda/bootstrap.py');
    const marked = source.locator('.is-marked');
    await expect(marked).toHaveAttribute('data-line', line);
    await expect(marked).toHaveText('result = request_handler(json_input, context)');
    await expect(marked).toBeInViewport();
    await page.keyboard.press('Escape');
    await expect(source).toBeHidden();
    await expect(frame).toBeFocused();
  });
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
  await expect(lab.root.getByRole('region', { name: 'Source' }).locator('.is-marked')).toHaveText('main()');
  await lab.output.getByRole('link', { name: /lambda_function\.py/ }).click();
  await expect(lab.root.locator('lab-editable .is-marked')).toHaveText('traceback.print_stack()');
});

test('without the lab’s script a frame leads to the file’s own page, at the line', async ({ page }) => {
  await page.route(/\/_astro\/Lab/, (route) => route.abort());
  await page.goto('en/who-called-me/');
  const frame = page
    .locator('lab-root')
    .first()
    .getByRole('link', { name: /bootstrap\.py/ })
    .last();
  const line = /line (\d+)/.exec((await frame.textContent()) ?? '')?.[1] ?? '';
  await frame.click();
  await expect(page).toHaveURL(
    new RegExp(`/en/source/lambda-2016/var/runtime/awslambda/bootstrap\\.py/#L${line}$`),
  );
  await expect(page.locator(`#L${line}`)).toBeInViewport();
});

test('a frame that names no file here says so', async ({ page }) => {
  await page.goto('en/who-called-me/');
  const lab = page.locator('lab-root#sourceless-pyc--lambda-2016');
  await expect(
    lab.getByText('File "/Users/marcy/project/lambda-source/lambda_function.py", line 4'),
  ).toHaveAttribute('title', /there is no file at this path/);
});
