/** Another process in the same environment, as today's Lambda starts one: in the page, after an end and within a run. */
import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';

test('a process that ends leaves an environment that the next run goes on in', BOTH, async ({ page }) => {
  await page.goto('en/when-it-fails/#leave-by-exit--lambda-today');
  const lab = page.locator('lab-root#leave-by-exit--lambda-today');
  const [run, log, life] = [
    lab.locator('.lab-run'),
    lab.locator('lab-output pre'),
    lab.locator('.life-text'),
  ];
  const environment = lab.locator('.lab-environment');
  await expect(environment).toContainText('would have been a new one in the same environment');
  await run.click();
  await expect(life).toHaveText('cold start');
  await expect(environment).toContainText('the next run is a new one in the same environment');
  await expect(log).toContainText('INIT_START');
  await run.click();
  await expect(life).toHaveText('new process after a reset');
  await expect(environment).toContainText('the next run is a new one in the same environment');
  await expect(log).toContainText('START RequestId');
  await expect(log).not.toContainText('INIT_START');
});

test('an init that fails is tried again within the run', BOTH, async ({ page }) => {
  await page.goto('en/when-it-fails/#import-what-is-not-there--lambda-today');
  const lab = page.locator('lab-root#import-what-is-not-there--lambda-today');
  await lab.locator('.lab-run').click();
  await expect(lab.locator('.life-text')).toHaveText('cold start');
  await expect(lab.locator('.lab-environment')).toContainText('the next run is a new one');
  const text = (await lab.locator('lab-output pre').textContent()) ?? '';
  expect(text.match(/^INIT_REPORT .*$/gm)?.map((line) => line.split('\t')[1])).toEqual([
    'Phase: init',
    'Phase: invoke',
  ]);
  await expect(lab.locator('.lab-payload')).toContainText('Runtime.ImportModuleError');
});
