/** A runtime's own files, brought: what the page takes and refuses, what it shows, what it runs, and that none of it leaves. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { gzipSync } from 'fflate';
import { changed, find, tar, text, zip } from '../unit/dump/make-archives.ts';
import { BOTH } from './both.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/brought-runtime');
/** A word of the dropped files alone, which no request may hold. */
const WORD = 'onlyInWhatWasDropped';

/** A fixture as an archive, with a file more. */
function packed(name: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const folder = path.join(FIXTURES, name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const entries = files.map((file) => {
    const place = path.join(file.parentPath, file.name);
    return [path.relative(folder, place), new Uint8Array(readFileSync(place))] as const;
  });
  return zip({ ...Object.fromEntries(entries), ...more });
}

/** Drops one file, or several of the same bytes. */
async function drop(page: Page, name: string | readonly string[], bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    ([files, data]) => {
      const dataTransfer = new DataTransfer();
      const content = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
      for (const file of files) dataTransfer.items.add(new File([content], file));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [[name].flat(), Buffer.from(bytes).toString('base64')] as const,
  );
}

test('a runtime is read, searched, compared and run, and nothing of it leaves the page', async ({ page }) => {
  const sent: { readonly url: string; readonly method: string; readonly body: string | null }[] = [];
  page.on('request', (request) => {
    sent.push({ url: request.url(), method: request.method(), body: request.postData() });
  });
  await page.goto('en/dump/', { waitUntil: 'networkidle' });
  const before = sent.length;
  await drop(
    page,
    `${WORD}.zip`,
    packed('client', { [`var/runtime/${WORD}.py`]: `import json\n${WORD} = 1\n` }),
  );
  await expect(page.locator('.dump-verdict')).toHaveText(/awslambdaric 4\.0\.1, made for Python 3\.12/);
  await expect(page.locator('.dump-verdict')).toBeFocused();

  // The tree, by keyboard.
  const tree = page.getByRole('tree');
  await tree.getByRole('treeitem', { name: 'bootstrap.py' }).first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(tree.getByRole('treeitem', { name: 'var', exact: true })).toBeVisible();
  await expect(page.locator('.dump-file .code')).toContainText('awslambdaric');

  // A search leads to its line.
  await page.getByRole('searchbox').fill(WORD);
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('.dump-hit')).toHaveCount(1);
  await page.locator('.dump-hit').click();
  await expect(page.locator('.dump-file .line.is-looked')).toHaveText(`${WORD} = 1`);
  await expect(page.locator('.dump-import').first()).toContainText('it begins here');
  await expect(page.locator('.dump-table tbody tr')).toHaveCount(2);

  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.locator('.dump-compare').getByRole('button', { name: 'awslambdaric/bootstrap.py' }).click();
  await expect(page.locator('.dump-lines')).toContainText('−');

  // Run, and step to the handler.
  await page.getByRole('button', { name: 'Run and step the real thing' }).click();
  const bench = page.locator('#dump-brought-lambda-today');
  await expect(bench.locator('.lab-outcome')).toBeVisible();
  await expect(bench.locator('.lab-payload')).not.toBeEmpty();
  await expect(page.locator('.dump-notes').first()).toContainText('runs in 3.14 here');
  await page.getByRole('button', { name: 'Run our model, too' }).click();
  const pair = page.locator('lab-pair');
  await expect(pair).toBeVisible();
  await pair.locator('.time-open').click();
  await pair.locator('.time-select').selectOption('call');
  for (const side of await pair.locator('.pair-side').all())
    await expect(side.locator('.sheet:not([hidden]) .line.is-marked')).toContainText('def lambda_handler');
  // What was asked for since is parts of the site, by their names alone.
  const site = new URL(page.url()).origin;
  for (const { url, method, body } of sent.slice(before)) {
    expect([method, body]).toEqual(['GET', null]);
    expect(url).not.toContain(WORD);
    if (!/^(?:blob|data|about):/.test(url)) expect(new URL(url).origin).toBe(site);
  }
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(WORD);
});

