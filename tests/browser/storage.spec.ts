/** The panes Files and Bucket: what a run leaves can be seen at each moment, opened, and taken home byte for byte. */
import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH } from './both.ts';
import { unzipSync } from 'fflate';
import { readPlatform } from '../../src/integrations/platforms.ts';
import { contentsToFiles } from '../../src/trace/file-content.ts';
import { openLab, type LabPage } from './lab-page.ts';
import { setHidden } from './set-hidden.ts';

const run = promisify(execFile);

const EXAMPLE = path.resolve(
  import.meta.dirname,
  '../../content/examples/put-every-file/task/lambda_function.py',
);

const BOOTSTRAP = path.resolve(
  import.meta.dirname,
  '../../src/platforms/lambda-2016/disk/var/runtime/awslambda/bootstrap.py',
);

const NAMES = {
  en: {
    files: 'Files',
    bucket: 'Bucket',
    native: /here plain Python ends/,
    bytes: / bytes$/,
    all: 'Download all as a zip',
    leftOut: /^Packed, \d+ files\. 1 file is not in the archive: it is larger/,
  },
  ja: {
    files: 'ファイル',
    bucket: 'バケット',
    native: /素の Python ではありません/,
    bytes: / ?バイト$/,
    all: 'すべてを zip でダウンロード',
    leftOut: /件を圧縮しました。1 件は、.*アーカイブに入っていません。$/,
  },
} as const;

/** What is in an archive that the browser saved: names to bytes in hexadecimal. */
async function readZip(archive: string): Promise<Record<string, string>> {
  // Two readers of archives that are not ours: each looks at every entry's checksum.
  // Where there is no unzip, Python's word has to do.
  await run('unzip', ['-tqq', archive]).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
  await run(process.env.PYTHON ?? 'python3', [
    '-c',
    'import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip())',
    archive,
  ]);
  return toHex(unzipSync(await readFile(archive)));
}

function toHex(files: Readonly<Record<string, string | Uint8Array>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]),
  );
}

/**
 * Presses a button that saves a file, and returns where the file lies. Firefox's driver tells of no download: there the
 * file is what the page hands to the browser for it.
 */
async function save(page: Page, button: Locator): Promise<string> {
  if (page.context().browser()?.browserType().name() !== 'firefox') {
    const download = page.waitForEvent('download');
    await button.click();
    return (await download).path();
  }
  await page.evaluate(() => {
    const create = URL.createObjectURL.bind(URL);
    const saved = new Promise<Blob>((resolve) => {
      URL.createObjectURL = (blob) => {
        if (blob instanceof Blob) resolve(blob);
        URL.createObjectURL = create;
        return create(blob);
      };
    });
    Object.assign(globalThis, { saved });
  });
  await button.click();
  const size = await page.evaluate(async () => {
    const { saved } = globalThis as unknown as { saved: Promise<Blob> };
    return (await saved).size;
  });
  const file = test.info().outputPath(`saved-${String(size)}`);
  await writeFile(file, '');
  // In pieces: the driver carries texts, and none of any length.
  for (let from = 0; from < size; from += PIECE) {
    const piece = await page.evaluate(readSaved, [from, from + PIECE] as const);
    await appendFile(file, Buffer.from(piece, 'base64'));
  }
  return file;
}

const PIECE = 3 * 1024 * 1024;

