/** What a host's policy, an old browser, and scripts that do not come make of a page: each is named, and the recording stays. */
import { expect, test, type Page } from '@playwright/test';
import { BOTH } from '../both.ts';
import { openLab } from '../lab-page.ts';

const ARTICLE = 'en/who-called-me/';

/** The host sends a policy with the page from now on. */
async function sendPolicy(page: Page, policy: string): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route(
    (url) => url.pathname.endsWith(`/${ARTICLE}`) && url.search === '',
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      });
    },
  );
}

/** What a policy refuses, and what the lab says of it. */
const POLICIES: readonly (readonly [string, RegExp])[] = [
  ["script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'", /blob: \(script-src\)/],
  ["script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:", /blob: \(script-src\)/],
  ["script-src 'self' 'unsafe-inline' blob:", /'wasm-unsafe-eval' \(script-src\)/],
  ["script-src 'self' blob: 'wasm-unsafe-eval'", /'sha256-[\w+/]+=*' \(script-src\)/],
  ["worker-src 'none'", /blob: \(worker-src\)/],
  ["connect-src 'none'", /'self' \(connect-src\)/],
  ["default-src 'self'", /'wasm-unsafe-eval'.* \(default-src\)/],
  ["require-trusted-types-for 'script'", /srcdoc \(require-trusted-types-for\)/],
];

test(
  'a policy of the host that refuses what a lab needs is named, with what it lacks',
  BOTH,
  async ({ page }) => {
    for (const [policy, lacking] of POLICIES) {
      await sendPolicy(page, policy);
      const lab = await openLab(page);
      await lab.run.click();
      await expect(lab.status, policy).toContainText('A Content-Security-Policy refuses what this lab needs');
      await expect(lab.status, policy).toContainText(lacking);
      await expect(lab.retry).toBeHidden();
      await expect(lab.output).toContainText('recorded when this site was built');
    }
    // Nor is it a connection's fault where the archive, or the recorded steps, are wanted.
    await sendPolicy(page, "connect-src 'none'");
    const lab = await openLab(page);
    await lab.openView('Files');
    await lab.root.getByRole('button', { name: 'Download all as a zip' }).click();
    await expect(lab.status).toContainText("'self' (connect-src)");
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
    await lab.runToItsEnd();
  },
);

test('scripts that a policy refuses, or that do not come, leave a page as it is without JavaScript, and a sentence', async ({
  page,
}) => {
  // A lab that waits behind another one leaves it to that to say so.
  const lab = page.locator('lab-root').first();
  const sentence = lab.getByText('This lab’s scripts did not come, or something keeps them from running');
  const expectSentence = async (): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(ARTICLE);
    await expect(sentence).toBeVisible();
    await expect(lab).toContainText('in lambda_handler');
  };
  const expectRecording = async (): Promise<void> => {
    await expectSentence();
    await expect(lab.getByRole('button', { name: 'Run' })).toHaveCount(0);
  };
  for (const policy of ["script-src 'unsafe-inline'", "script-src 'none'"]) {
    await sendPolicy(page, policy);
    await expectRecording();
    if (policy.includes('inline')) await expect(sentence).toContainText('script-src-elem');
  }
  // Chromium gives such a page no styles as long as requests are looked at by a test.
  await sendPolicy(page, 'sandbox allow-scripts');
  await expectSentence();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route(/\/_astro\/(?:lab-root|UnitScript)[._]/, (route) =>
    route.fulfill({ status: 404, body: 'Not found' }),
  );
  await expectRecording();
  await page.unrouteAll();
  await page.reload();
  await lab.getByRole('button', { name: 'Run' }).waitFor();
  await expect(sentence).toBeHidden();
});

test('a browser below the floor keeps the recorded lab, and says so', async ({ browser, baseURL }) => {
  for (const lacking of [
    'Array.prototype.findLastIndex',
    'Object.hasOwn',
    'Promise.withResolvers',
    'self.DecompressionStream',
    'self.MessageChannel',
  ]) {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.addInitScript(`delete ${lacking}`);
    await page.goto(ARTICLE);
    const lab = page.locator('lab-root').first();
    const sentence = lab.getByText('This browser is too old to run labs: they need Chrome or Edge 123');
    await expect(sentence, lacking).toBeVisible();
    await expect(lab.getByRole('button', { name: 'Run' })).toHaveCount(0);
    // All views, one under the other, as without JavaScript.
    await expect(lab.locator('lab-output')).toBeVisible();
    await expect(lab.locator('lab-messages')).toBeVisible();
    await page.goto('ja/explain/');
    await expect(page.getByText('このブラウザーは古いため、このツール')).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    expect(faults, lacking).toEqual([]);
    await page.close();
  }
});

test('a search that does not come says so', async ({ page }) => {
  await page.route(/\/_astro\/search-dialog\./, (route) => route.abort());
  await page.goto('en/glossary/');
  await page.waitForFunction(() => customElements.get('site-search') !== undefined);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('alert')).toHaveText(/^The search could not be fetched/);
});
