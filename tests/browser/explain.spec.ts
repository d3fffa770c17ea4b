/** Pasted lines of a log, explained: what the page takes, what it says, what it shares, and that it asks nobody meanwhile. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { BOTH } from './both.ts';

const LOG = readFileSync(path.resolve(import.meta.dirname, '../fixtures/logs/tail-4.txt'), 'utf8');
const REQUEST = '7030124e-c30e-452a-b538-7076c055fe43';

/** Pastes a text, or many times it: what is long is put together in the page. Firefox lets no script fill such an event. */
const pasteOnPage = (page: Page, text: string, times = 1): Promise<void> =>
  page.evaluate(
    ([own, count]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', own.repeat(count));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [text, times] as const,
  );

const dropOnPage = (page: Page, name: string, bytes: Buffer): Promise<void> =>
  page.evaluate(
    ([file, data]) => {
      const dataTransfer = new DataTransfer();
      const content = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      dataTransfer.items.add(new File([content], file));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, bytes.toString('base64')] as const,
  );

const verdictOf = (page: Page) => page.locator('.explain-verdict h2');

test('lines pasted anywhere are explained, and nothing is requested', async ({ page }) => {
  // The site's worker is asked for behind the load.
  const last = page.waitForResponse(/ask-for-worker/);
  await page.goto('en/explain/');
  // With all that it imports.
  await page.evaluate((address) => import(address), (await last).url());
  await page.waitForLoadState('networkidle');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await pasteOnPage(page, LOG);
  await expect(verdictOf(page)).toContainText('my_package');
  await expect(verdictOf(page)).toBeFocused();
  await expect(page.locator('.explain-read')).toHaveText('15 lines read, 0 not known.');

  // The table: by the longest first, then the other way round.
  const durations = page.locator('.runs-table tbody td:nth-child(3)');
  const head = page.getByRole('columnheader', { name: 'Duration, ms' });
  await expect(durations).toHaveText(['2,649.97', '2,371.89']);
  await head.getByRole('button').click();
  await head.getByRole('button').click();
  await expect(durations).toHaveText(['2,371.89', '2,649.97']);
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.locator('.runs-table tfoot tr').first()).toContainText('5,021.86');

  // A sentence leads to its line.
  await page.locator('.explain-said a').first().click();
  await expect(page.locator('.line.is-meant')).toBeFocused();
  await page.getByRole('radio', { name: 'runtime' }).check();
  await expect(page.locator('.line[data-sign="platform"]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Share…' }).click();
  await expect(page.locator('.explain-share-text')).toBeVisible();
  expect(requests).toEqual([]);
});

test('a share holds masked lines alone, and its link is opened beside one’s own', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('en/explain/');
  await pasteOnPage(page, LOG);
  await page.getByRole('button', { name: 'Share…' }).click();
  const text = page.locator('.explain-share-text');
  await expect(text).toContainText('INIT_START');
  await expect(text).not.toContainText(REQUEST);
  await page.getByRole('textbox', { name: 'Mask another word' }).fill('my_package');
  await page.getByRole('button', { name: 'Mask it' }).click();
  await expect(text).not.toContainText('my_package');
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const shown = await text.textContent();

  const other = await browser.newPage(baseURL === undefined ? {} : { baseURL });
  await other.goto(link);
  await expect(other.locator('.explain-read')).toContainText('These lines came with a link.');
  await other.getByRole('button', { name: 'Share…' }).click();
  await expect(other.locator('.explain-share-text')).toHaveText(shown ?? '');
  // In a page with lines of one's own it waits.
  await other.getByRole('button', { name: 'Explain other lines' }).click();
  await pasteOnPage(other, LOG);
  await expect(verdictOf(other)).toContainText('my_package');
  await other.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await expect(other.getByText('Yours are still here.')).toBeVisible();
  await expect(verdictOf(other)).toContainText('my_package');
  await other.getByRole('button', { name: 'Show those of the link' }).click();
  await expect(verdictOf(other)).not.toContainText('my_package');
  await other.goto('about:blank');
  await other.goto(link.slice(0, -9));
  await expect(other.locator('.explain-says')).toContainText('The link is damaged');
  await other.close();
});

test(
  'a file is read packed or not; what is none says so, and what was there stays',
  BOTH,
  async ({ page }) => {
    await page.goto('en/explain/');
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      page
        .locator('input[type="file"]')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await page.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect(page.locator('.explain-says')).toContainText('There’s nothing to explain yet.');
    await choose('log.gz', gzipSync(LOG));
    await expect(verdictOf(page)).toContainText('my_package');
    await choose('picture.png', Buffer.alloc(2000));
    await expect(page.locator('.explain-says')).toContainText('“picture.png” isn’t text.');
    await expect(verdictOf(page)).toContainText('my_package');
    await page.getByRole('button', { name: 'Explain other lines' }).click();
    await page.locator('#explain-lines').fill('eins\nzwei\n');
    await page.locator('#explain-lines').press('ControlOrMeta+Enter');
    await expect(page.locator('.explain-says')).toContainText('None of these lines (2)');
    await page.getByRole('combobox', { name: 'or load an example' }).selectOption('timed-out');
    await expect(page.locator('.explain-read')).toContainText('This is an example.');
  },
);