/** In the page: a part of what it has handed to the browser, in base64. */
async function readSaved([from, to]: readonly [number, number]): Promise<string> {
  const { saved } = globalThis as unknown as { saved: Promise<Blob> };
  const bytes = new Uint8Array(await (await saved).slice(from, to).arrayBuffer());
  let text = '';
  // In pieces as well: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

async function downloadAll(page: Page, lab: LabPage, pane: string): Promise<Record<string, string>> {
  await lab.openView(pane);
  const region = lab.root.getByRole('region', { name: pane, exact: true });
  return readZip(await save(page, region.getByRole('button', { name: 'Download all as a zip' })));
}

for (const language of ['en', 'ja'] as const) {
  const names = NAMES[language];

  test.describe(`without JavaScript (${language})`, () => {
    test.use({ javaScriptEnabled: false });
    test('files with their sizes, and the bucket, are lists in the page', async ({ page }) => {
      await page.goto(`${language}/dump-the-directory/`);
      const lab = page
        .locator('lab-root')
        .filter({ has: page.locator('[data-view="bucket"] .lab-storage-body li') })
        .first();
      const region = (name: string): Locator => lab.getByRole('region', { name, exact: true });
      const files = region(names.files);
      await expect(
        files.getByRole('listitem').filter({ hasText: 'lambda_function.py' }).last(),
      ).toBeVisible();
      await expect(files.getByRole('link', { name: 'bootstrap.py' })).toBeVisible();
      const size = (await readFile(BOOTSTRAP)).length.toLocaleString('en');
      const row = files.getByRole('listitem').filter({ hasText: /^\s*bootstrap\.py/ });
      await expect(row).toContainText(`bootstrap.py${size}`);
      await expect(row).toContainText(names.bytes);
      await expect(region(names.bucket).getByRole('listitem').first()).toBeVisible();
    });
  });

  test(`a binary file is shown as bytes, with a sentence on what it is (${language})`, async ({ page }) => {
    const lab = await openLab(page, { language });
    await lab.openView(names.files);
    const files = lab.root.getByRole('region', { name: names.files, exact: true });
    const name = files.getByRole('button', { name: 'runtime.so', exact: true });
    await name.click();
    await expect(files).toContainText(names.native);
    await expect(files).toContainText('00000000  7f 45 4c 46');
    await page.keyboard.press('Escape');
    await expect(files.locator('pre')).toHaveCount(0);
  });
}

test(
  'what the handler of the last step puts, and what the disk holds, is the repository’s, byte for byte',
  BOTH,
  async ({ page }) => {
    const source = await readFile(EXAMPLE, 'utf8');
    const image = contentsToFiles((await readPlatform('lambda-2016')).files);
    const lab = await openLab(page, { source });
    await lab.runToItsEnd();
    const bucket = await downloadAll(page, lab, 'Bucket');
    const dumped = Object.entries(image).map(
      ([file, bytes]) => [file.replace('/var/runtime/', ''), bytes] as const,
    );
    expect(bucket).toEqual(toHex(Object.fromEntries(dumped)));
    const files = await downloadAll(page, lab, 'Files');
    const disk = Object.entries(image).map(([file, bytes]) => [file.slice(1), bytes] as const);
    expect(files).toEqual(toHex({ ...Object.fromEntries(disk), 'var/task/lambda_function.py': source }));
  },
);

const ODD = `import boto3
def lambda_handler(event, context):
    with open("/tmp/note", "w") as file:
        file.write("hello")
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="empty")
    for key in ("../up", "日本 語", "x" * 255, "a\\\\b"):
        s3.put_object(Bucket="odd", Key=key, Body=key)
    s3.put_object(Bucket="odd", Key="nothing")
`;

test('keys of any name, empty objects and empty buckets end well', async ({ page }) => {
  const lab = await openLab(page, { source: ODD });
  await lab.runToItsEnd();
  await lab.openView('Bucket');
  const bucket = lab.root.getByRole('region', { name: 'Bucket', exact: true });
  await expect(bucket.getByRole('heading', { level: 5 })).toHaveText(['empty', 'odd']);
  await expect(bucket).toContainText('The bucket is empty.');
  expect(Object.keys(await downloadAll(page, lab, 'Bucket'))).toEqual([
    'odd/%2E%2E/up',
    'odd/a%5Cb',
    'odd/nothing',
    `odd/${'x'.repeat(255)}`,
    'odd/日本 語',
  ]);
  await bucket.getByRole('button', { name: '日本 語', exact: true }).click();
  await expect(bucket.locator('pre')).toHaveText('日本 語');
  const nothing = await save(page, bucket.getByRole('button', { name: 'Download nothing' }));
  expect(await readFile(nothing, 'utf8')).toBe('');
});

/** Steps back from the end until something is to be seen. */
async function stepBackUntil(lab: Locator, seen: Locator): Promise<void> {
  const slider = lab.getByRole('slider', { name: 'Step' });
  const count = Number(await slider.getAttribute('max'));
  for (let step = count; step > 0; step -= 1) {
    await slider.fill(String(step));
    await expect(slider).toHaveValue(String(step));
    // What a step has changed is drawn in the next frame.
    await lab.evaluate(() => new Promise(requestAnimationFrame));
    if ((await seen.count()) > 0) return;
  }
  throw new Error('No step shows it.');
}

test('files and bucket follow the moment: nothing is there before its line has run', async ({ page }) => {
  const lab = await openLab(page, { source: ODD });
  await lab.runToItsEnd();
  await lab.openView('Files');
  const files = lab.root.locator('.sheet[data-view="files"]');
  const note = files.locator('li').filter({ hasText: /^note/ });
  await expect(note).toContainText('5 bytes');
  await expect(note).toContainText('new');
  await lab.root.getByRole('button', { name: 'Previous step', exact: true }).click();
  const slider = lab.root.getByRole('slider', { name: 'Step' });
  await slider.fill('1');
  await expect(note).toHaveCount(0);
  await expect(lab.root.getByRole('tab', { name: 'Bucket' }), 'nothing empty is shown').toHaveCount(0);
  const last = Number(await slider.getAttribute('max'));
  await slider.fill(String(last));
  await expect(note).toContainText('5 bytes');
  await expect(note).toContainText('new');
  // The step at which the file comes into being is the only one that says so.
  const put = lab.root.locator('li').filter({ hasText: '日本 語' }).filter({ hasText: 'just now' });
  const written = note.filter({ hasText: 'just now' });
  await expect(put.or(written)).toHaveCount(0);
  await stepBackUntil(lab.root, put);
  await expect(written).toHaveCount(0);
  await expect(note).toContainText('new');
  await stepBackUntil(lab.root, written);
  await expect(put).toHaveCount(0);
});

const LARGE = `import boto3
def lambda_handler(event, context):
    with open("/tmp/large", "w") as file:
        file.write("x" * 300_000)
    open("/tmp/small", "w").close()
`;

for (const language of ['en', 'ja'] as const) {
  test(`what no record of a run can carry is missing in the archive, which says so (${language})`, async ({
    page,
  }) => {
    const lab = await openLab(page, { source: LARGE, language });
    await lab.openView(NAMES[language].files);
    const files = lab.root.getByRole('region', { name: NAMES[language].files, exact: true });
    await lab.run.click();
    await expect(files.getByRole('listitem').filter({ hasText: /^large/ })).toContainText('300,000');
    await expect(lab.run).toBeVisible();
    const archive = await save(page, files.getByRole('button', { name: NAMES[language].all }));
    const names = Object.keys(await readZip(archive));
    expect(names).toContain('tmp/small');
    expect(names).not.toContain('tmp/large');
    await expect(lab.status).toHaveText(NAMES[language].leftOut);
  });
}

test(
  'a text of the platform opens in the code view, and Escape gives the focus back',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page);
    await lab.openView('Files');
    const link = lab.root
      .getByRole('region', { name: 'Files', exact: true })
      .getByRole('link', { name: 'wsgi.py' });
    await link.click();
    await expect(lab.root.getByRole('tabpanel', { name: 'wsgi.py' })).toContainText(
      '/var/runtime/awslambda/wsgi.py',
    );
    await page.keyboard.press('Escape');
    await expect(link).toBeFocused();
  },
);

