/** What is left after many runs. How much memory that takes is measured by `npm run bench -- repeats`. */
import { expect, test } from '@playwright/test';
import { BOTH } from '../both.ts';
import { openLab } from '../lab-page.ts';

test('runs that were stopped leave nothing behind but the next environment', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: 'def lambda_handler(event, context):\n    while True:\n        pass\n',
  });
  for (let cycle = 0; cycle < 3; cycle += 1) {
    await lab.run.click();
    await expect(lab.status).toHaveText('Running');
    expect(page.frames().length, 'an environment, and perhaps the next one').toBeLessThanOrEqual(3);
    await lab.stop.click();
    await expect(lab.status).toHaveText('Stopped');
    await expect(page.locator('iframe'), 'the next environment').toHaveCount(1);
  }
});

test('many runs leave one environment and its spare at most, and a log of one run', async ({ page }) => {
  const lab = await openLab(page, { source: 'def lambda_handler(event, context):\n    print("line")\n' });
  for (let run = 0; run < 15; run += 1) {
    await lab.runToItsEnd();
    expect((await lab.log()).match(/^line$/gm)).toHaveLength(1);
  }
  expect(page.frames().length, 'the page, an environment, and perhaps the next one').toBeLessThanOrEqual(3);
});
