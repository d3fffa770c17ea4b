import { expect, test } from '@playwright/test';
import { openLab, type LabPage } from './lab-page.ts';

/** The editor that has come over a text, by the name of what it edits. */
const editor = (lab: LabPage, name: RegExp) => lab.root.getByRole('textbox', { name });

test('a reader changes a line, runs it from the keyboard, and finds it again after a reload', async ({
  page,
}) => {
  const lab = await openLab(page);
  const block = lab.root.locator('lab-editable').first();
  const place = () =>
    block.evaluate(({ offsetTop, offsetWidth, offsetHeight }: HTMLElement) => [
      offsetTop,
      offsetWidth,
      offsetHeight,
    ]);
  const before = await place();
  await block.locator('.line').last().click();
  const code = editor(lab, /lambda_function\.py/);
  await expect(code).toBeFocused();
  expect(await place(), 'nothing has moved').toEqual(before);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('print("hello")');
  await expect(lab.output).toContainText(
    'recorded when this site was built: a cold start, before your change',
  );
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(lab.status).toHaveText(/^Finished/, { timeout: 40_000 });
  expect(await lab.log()).toContain('\nhello\n');
  await expect(code).toBeFocused();

  await page.keyboard.type('; print("again")');
  await page.keyboard.press('Shift+Enter');
  await expect.poll(() => lab.log()).toContain('\nhello\nagain\n');
  await expect(lab.output, 'changed code is deployed anew').toContainText('your run: a cold start');

  await page.reload();
  await expect(block).toContainText('print("hello"); print("again")');
  await expect(lab.root).toContainText('Your browser keeps it for your next visit.');
  await lab.root.getByText('What you changed').click();
  await expect(lab.root.locator('.lab-difference ins')).toHaveText('+     print("hello"); print("again")');
  await lab.root.getByRole('button', { name: 'Show the original' }).click();
  await expect(block).not.toContainText('hello');
  await lab.root.getByRole('button', { name: 'Bring my text back' }).click();
  await expect(block).toContainText('print("hello"); print("again")');
  await lab.reset.click();
  await expect(block).not.toContainText('hello');
  await page.reload();
  await expect(block).not.toContainText('hello');
});

test('an event that is no JSON is shown at its place, and nothing runs', async ({ page }) => {
  const lab = await openLab(page);
  const before = await lab.log();
  await lab.root.getByRole('region', { name: 'Event' }).locator('pre').click();
  const event = editor(lab, /Event/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('{"a": 1,\nb}');
  await lab.run.click();
  await expect(lab.status).toHaveText(/^The event is not JSON, so nothing was run\./);
  await expect(event).toBeFocused();
  expect(await lab.log()).toBe(before);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('{"a": 1}');
  await lab.runToItsEnd();
  await expect(lab.root.locator('.lab-fault')).toBeHidden();
});

test('the event that is run is the reader’s', async ({ page }) => {
  const lab = await openLab(page, { source: 'def lambda_handler(event, context):\n    return event\n' });
  await lab.root.getByRole('region', { name: 'Event' }).locator('pre').click();
  await expect(editor(lab, /Event/)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('["読者", 1]');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('["\\u8aad\\u8005", 1]');
});

test('the keyboard goes into the editor, indents in it, and out of it again', async ({ page }) => {
  const lab = await openLab(page);
  await lab.root.getByRole('button', { name: 'Copy' }).focus();
  await page.keyboard.press('Tab');
  const code = editor(lab, /lambda_function\.py/);
  await expect(code).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(code).toContainText('    import traceback');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(code).not.toBeFocused();
  await expect(editor(lab, /Event/), 'what comes next').toBeFocused();
});

test('texts live on in the page where the browser keeps nothing', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  const lab = await openLab(page);
  await lab.root.locator('lab-editable').first().locator('.line').last().click();
  await expect(editor(lab, /lambda_function\.py/)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('; print("kept")');
  await expect(lab.root).toContainText('a reload loses it');
  await lab.runToItsEnd();
  expect(await lab.log()).toContain('kept');
});

test('on a phone the editor’s text is not so small that the browser would zoom into it', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    baseURL: baseURL ?? '',
  });
  try {
    const page = await context.newPage();
    const lab = await openLab(page);
    await lab.root.locator('lab-editable').first().locator('.line').last().click();
    const code = editor(lab, /lambda_function\.py/);
    await expect(code).toBeFocused();
    if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches)) {
      await expect(code).toHaveCSS('font-size', '16px');
    }
    await expect(code).toHaveAttribute('autocapitalize', 'off');
    await expect(code).toHaveAttribute('spellcheck', 'false');
  } finally {
    await context.close();
  }
});
