import { expect, test } from '@playwright/test';
import { openLab } from './lab-page.ts';
import { PAGE_KINDS } from './page-kinds.ts';
import { setHidden } from './set-hidden.ts';
import { violationsOn } from './violations.ts';

const LOOKS = [
  ['light', 320],
  ['dark', 1440],
  ['light', 1440],
  ['dark', 320],
] as const;

for (const address of PAGE_KINDS) {
  test(`axe finds nothing on /${address}, light and dark, narrow and wide`, async ({ page, browserName }) => {
    // It reads every element of a page that has thousands, slowly in Firefox: there two looks have to do.
    test.slow();
    for (const [colorScheme, width] of browserName === 'firefox' ? LOOKS.slice(0, 2) : LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(address);
      expect(await violationsOn(page), `${colorScheme}, ${String(width)} px`).toEqual([]);
    }
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a lab that runs, has run, has failed, is edited, ${colorScheme}`, async ({
    page,
  }) => {
    // The page around it is the same in every state.
    const violations = (): Promise<string[]> => violationsOn(page, '#print-the-stack--lambda-2016');
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const lab = await openLab(page, {
      source:
        'def lambda_handler(event, context):\n    while event == {}:\n        pass\n    raise ValueError(event)\n',
    });
    await lab.run.click();
    await expect(lab.status).toHaveText('Running', { timeout: 40_000 });
    // Axe may take longer than a run may; while nobody looks no time passes for it.
    await setHidden(page, true);
    expect(await violations(), 'running').toEqual([]);
    await setHidden(page, false);
    await lab.stop.click();
    await expect(lab.status).toHaveText('Stopped');
    expect(await violations(), 'stopped').toEqual([]);
    await lab.root.getByRole('region', { name: 'Event' }).locator('pre').click();
    await expect(lab.root.getByRole('textbox', { name: 'Event' })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('[');
    await lab.run.click();
    await expect(lab.status).toHaveText(/^The event is not JSON/);
    expect(await violations(), 'a bad event').toEqual([]);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('1');
    await lab.runToItsEnd();
    await expect(lab.answer).toContainText('ValueError');
    await lab.output.getByRole('link', { name: /bootstrap\.py/ }).click();
    await expect(lab.root.getByRole('region', { name: 'Source' })).toBeVisible();
    expect(await violations(), 'failed, with a source open').toEqual([]);
  });
}

test('axe finds nothing in a phone’s open menu', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('en/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await expect(page.getByRole('navigation', { name: 'Site' })).toBeVisible();
  // The page that the menu covers cannot be reached meanwhile.
  expect(await violationsOn(page, 'header')).toEqual([]);
});

test('axe finds nothing in forced colours', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'its driver cannot force colours');
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('en/who-called-me/');
  expect(await violationsOn(page)).toEqual([]);
});
