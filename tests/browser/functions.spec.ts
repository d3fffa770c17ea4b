/** Functions that a reader keeps: nothing that is on the bench or kept is lost, and one function answers the same wherever it runs. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import en from '../../content/ui/en.json' with { type: 'json' };
import type { EnvironmentJson } from '../../scripts/invoke-report.ts';
import { linkTo } from '../unit/lab/link/packed-record.ts';
import { LabPage } from './lab-page.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ID = 'playground--lambda-today';
const FILE = '/var/task/lambda_function.py';
const { functions: words } = en;

interface Bench extends LabPage {
  readonly kept: Locator;
}

async function open(page: Page, fragment = ''): Promise<Bench> {
  await page.goto('about:blank');
  await page.goto(`en/playground/${fragment}`);
  await page.waitForFunction(() => customElements.get('lab-functions') !== undefined);
  return Object.assign(new LabPage(page, 'en', ID), { kept: page.locator('lab-functions') });
}

function press({ kept }: Bench, name: string): Promise<void> {
  return kept.locator(`[data-kept="${name}"]`).click();
}

function textOf({ root }: Bench, name = FILE): Locator {
  return root.locator(`lab-editable[data-name="${name}"]`);
}

/** Changes a text as a reader does; by script, for all of it at once. */
async function write(bench: Bench, text: string, name = FILE): Promise<void> {
  await textOf(bench, name).evaluate((editable, text) => {
    // A press brings a lab to life whose turn has not come: before that it hears of no change.
    editable.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    (editable as HTMLElement & { show(text: string): void }).show(text);
    editable.dispatchEvent(new CustomEvent('lab-edit', { bubbles: true }));
  }, text);
}

async function saveAs(bench: Bench, name: string): Promise<void> {
  await press(bench, 'saveAs');
  await bench.kept.locator('input').fill(name);
  await bench.page.keyboard.press('Enter');
}

async function namesIn({ kept }: Bench): Promise<readonly string[]> {
  return kept.locator('.kept-open').allTextContents();
}

async function download({ page, kept }: Bench, name: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    kept.locator(`[data-kept="${name}"]`).click(),
  ]);
  return unzipSync(await readFile(await file.path()));
}

/** Runs the command that the zip's manual gives, on the files of the zip. */
async function runByCommand(files: Readonly<Record<string, Uint8Array>>): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'downloaded-'));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    const manual = new TextDecoder().decode(files['README.md']);
    const [, command = ''] = /^ {4}npm run invoke -- (.*)$/m.exec(manual) ?? [];
    // Twice: cold, then warm.
    const twice = `--event FOLDER/event.json ${command}`.replaceAll('FOLDER', folder);
    const line = `"${process.execPath}" scripts/invoke.ts --json ${twice}`;
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: ROOT });
    const { environments } = JSON.parse(stdout) as { environments: EnvironmentJson[] };
    return environments.flatMap(({ invocations }) => invocations.map(({ response }) => response ?? ''));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a reader reads as the answer, once the run is over. */
async function runToAnswer(bench: Bench): Promise<string> {
  await bench.runToItsEnd();
  return (await bench.root.locator('.lab-payload').textContent()) ?? '';
}

test('a function answers the same cold, warm, from a link elsewhere, and from its zip in a terminal', async ({
  page,
  context,
  browser,
}) => {
  const bench = await open(page);
  await write(
    bench,
    'def lambda_handler(event, context):\n' +
      '    return {"sum": sum(event["prices"]), "name": context.function_name, "in": context.memory_limit_in_mb}\n',
  );
  await write(bench, '{"prices": [1, 2.5, 40]}', 'event');
  await saveAs(bench, 'Sum of prices');
  await expect(bench.kept.locator('.kept-state')).toHaveText(words.saved);
  const answers = [await runToAnswer(bench)];
  expect(answers[0]).toBe('{"sum": 43.5, "name": "lab", "in": "128"}');
  answers.push(await runToAnswer(bench));
  await expect(bench.root.locator('.life-text')).toContainText(/warm/i);

  const link = await copiedLink(bench, context);
  const other = await browser.newContext();
  try {
    const elsewhere = await open(await other.newPage(), new URL(link).hash);
    await expect(elsewhere.kept.locator('.kept-state')).toHaveText(words.foreign);
    answers.push(await runToAnswer(elsewhere));
  } finally {
    await other.close();
  }
  answers.push(...(await runByCommand(await download(bench, 'zip'))));
  expect(answers).toEqual(Array.from({ length: 5 }, () => answers[0]));
});

async function copiedLink({ page, root }: Bench, context: BrowserContext): Promise<string> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await root.locator('.lab-share').click();
  await expect(root.getByRole('status').first()).toHaveText(en.lab.link.copied.code);
  return page.evaluate(() => navigator.clipboard.readText());
}

