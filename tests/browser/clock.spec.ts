/** A lab whose clock runs ahead: its sleeps take no time of the reader's, whose own limit counts real time. */
import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { openLab } from './lab-page.ts';
import { setHidden } from './set-hidden.ts';

test('an init of eleven seconds and a sleep of sixty end before the page’s limit', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    clock: 'ahead',
    source: `import asyncio, time

began = time.time(), time.monotonic()
time.sleep(11)
init = [round(time.time() - began[0]), round(time.monotonic() - began[1])]

def lambda_handler(event, context):
    before = time.perf_counter()
    asyncio.run(asyncio.sleep(60))
    print(init, round(time.perf_counter() - before))
`,
  });
  await lab.runToItsEnd();
  await expect(lab.output).toContainText('[11, 11] 60');
});

test('what never sleeps is ended by the page’s limit all the same', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    clock: 'ahead',
    query: 'deadline=5000',
    source: 'def lambda_handler(event, context):\n    print("before")\n    while True: pass\n',
  });
  await setHidden(page, true);
  await lab.run.click();
  await expect(lab.output).toContainText('before');
  await setHidden(page, false);
  await expect(lab.reset).toBeVisible();
  await expect(lab.status).not.toHaveText(/^Finished/);
});

test('the lab says that its clock runs ahead', async ({ page }) => {
  for (const [language, words] of [
    ['en', 'a sleep takes no time'],
    ['ja', 'スリープは待たずに終わり'],
  ] as const) {
    await page.goto(`${language}/when-it-fails/#take-too-long--lambda-today`);
    await expect(page.locator('#take-too-long--lambda-today')).toContainText(words);
    await expect(page.locator('#raise-an-error--lambda-today')).not.toContainText(words);
  }
});
