/** What people write with, paste and drag: nothing acts on what is half written, and nothing of theirs is lost. */
import { expect, test, type Page } from '@playwright/test';
import en from '../../content/ui/en.json' with { type: 'json' };

const LOG = 'START RequestId: 81509cf0-ecac-11f1-a859-efb4b6763b7d Version: $LATEST\n';

/** Five megabytes of something. */
const fiveMegabytes = (line: string): string => line.repeat(Math.ceil(5_000_000 / line.length));

/** Hands a text to what has the focus, as a paste does. */
async function paste(page: Page, text: string): Promise<void> {
  const isLeft = await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return document.activeElement?.dispatchEvent(event) ?? false;
  }, text);
  if (isLeft) await page.keyboard.insertText(text);
}

test('five megabytes pasted into the search or the errors’ filter are answered, and stay what they are', async ({
  page,
}) => {
  await page.goto('en/glossary/');
  await page.waitForFunction(() => customElements.get('site-search') !== undefined);
  await page.keyboard.press('/');
  const field = page.locator('.search-field');
  await expect(field).toBeFocused();
  for (const text of [fiveMegabytes(LOG), fiveMegabytes('all of it on one line ')]) {
    await field.fill('');
    await paste(page, text);
    expect((await field.inputValue()).length).toBeLessThanOrEqual(10_000);
    await expect(page.locator('.search-status')).not.toBeEmpty();
  }
  await page.goto('en/errors/');
  const filter = page.getByRole('searchbox');
  await filter.focus();
  await paste(page, fiveMegabytes('Task timed out after 3.00 seconds '));
  await expect(page.locator('error-filter [role="status"]')).not.toBeEmpty();
  expect((await filter.inputValue()).length).toBeLessThanOrEqual(10_000);
});

test('keys and letters of an input method do nothing before their word is whole', async ({ page }) => {
  await page.goto('en/playground/');
  const lab = page.locator('lab-root:not([hidden])');
  const form = lab.locator('lab-function');
  await lab.locator('.pane-code').getByRole('tab', { name: en.playground.form.title, exact: true }).click();
  await form.getByRole('button', { name: 'Rename lambda_function.py' }).click();
  const name = form.getByLabel('New name of lambda_function.py');
  await name.dispatchEvent('keydown', { key: 'Escape', isComposing: true });
  await expect(name).toBeFocused();
  await name.press('Escape');
  await expect(name).toBeHidden();

  await page.goto('en/errors/');
  const filter = page.getByRole('searchbox');
  const rows = page.locator('tr[data-id]:visible');
  const all = await rows.count();
  await filter.focus();
  const driver = await page.context().newCDPSession(page);
  await driver.send('Input.imeSetComposition', { text: 'むりなことば', selectionStart: 6, selectionEnd: 6 });
  await expect(filter).toHaveValue('むりなことば');
  await expect(rows).toHaveCount(all);
  await driver.send('Input.insertText', { text: '無理な言葉' });
  await expect(rows).toHaveCount(0);
});

test('what is dragged within the explained page leaves its explanation alone', async ({ page }) => {
  await page.goto('en/explain/', { waitUntil: 'networkidle' });
  await page.locator('#explain-lines').fill(LOG);
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  const line = page.locator('.line-text').first();
  await expect(line).toHaveText(LOG.trim());
  const drop = (from: 'page' | 'elsewhere', text: string): Promise<boolean> =>
    page.evaluate(
      ([from, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text', text);
        const send = (type: string): boolean =>
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        if (from === 'page') send('dragstart');
        send('dragover');
        const isLeft = send('drop');
        if (from === 'page') send('dragend');
        return isLeft;
      },
      [from, text] as const,
    );
  expect(await drop('page', 'END RequestId: of no matter')).toBe(true);
  await expect(line).toHaveText(LOG.trim());
  const other = LOG.replace('81509cf0', '91509cf0').trim();
  expect(await drop('elsewhere', other)).toBe(false);
  await expect(line).toHaveText(other);
});