const MANY = `import hashlib, os
import boto3
def lambda_handler(event, context):
    s3 = boto3.client("s3")
    for _ in range(500):
        body = os.urandom(100_000)
        s3.put_object(Bucket="many", Key=hashlib.sha256(body).hexdigest(), Body=body)
`;

/** Looks at the page at each of its frames from now on: what the bar and the status say there. */
async function watchFrames(lab: LabPage): Promise<() => Promise<{ shares: number[]; texts: string[] }>> {
  const seen = await lab.root.evaluateHandle((root) => {
    const bar = root.querySelector<HTMLProgressElement>('[data-view="bucket"] progress');
    const status = root.querySelector('[role="status"]');
    const shares = new Set<number>();
    const texts = new Set<string>();
    const look = (): void => {
      if (bar?.hidden === false) shares.add(bar.value);
      texts.add(status?.textContent ?? '');
      requestAnimationFrame(look);
    };
    look();
    return { shares, texts };
  });
  return () => seen.evaluate(({ shares, texts }) => ({ shares: [...shares], texts: [...texts] }));
}

test(
  '500 objects of 50 MB are packed while the page goes on, and every byte is there',
  BOTH,
  async ({ page }) => {
    test.slow();
    const lab = await openLab(page, { source: MANY });
    const all = lab.root.locator('[data-view="bucket"] .lab-storage-all');
    await expect(all, 'an empty bucket has nothing to download').toBeHidden();
    // A busy machine may need longer for it than a run may take.
    await setHidden(page, true);
    await lab.run.click();
    await expect(lab.status).toHaveText(/^Finished/, { timeout: 120_000 });
    await setHidden(page, false);
    await lab.openView('Bucket');
    const seen = await watchFrames(lab);
    const archive = await save(page, all);
    await expect(lab.status).toHaveText('Packed, 500 files');
    const { shares, texts } = await seen();
    // A page that stands still while it packs draws its beginning and its end.
    expect(shares.length).toBeGreaterThan(10);
    expect(texts.filter((text) => /^Packing \d+ of 500$/.test(text)).length).toBeGreaterThan(4);
    const entries = Object.entries(unzipSync(await readFile(archive)));
    expect(entries.length).toBe(500);
    const wrong = entries.filter(
      ([name, bytes]) =>
        bytes.length !== 100_000 || createHash('sha256').update(bytes).digest('hex') !== name,
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  },
);

test('a browser without room for a download says so', async ({ page }) => {
  const lab = await openLab(page);
  await page.evaluate(() => {
    URL.createObjectURL = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await lab.openView('Files');
  const files = lab.root.getByRole('region', { name: 'Files', exact: true });
  await files.getByRole('button', { name: 'Download all as a zip' }).click();
  await expect(lab.status).toHaveText(/^The archive .* your browser had no room for it/);
  await files.getByRole('button', { name: 'Download /var/task/lambda_function.py' }).click();
  await expect(lab.status).toHaveText(/^The file .* your browser had no room for it/);
});
