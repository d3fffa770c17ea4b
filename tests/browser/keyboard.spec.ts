/** The keyboard in the panes of a lab: where Tab leads, that one sees where one is, and that nothing keeps it. */
import { expect, test, type Page } from '@playwright/test';
import { BOTH } from './both.ts';
import { goInHistory } from './go-in-history.ts';
import { openLab } from './lab-page.ts';

const SOURCE = `import boto3
def lambda_handler(event, context):
    open("/tmp/note", "w").close()
    boto3.client("s3").put_object(Bucket="odd", Key="object", Body=b"text")
`;

/** Where the focus is: the pane's title, null outside the lab, and whether it is to be seen. */
function whereIsFocus(page: Page): Promise<{ pane: string | null; name: string; seen: boolean }> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused?.closest('lab-root')) return { pane: null, name: '', seen: true };
    const pane = focused.closest('section')?.querySelector('h4')?.textContent.trim() ?? '';
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    const name = focused.getAttribute('aria-label') ?? focused.textContent.trim();
    return { pane, name, seen: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && inSight };
  });
}

test(
  'Tab leads through messages, files and bucket in their order, is seen everywhere, and comes out',
  BOTH,
  async ({ page }) => {
    // Where motion is welcome the page glides to the focus; here it has to be there at once.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const lab = await openLab(page, { source: SOURCE });
    await lab.runToItsEnd();
    const region = (name: string) => lab.root.getByRole('region', { name, exact: true });
    await region('Messages').getByRole('button', { name: 'Pretty' }).focus();
    // Only a focus that came by a key is drawn.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const stops: Awaited<ReturnType<typeof whereIsFocus>>[] = [];
    for (let stop = await whereIsFocus(page); stop.pane !== null && stops.length < 500;) {
      stops.push(stop);
      await page.keyboard.press('Tab');
      stop = await whereIsFocus(page);
    }
    const panes = stops.map(({ pane }) => pane).filter((pane, index, all) => pane !== all[index - 1]);
    expect(panes).toEqual(['Messages', 'Files', 'Bucket']);
    expect(stops.filter(({ seen }) => !seen)).toEqual([]);
    const names = stops.map(({ name }) => name);
    for (const name of ['note', 'Download /tmp/note', 'object', 'Download object'])
      expect(names).toContain(name);

    // What is opened takes the focus, and gives it back to what opened it.
    const object = region('Bucket').getByRole('button', { name: 'object', exact: true });
    await object.focus();
    await page.keyboard.press('Enter');
    await expect(region('Bucket').locator('.lab-storage-open')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(object).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(region('Bucket').locator('.lab-storage-open')).toBeFocused();
    // Its row is another one by then.
    await lab.root.getByRole('slider', { name: 'Step' }).press('End');
    await region('Bucket').locator('pre').focus();
    await page.keyboard.press('Escape');
    await expect(object).toBeFocused();
  },
);

test(
  'Share has its place before the steps, and does not drop the focus when it goes',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page);
    const button = (name: string) => lab.root.getByRole('button', { name, exact: true });
    await button('Next step').focus();
    await page.keyboard.press('Enter');
    await expect(button('Share')).toBeVisible();
    await expect(page).toHaveURL(/#/);
    for (const name of ['Previous step', 'Leave', 'Share']) {
      await page.keyboard.press('Shift+Tab');
      await expect(button(name), name).toBeFocused();
    }
    await goInHistory(page, -1);
    await expect(button('Share')).toBeHidden();
    await expect(button('Next step')).toBeFocused();
  },
);