test('what another tab saves or deletes is offered, and neither tab loses anything', async ({
  page,
  context,
}) => {
  const one = await open(page);
  await write(one, 'mine = 1\n');
  await saveAs(one, 'Orders');
  await expect(one.kept.locator('.kept-name')).toHaveText('Orders');

  const two = await open(await context.newPage());
  await two.kept.locator('summary').click();
  await two.kept.locator('[data-act="open"]').click();
  await expect(textOf(two)).toContainText('mine = 1');
  await write(two, 'theirs = 2\n');
  await expect(two.kept.locator('.kept-state')).toHaveText(words.unsaved);
  await press(two, 'save');
  await expect(two.kept.locator('.kept-state')).toHaveText(words.saved);

  // The first tab learns of it, stays as it is, and overwrites nothing.
  const says = one.kept.locator('.kept-says');
  await expect(says).toContainText('Orders was saved in another tab');
  await expect(textOf(one)).toContainText('mine = 1');
  await write(one, 'mine = 3\n');
  await press(one, 'save');
  await expect(says).toContainText('so nothing was overwritten');
  await expect(one.kept.locator('[data-kept="keepMine"]')).toBeFocused();
  await press(one, 'keepMine');
  await expect(one.kept.locator('.kept-name')).toHaveText('Orders, copy');
  await expect.poll(() => namesIn(two)).toEqual(['Orders, copy', 'Orders']);
  await one.kept.locator('summary').click();
  await one.kept.locator('[data-act="open"]', { hasText: /^Orders$/ }).click();
  await expect(textOf(one)).toContainText('theirs = 2');

  // A deletion is told to the tab that has it open, and can be undone; what is on the bench stays.
  await two.kept.locator('[data-act="remove"]').nth(1).click();
  await expect(says).toContainText('Orders was deleted in another tab');
  await expect(textOf(one)).toContainText('theirs = 2');
  await press(two, 'undo');
  await expect(two.kept.locator('.kept-name')).toHaveText('Orders');
  await expect.poll(() => namesIn(one)).toEqual(['Orders, copy', 'Orders']);

  // What is kept nowhere gets a name before another function takes its place.
  await write(one, 'not saved = 4\n');
  await one.kept.locator('[data-act="open"]').first().click();
  await expect(textOf(one)).toContainText('mine = 3');
  await expect.poll(() => namesIn(one)).toEqual([words.untitled, 'Orders, copy', 'Orders']);

  // A link opens beside it, and is gone without a trace.
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    linkTo('playground', { at: 'playground', platform: 'lambda-today', files: { [FILE]: 'foreign = 5\n' } }),
  );
  await expect(one.kept.locator('.kept-state')).toHaveText(words.foreign);
  await expect(textOf(one)).toContainText('foreign = 5');
  await one.root.locator('.lab-original').click();
  await expect(one.kept.locator('.kept-name')).toHaveText('Orders, copy');

  // Nor is what is behind a link lost where another function is opened from there.
  await write(one, 'mine = 6\n');
  await page.goBack();
  await expect(textOf(one)).toContainText('foreign = 5');
  await one.kept.locator('[data-act="open"]', { hasText: /^Orders$/ }).click();
  await expect(textOf(one)).toContainText('theirs = 2');
  await one.kept.locator('[data-act="open"]', { hasText: /^Orders, copy, not saved$/ }).click();
  await expect(textOf(one)).toContainText('mine = 6');
  await page.reload();
  await expect(one.kept.locator('.kept-name')).toHaveText('Orders, copy, not saved');
  await expect(one.kept.locator('.kept-state')).toHaveText(words.saved);
  await expect(textOf(one)).toContainText('mine = 6');
});

test('where the browser has no room, or keeps nothing, the function stays and a zip is offered', async ({
  page,
  context,
}) => {
  const session = await context.newCDPSession(page);
  const bench = await open(page);
  await write(bench, `mine = 1\n${'# much\n'.repeat(20_000)}`);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(page.url()).origin,
    quotaSize: 1000,
  });
  await saveAs(bench, 'Orders');
  const says = bench.kept.locator('.kept-says');
  await expect(says).toHaveText(words.fault.full);
  const files = await download(bench, 'zipNow');
  expect(new TextDecoder().decode(files['lambda_function.py'])).toMatch(/^mine = 1\n/);

  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  });
  await open(page);
  await write(bench, 'mine = 2\n');
  await saveAs(bench, 'Orders');
  await expect(says).toHaveText(words.fault.refused);
  const others = await download(bench, 'zipNow');
  expect(new TextDecoder().decode(others['lambda_function.py'])).toBe('mine = 2\n');
  await expect(textOf(bench)).toContainText('mine = 2');
});

test('a lab of an article is opened in the playground as its reader has changed it', async ({ page }) => {
  await page.goto('en/cold-and-warm/');
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  const lab = page.locator('lab-root:visible').first();
  await lab
    .locator('lab-editable')
    .first()
    .evaluate((editable) => {
      (editable as HTMLElement & { show(text: string): void }).show(
        'def lambda_handler(event, context): ...\n',
      );
      editable.dispatchEvent(new CustomEvent('lab-edit', { bubbles: true }));
    });
  await lab.locator('.bench-acts summary').click();
  await lab.locator('a.to-playground').click();
  await page.waitForURL(/\/en\/playground\/#playground~1\./);
  const text = page.locator(`lab-root:visible lab-editable[data-name="${FILE}"]`);
  await expect(text).toContainText('def lambda_handler(event, context): ...');
});

test('where the browser has kept no draft, a function is on the bench as it was saved', async ({ page }) => {
  const bench = await open(page);
  await write(bench, 'mine = 1\n');
  await saveAs(bench, 'Orders');
  await expect(bench.kept.locator('.kept-state')).toHaveText(words.saved);
  const expectIt = async (): Promise<void> => {
    await page.reload();
    await expect(bench.kept.locator('.kept-name')).toHaveText('Orders');
    await expect(textOf(bench)).toContainText('mine = 1');
    await expect(bench.kept.locator('.kept-state')).toHaveText(words.saved);
  };
  await page.evaluate((key) => {
    localStorage.removeItem(key);
  }, `draft:${ID}`);
  await expectIt();
  await bench.root.locator('.lab-original').click();
  await expect(bench.kept.locator('.kept-state')).toHaveText(words.unsaved);
  await expectIt();
});
