import { expect, test } from '@playwright/test';
import { openLab } from './lab-page.ts';

for (const address of ['', 'en/', 'ja/', 'en/who-called-me/', 'ja/who-called-me/', '404.html']) {
  test(`the policy of /${address} is there and nothing on the page is against it`, async ({ page }) => {
    const against: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) against.push(message.text());
    });
    await page.goto(address);
    await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute(
      'content',
      /^default-src 'none'; script-src 'self' 'sha256-/,
    );
    // Without its styles a page would still pass the rest.
    await expect(page.locator('body')).not.toHaveCSS('margin', '8px');
    expect(against).toEqual([]);
  });
}

test('a run is not against the policy either, and a script of somebody else’s is', async ({
  page,
  browserName,
}) => {
  const against: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) against.push(message.text());
  });
  const lab = await openLab(page);
  await lab.runToItsEnd();
  await lab.runToItsEnd();
  expect(against).toEqual([]);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.body.append(script);
  });
  await expect(page).not.toHaveTitle('taken over');
  await expect.poll(() => against.length, `${browserName} tells`).toBe(1);
});
