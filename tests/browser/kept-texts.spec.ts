/** Nothing that a reader has written is lost: texts whose file is gone, and keys that come before the editor. */
import { expect, test } from '@playwright/test';
import { openLab } from './lab-page.ts';

for (const language of ['en', 'ja'] as const) {
  const words =
    language === 'en'
      ? {
          lost: /gone\.py is no longer a file of this example/,
          copy: 'Copy this text',
          drop: 'Drop this text',
        }
      : {
          lost: /gone\.py はもうこの例のファイルではありません/,
          copy: 'このテキストをコピー',
          drop: 'このテキストを捨てる',
        };

  test(`a text whose file is gone can be seen, copied and dropped (${language})`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(() => {
      const key = 'draft:print-the-stack--lambda-2016';
      if (sessionStorage.getItem('set') === null)
        localStorage.setItem(key, '{"original":"1","texts":{"/var/task/gone.py":"mine = 1\\n"}}');
      sessionStorage.setItem('set', '');
    });
    await openLab(page, { language });
    await page.reload();
    const lab = await openLab(page, { language });
    const offer = lab.root.locator('.lab-lost');
    await expect(offer.locator('summary')).toHaveText(words.lost);
    await offer.locator('summary').click();
    await expect(offer.locator('pre')).toHaveText('mine = 1');
    await offer.getByRole('button', { name: words.copy }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('mine = 1\n');
    await offer.getByRole('button', { name: words.drop }).click();
    await expect(offer).toHaveCount(0);
    await page.reload();
    await expect(lab.root.locator('.lab-edits')).toBeHidden();
  });

  test(`keys that come before the editor are not taken, and the page says so (${language})`, async ({
    page,
  }) => {
    const lab = await openLab(page, { language });
    const release = Promise.withResolvers<null>();
    await page.route(/\/editor\.[^/]*\.js$/, async (route) => {
      await release.promise;
      await route.continue();
    });
    const block = lab.root.locator('lab-editable pre').first();
    const coming = (await lab.root.locator('.sheet-hint').getAttribute('data-coming')) ?? '?';
    await block.click();
    await page.keyboard.press('x');
    await expect(lab.status).toHaveText(coming);
    await expect(lab.root.locator('lab-editable.is-coming')).toHaveCount(1);
    release.resolve(null);
    await expect(lab.root.locator('.lab-editor .cm-content')).toBeFocused();
    await expect(lab.root.locator('lab-editable.is-coming')).toHaveCount(0);
    await expect(lab.root.locator('.lab-edits')).toBeHidden();
  });
}
