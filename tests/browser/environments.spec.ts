/** What a page makes ready for a run, and when: nothing for who only reads, more the surer it is that the reader runs. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH } from './both.ts';
import { openLab } from './lab-page.ts';

/** The files of the sandbox that were asked for, each by the part of its name before its hash. */
function requestsOf(page: Page): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const name = /\/_sandbox\/([^.]+)\./.exec(request.url())?.[1];
    if (name !== undefined) names.push(name);
  });
  return names;
}

/** What Python boots from. */
const BOOT = ['boot-image', 'pyodide-asm-mjs', 'pyodide-asm-wasm', 'pyodide-mjs'];

function framesOf(page: Page): Locator {
  return page.locator('iframe[title="Python runner"]');
}

/** Waits until the page has nothing to do. */
function untilIdle(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
}

test('the pointer over a lab makes the frame and asks for the worker; over Run, Python’s files begin to come', async ({
  page,
}) => {
  const asked = requestsOf(page);
  // Unfolding what was recorded would be a sign already.
  const lab = await openLab(page, { prediction: true });
  await untilIdle(page);
  expect(asked, 'nothing while the page is read').toEqual([]);
  await expect(framesOf(page)).toHaveCount(0);
  await lab.root.hover({ position: { x: 3, y: 3 } });
  await expect(framesOf(page)).toHaveCount(1);
  await untilIdle(page);
  expect(asked).toEqual(['environment']);
  await lab.run.hover();
  await expect.poll(() => [...asked].sort()).toEqual([...BOOT, 'environment'].sort());
  await expect(framesOf(page)).toHaveCount(1);
  await lab.runToItsEnd();
  // On a busy machine the run may last so long that a spare is made beside it.
  expect(await framesOf(page).count()).toBeLessThanOrEqual(2);
});

test('the focus on Run is as sure a sign as the pointer', async ({ page }) => {
  const asked = requestsOf(page);
  const lab = await openLab(page);
  await lab.run.focus();
  await expect.poll(() => [...asked].sort()).toEqual([...BOOT, 'environment'].sort());
  await expect(framesOf(page)).toHaveCount(1);
});

test('who asks to save data gets nothing of Python’s before the click', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  const asked = requestsOf(page);
  const script = page.waitForResponse((response) => response.url().includes('/_astro/sandbox.'));
  const lab = await openLab(page);
  await lab.run.focus();
  await lab.run.hover();
  await script;
  await untilIdle(page);
  expect(asked).toEqual([]);
  await expect(framesOf(page)).toHaveCount(0);
  await lab.runToItsEnd();
  await expect(framesOf(page)).toHaveCount(1);
});

test('labs that run one after another have two environments between them, and the third run makes the first lab cold', async ({
  page,
}) => {
  await page.goto('en/the-same-trick-today/');
  await page.waitForFunction(() => customElements.get('lab-group') !== undefined);
  const cases = page.getByRole('tablist', { name: 'Cases' }).getByRole('tab');
  const shown = page.locator('lab-group lab-root:not([hidden])');
  const run = async (at: number): Promise<void> => {
    await cases.nth(at).click();
    const start = shown.locator('.lab-line', { hasText: /^START / });
    const before = await start.textContent();
    await shown.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(start).not.toHaveText(before ?? '');
    await expect(shown.getByRole('status')).toHaveText(/^Finished/);
  };
  await run(0);
  await run(1);
  expect(await framesOf(page).count()).toBeLessThanOrEqual(2);
  await run(2);
  expect(await framesOf(page).count()).toBeLessThanOrEqual(2);
  await run(0);
  await expect(shown).toContainText('your run: a cold start');
  expect(await framesOf(page).count()).toBeLessThanOrEqual(2);
});

const ENDLESS = `import time

def lambda_handler(event, context):
    print("looping")
    while True:
        time.sleep(0.01)
`;

test('a long run has a spare beside it, and the run after Stop is in it', BOTH, async ({ page }) => {
  const lab = await openLab(page, { source: ENDLESS });
  test.skip(
    !(await page.evaluate(() => 'Suspending' in WebAssembly)),
    'Python cannot wait here: there is no spare.',
  );
  await lab.run.click();
  await expect(lab.output).toContainText('looping');
  await expect(framesOf(page)).toHaveCount(2);
  const spare = await framesOf(page).last().elementHandle();
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  await expect(framesOf(page)).toHaveCount(1);
  await lab.run.click();
  await expect(lab.output).toContainText('looping');
  expect(
    await framesOf(page)
      .first()
      .evaluate((frame, other) => frame === other, spare),
  ).toBe(true);
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
});

test('a small device has no spare', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'deviceMemory', { value: 1 });
  });
  const lab = await openLab(page, { source: ENDLESS, query: 'deadline=2000' });
  const most = await page.evaluateHandle(() => {
    const seen = { count: 0 };
    const note = (): void => {
      seen.count = Math.max(seen.count, document.querySelectorAll('iframe').length);
    };
    note();
    new MutationObserver(note).observe(document.body, { childList: true });
    return seen;
  });
  await lab.run.click();
  await expect(lab.answer).toContainText('The lab ended the run after 2 seconds');
  await expect(framesOf(page)).toHaveCount(0);
  expect((await most.jsonValue()).count).toBe(1);
});
