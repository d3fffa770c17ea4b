/** The keyboard in the panes of a lab: where Tab leads, that one sees where one is, and that nothing keeps it. */
import { expect, test, type Page } from '@playwright/test';
import { BOTH } from './both.ts';
import { goInHistory } from './go-in-history.ts';
import { LabPage, openLab } from './lab-page.ts';

const SOURCE = `import boto3
def lambda_handler(event, context):
    open("/tmp/note", "w").close()
    boto3.client("s3").put_object(Bucket="odd", Key="object", Body=b"text")
`;

/** Where the focus is: what it is called, null outside the lab, and whether it is to be seen. */
function whereIsFocus(page: Page): Promise<{ name: string | null; seen: boolean }> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused?.closest('lab-root')) return { name: null, seen: true };
    const shown = focused.shadowRoot === null ? focused : (focused.closest('lab-editable') ?? focused);
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const box = shown.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    const name = focused.getAttribute('aria-label') ?? focused.textContent.trim();
    return { name, seen: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && inSight };
  });
}

/** Every stop of the Tab key from where the focus is until it leaves the lab. */
async function stopsFromHere(page: Page): Promise<{ name: string | null; seen: boolean }[]> {
  const stops: Awaited<ReturnType<typeof whereIsFocus>>[] = [];
  for (let stop = await whereIsFocus(page); stop.name !== null && stops.length < 500;) {
    stops.push(stop);
    await page.keyboard.press('Tab');
    stop = await whereIsFocus(page);
  }
  return stops;
}

test(
  'Tab leads through head, code, view and bar in their order, is seen everywhere, and comes out',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, { source: SOURCE });
    await lab.runToItsEnd();
    await lab.openView('Files');
    await lab.reset.focus();
    // Only a focus that came by a key is drawn.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const stops = await stopsFromHere(page);
    expect(stops.filter(({ seen }) => !seen)).toEqual([]);
    const names = stops.map(({ name }) => name);
    const order = [
      'Reset',
      'Run',
      'Share',
      'More actions',
      'lambda_function.py',
      'Open a file of the runtime',
      'Copy',
    ];
    expect(names.slice(0, order.length)).toEqual(order);
    for (const name of ['note', 'Download /tmp/note']) expect(names).toContain(name);
    expect(names.indexOf('Files1')).toBeLessThan(names.indexOf('note'));
    expect(names.at(-1)).toBe('Next step');
  },
);

test('what is opened takes the focus, and gives it back to what opened it', BOTH, async ({ page }) => {
  const lab = await openLab(page, { source: SOURCE });
  await lab.runToItsEnd();
  await lab.openView('Bucket');
  const bucket = lab.root.getByRole('region', { name: 'Bucket', exact: true });
  const object = bucket.getByRole('button', { name: 'object', exact: true });
  await object.focus();
  await page.keyboard.press('Enter');
  await expect(bucket.locator('.lab-storage-open')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(object).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bucket.locator('.lab-storage-open')).toBeFocused();
  // Its row is another one by then.
  await lab.root.getByRole('button', { name: 'Previous step', exact: true }).click();
  await lab.root.getByRole('slider', { name: 'Step' }).press('End');
  await bucket.locator('pre').focus();
  await page.keyboard.press('Escape');
  await expect(object).toBeFocused();
  // A list that is drawn anew, as that of the step that put the object is, leaves the focus where it was.
  await lab.root.getByRole('slider', { name: 'Step' }).evaluate(async (slider: HTMLInputElement) => {
    const row = document.activeElement;
    while (row?.isConnected === true && slider.valueAsNumber > 1) {
      slider.stepDown();
      slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }
  });
  await expect(object).toBeFocused();
});

test('arrow keys, Home and End move among tabs and choose at once', BOTH, async ({ page }) => {
  const lab = await openLab(page);
  const tab = (name: string) => lab.root.getByRole('tab', { name, exact: true });
  await lab.root.getByRole('button', { name: 'More', exact: true }).click();
  await tab('Output').focus();
  await page.keyboard.press('End');
  await expect(tab('Files')).toBeFocused();
  await expect(tab('Files')).toHaveAttribute('aria-selected', 'true');
  await expect(lab.root.getByRole('tabpanel', { name: 'Files' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Output')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await expect(tab('Output')).toHaveAttribute('aria-selected', 'true');
});

test('Leave does not drop the focus when it goes, nor does Back', BOTH, async ({ page }) => {
  // A lab beside the words that lead through it makes no entries in the history; this one does.
  await page.goto('en/cold-and-warm/');
  const lab = new LabPage(page, 'en', 'keep-the-count--lambda-today');
  const button = (name: string | RegExp) => lab.root.getByRole('button', { name, exact: true });
  const open = lab.root.locator('.time-open');
  await open.focus();
  await page.keyboard.press('Enter');
  await expect(button('Next step')).toBeFocused();
  await expect(page).toHaveURL(/#/);
  await button('Leave').focus();
  await page.keyboard.press('Enter');
  await expect(open).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#/);
  await button('Step into').focus();
  await goInHistory(page, -1);
  await expect(open).toBeFocused();
});