test('leaving asks once where lines of one’s own are held', async ({ page }) => {
  await page.goto('en/explain/');
  await page.locator('#explain-lines').fill(LOG);
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await expect(verdictOf(page)).toBeVisible();
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += 1;
    void dialog.dismiss();
  });
  const leave = (): Promise<void> =>
    page.evaluate(() => {
      location.href = '../errors/';
    });
  await leave();
  await expect.poll(() => asked).toBe(1);
  await leave();
  await expect(page).toHaveURL(/\/errors\/$/);
  expect(asked).toBe(1);
});

test('a long log is drawn where one looks, and its reading can be cancelled', async ({ page }) => {
  const report = `END RequestId: ${REQUEST}\nREPORT RequestId: ${REQUEST}\tDuration: 1.00 ms\tBilled Duration: 1 ms\n`;
  await page.goto('en/explain/');
  await pasteOnPage(page, report, 10_000);
  await expect(page.locator('.explain-read')).toContainText('20,000 lines read');
  const blocks = page.locator('.line-block');
  await expect(blocks).toHaveCount(200);
  await expect(blocks.last().locator('.line')).toHaveCount(0);
  await blocks.last().scrollIntoViewIfNeeded();
  await expect(blocks.last().locator('.line').first()).toBeVisible();
  await expect(blocks.first().locator('.line')).toHaveCount(0);

  // Over what is shown, too; and of two pastes the later one is shown.
  await pasteOnPage(page, report, 120_000);
  // By script: a pointer waits until the button stands still, and the work may be done by then.
  await page.getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
  await expect(page.locator('.explain-says')).toHaveText('Cancelled. Nothing of it is kept.');
  await pasteOnPage(page, report, 120_000);
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await pasteOnPage(page, LOG);
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await expect(page.locator('.explain-read')).toHaveText('15 lines read, 0 not known.');
});

test('what somebody has typed stays in the box, whatever is dropped or pasted beside it', async ({
  page,
}) => {
  await page.goto('en/explain/');
  const box = page.locator('#explain-lines');
  const typed = 'START RequestId: mine';
  await box.fill(typed);
  await dropOnPage(page, 'picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]));
  await expect(page.locator('.explain-says')).toContainText('isn’t text');
  await expect(box).toHaveValue(typed);
  await dropOnPage(page, 'log.txt', Buffer.from(LOG));
  await expect(verdictOf(page)).toContainText('my_package');
  await page.getByRole('button', { name: 'Explain other lines' }).click();
  await expect(box).toHaveValue(typed);
  await pasteOnPage(page, LOG);
  await expect(verdictOf(page)).toContainText('my_package');
  await page.getByRole('button', { name: 'Explain other lines' }).click();
  await expect(box).toHaveValue(typed);
});

test('a line of great length is drawn piece by piece', async ({ page }) => {
  await page.goto('en/explain/');
  await pasteOnPage(page, `${LOG}\n${'word '.repeat(8999)}words`);
  const line = page.locator('.line-text').last();
  await expect(line).toHaveText(/25,000 more characters: show some$/);
  await line.getByRole('button').click();
  await line.getByRole('button', { name: '5,000 more characters: show some' }).click();
  await expect(line.getByRole('button')).toHaveCount(0);
  expect(await line.evaluate(({ textContent }) => textContent.trim().length)).toBe(45_000);
});

test('the page in the other language goes on with the same lines', async ({ page }) => {
  await page.goto('en/explain/');
  await page.locator('#explain-lines').fill(LOG);
  await page.getByRole('link', { name: '日本語' }).first().click();
  await expect(page).toHaveURL(/\/ja\/explain\/$/);
  await expect(verdictOf(page)).toContainText('my_package');
  await page.getByRole('link', { name: 'English' }).first().click();
  await expect(page).toHaveURL(/\/en\/explain\/$/);
  await expect(verdictOf(page)).toContainText('my_package');
});

test('where workers are refused the page reads by itself, and says how much', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'Worker');
  });
  await page.goto('en/explain/');
  await dropOnPage(page, 'log.gz', gzipSync(LOG));
  await expect(verdictOf(page)).toContainText('my_package');
  await page.getByRole('button', { name: 'Explain other lines' }).click();
  await pasteOnPage(page, LOG, 500);
  await expect(page.locator('.explain-says')).toContainText('more than 5,000 lines');
});

test('lines pasted into the search are explained as they were pasted', async ({ page }) => {
  await page.goto('en/glossary/');
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search this site' }).evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, LOG);
  await page.getByRole('option', { name: /^Explain these lines/ }).click();
  await expect(page).toHaveURL(/\/en\/explain\/$/);
  await expect(page.locator('.explain-read')).toHaveText('15 lines read, 0 not known.');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('without JavaScript the page says what it needs, and leads to the errors', async ({
  browser,
  baseURL,
}) => {
  const page = await browser.newPage({
    javaScriptEnabled: false,
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  await page.goto('en/explain/');
  const sentence = page.locator('.explain-script:not([hidden])');
  await expect(sentence).toContainText('Explaining needs JavaScript,');
  await expect(page.locator('#explain-lines')).toBeHidden();
  await sentence.locator('a').click();
  await expect(page).toHaveURL(/\/en\/errors\/$/);
  await page.close();
});