const plain = zip({ 'a.py': 'x = 1\n'.repeat(100), 'b.py': 'y = 2\n'.repeat(100) });
const DIRECTORY = 0x02014b50;
const at = (bytes: Uint8Array, signature: number, index = 0): number => find(bytes, signature)[index] ?? 0;
const HOSTILE: Readonly<Record<string, [RegExp, Uint8Array]>> = {
  none: [/is no zip, tar or tar\.gz/, text('hello')],
  form: [/another form \(7z\)/, new Uint8Array([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
  bomb: [/unpacks to more than 256 MB/, gzipSync(new Uint8Array(257e6))],
  lies: [/isn’t what the archive says/, changed(plain, at(plain, DIRECTORY) + 24, 10, 4)],
  encrypted: [/packed with a password/, changed(plain, at(plain, DIRECTORY) + 8, 1)],
  method: [/in a way that this page doesn’t know/, changed(plain, at(plain, DIRECTORY) + 10, 12)],
  overlap: [/share their bytes/, changed(plain, at(plain, DIRECTORY, 1) + 42, 0, 4)],
  cut: [/ends too early/, plain.slice(0, -40)],
  many: [
    /more than 15,000 files/,
    zip(Object.fromEntries(Array.from({ length: 15_001 }, (_, index) => [`f${String(index)}`, '']))),
  ],
  nested: [/nothing but another archive/, zip({ 'inner.zip': plain }, 0)],
  outside: [/its path leads out of the archive/, zip({ '../a.py': 'x' })],
  link: [/a symbolic link/, tar([{ name: 'a', type: '2', link: '/etc/passwd' }])],
};

test(
  'twelve hostile archives are each refused in a sentence, and the page goes on',
  BOTH,
  async ({ page }) => {
    await page.goto('en/dump/');
    const says = page.locator('.dump-says');
    for (const [name, [sentence, bytes]] of Object.entries(HOSTILE)) {
      await drop(page, `${name}.zip`, bytes);
      await expect(says).toHaveText(sentence);
    }
    await drop(page, 'old.zip', packed('old'));
    await expect(says).toBeEmpty();
    await expect(page.locator('.dump-verdict')).toHaveText(/had before awslambdaric, made for Python 3\.6/);
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      void dialog.accept();
    });
    await page.locator('.dump-verdict').click();
    await page.goto('en/');
    expect(asked).toBe(1);
  },
);

test('where the host’s policy refuses workers, files are read in the page', BOTH, async ({ page }) => {
  await page.route(/\/en\/dump\/$/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto('en/dump/');
  const says = page.locator('.dump-says');
  await drop(page, 'cut.zip', plain.slice(0, -40));
  await expect(says).toHaveText(/ends too early/);
  await drop(page, 'old.zip', packed('old'));
  await expect(page.locator('.dump-verdict')).toHaveText(/awslambdaric, made for Python 3\.6/);
  await expect(says).toBeEmpty();
  await page.getByRole('searchbox').fill('import');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('.dump-hit').first()).toBeVisible();
});

test('of two drops the later one is shown, and several archives are asked for one by one', async ({
  page,
}) => {
  await page.goto('en/dump/');
  const says = page.locator('.dump-says');
  const files = Object.fromEntries(
    Array.from({ length: 8000 }, (_, index) => [`${String(index)}.py`, 'x = 1\n'.repeat(300)]),
  );
  await drop(page, 'long.zip', zip(files));
  await drop(page, 'old.zip', packed('old'));
  await expect(page.locator('.dump-verdict')).toHaveText(/awslambdaric, made for Python 3\.6/);
  await expect(says).toBeEmpty();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await drop(page, ['one.zip', 'other.tar.gz'], packed('old'));
  await expect(says).toHaveText(/^These are 2 archives\. Drop them one after the other/);

  // What is not opened takes nothing away of what is.
  await drop(page, 'cut.zip', plain.slice(0, -40));
  await expect(says).toHaveText(/ends too early/);
  await expect(page.locator('.dump-verdict')).toBeVisible();
  await page.getByRole('searchbox').fill('import');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.locator('.dump-hit').first()).toBeVisible();
});
