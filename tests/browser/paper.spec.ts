/** A printed lab: lists with all that is in them, and nothing that only a screen can do. */
import { expect, test, type Locator } from '@playwright/test';
import { openLab } from './lab-page.ts';

const SOURCE = `import boto3
def lambda_handler(event, context):
    for number in range(40):
        open(f"/tmp/note {number}", "w").close()
        boto3.client("s3").put_object(Bucket="odd", Key=f"note {number}", Body=b"")
    return ["a long answer"] * 400
`;

/** What is cut off: each element with more in it than it shows. */
function cutOff(part: Locator): Promise<string[]> {
  return part.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).overflow !== 'visible')
      .filter(
        ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
          clientHeight > 1 && (scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1),
      )
      .map(({ localName, className }) => `${localName}.${className}`),
  );
}

/** What sticks out of its sheet, and so lies on the next one. */
function stickingOut(part: Locator): Promise<string[]> {
  return part.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('.sheet')]
      .filter((sheet) => sheet.checkVisibility() && sheet.scrollHeight > sheet.clientHeight + 1)
      .map(({ dataset: { name, view } }) => view ?? name ?? ''),
  );
}

for (const isStepping of [false, true]) {
  test(`a lab is printed as lists, ${isStepping ? 'at a moment' : 'at its end'}, and nothing of them is cut off`, async ({
    page,
  }) => {
    const lab = await openLab(page, { source: SOURCE });
    await lab.runToItsEnd();
    if (isStepping) {
      await lab.root.getByRole('button', { name: 'Next step' }).click();
      await lab.root.getByRole('slider', { name: 'Step' }).press('End');
    }
    // A4 without its margins.
    await page.setViewportSize({ width: 673, height: 987 });
    await page.emulateMedia({ media: 'print' });
    const region = (name: string): Locator => lab.root.getByRole('region', { name, exact: true });
    const stops = lab.root.getByRole('list', { name: 'The moments that matter' }).getByRole('listitem');
    for (const stop of await stops.all()) {
      await expect(stop.getByRole('link')).toHaveCSS('color', 'rgb(0, 0, 0)');
      await expect(stop.locator('.lab-stop-says')).toBeVisible();
      await expect(stop.locator('.lab-stop-says')).toHaveCSS('position', 'static');
    }
    for (const body of await region('Messages').locator('.lab-body').all()) await expect(body).toBeVisible();
    for (const [pane, name] of [
      ['Files', 'lambda_function.py'],
      ['Files', 'note 39'],
      ['Bucket', 'note 39'],
    ] as const)
      await expect(region(pane).getByText(name, { exact: true })).toBeVisible();
    expect(await cutOff(lab.root)).toEqual([]);
    expect(await stickingOut(lab.root)).toEqual([]);
    await expect(
      lab.root.locator('.bench-head').getByText('Lambda, 2016', { exact: true }).last(),
    ).toBeVisible();
    const controls = lab.root.locator(
      ':is(button, input, select, textarea, progress):not(.lab-storage-name)',
    );
    await expect(controls.filter({ visible: true })).toHaveCount(0);
  });
}

test('a pair that somebody steps through is printed as what crossed in both runs', async ({ page }) => {
  await page.goto('en/who-called-me/');
  const pair = page.getByRole('region', { name: /Then and now/ });
  await pair.getByRole('button', { name: 'Next moment' }).click();
  await expect(pair.getByRole('status')).not.toBeEmpty();
  await page.emulateMedia({ media: 'print' });
  const lists = pair.getByRole('list', { name: 'What crossed, in its order' });
  await expect(lists).toHaveCount(2);
  await expect(lists.filter({ visible: true })).toHaveCount(2);
  expect(await cutOff(pair)).toEqual([]);
  await expect(pair.locator('button, input').filter({ visible: true })).toHaveCount(0);
});
