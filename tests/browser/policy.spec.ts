import { expect, test, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { openLab } from './lab-page.ts';
import { setHidden } from './set-hidden.ts';

/** What was against a page's policy so far: Chromium says it on the console, for frames too; every browser in the page. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) said.push(message.text());
  });
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.violatedDirective));
  });
  return async () => [
    ...said,
    ...(await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)),
  ];
}

for (const address of [
  '',
  'en/',
  'ja/',
  'en/articles/',
  'en/who-called-me/',
  'ja/who-called-me/',
  '404.html',
]) {
  test(
    `the policy of /${address} is there and nothing on the page is against it`,
    bothIf(address === 'en/who-called-me/'),
    async ({ page }) => {
      const violations = await watchPolicy(page);
      await page.goto(address);
      await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute(
        'content',
        /^default-src 'none'; script-src 'self' 'sha256-/,
      );
      // Without its styles a page would still pass the rest.
      await expect(page.locator('body')).not.toHaveCSS('margin', '8px');
      expect(await violations()).toEqual([]);
    },
  );
}

test('a run is not against the policy either, and a script of somebody else’s is', BOTH, async ({ page }) => {
  const violations = await watchPolicy(page);
  const lab = await openLab(page);
  await lab.runToItsEnd();
  await lab.runToItsEnd();
  // The editor brings styles of its own, a stopped run a new frame.
  await lab.root.getByRole('region', { name: 'Code' }).locator('pre').first().click();
  await expect(lab.root.getByRole('textbox').first()).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  // Typed over a selection, Chromium would try to keep the selection's style by an attribute, and be refused.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('def lambda_handler(event, context):\n    while True:\n        pass\n');
  // The function's time-out is not to end it before Stop does.
  await setHidden(page, true);
  await lab.run.click();
  await expect(lab.status).toHaveText('Running');
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  expect(await violations()).toEqual([]);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.body.append(script);
  });
  await expect.poll(violations).toContainEqual(expect.stringMatching(/script-src/));
  await expect(page).not.toHaveTitle('taken over');
});
