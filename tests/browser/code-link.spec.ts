/** Code links: what they bring is shown as foreign and never run, the reader's own text stays, and a lab is copied. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import en from '../../content/ui/en.json' with { type: 'json' };
import { hostileLinks } from '../hostile-links.ts';
import { linkTo } from '../unit/lab/link/packed-record.ts';
import { BOTH } from './both.ts';
import { LabPage, openLab } from './lab-page.ts';
import { violationsOn } from './violations.ts';

const ID = 'print-the-stack--lambda-2016';
const FILE = '/var/task/lambda_function.py';
const SOURCE = 'def lambda_handler(event, context):\n    print("from a link")\n';
const LINK = linkTo(ID, { at: ID, files: { [FILE]: SOURCE } });
const { link: words } = en.lab;

/** The lab of an article's address with this fragment, loaded anew. */
async function open(page: Page, fragment: string): Promise<LabPage> {
  await page.goto('about:blank');
  await page.goto(`en/who-called-me/${fragment}`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  return new LabPage(page, 'en');
}

/** Changes the function as a reader does; by script, for characters that no key has. */
async function write({ root }: LabPage, text: string): Promise<void> {
  await root.locator(`lab-editable[data-name="${FILE}"]`).evaluate((editable, text) => {
    // A press brings a lab to life whose turn has not come: before that it hears of no change.
    editable.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    (editable as HTMLElement & { show(text: string): void }).show(text);
    editable.dispatchEvent(new CustomEvent('lab-edit', { bubbles: true }));
  }, text);
}

test(
  'a link shows what differs, runs nothing, and leaves the reader’s own text as it was',
  BOTH,
  async ({ page }) => {
    await page.addInitScript(
      ([key, file]) => {
        if (sessionStorage.getItem('set') === null)
          localStorage.setItem(key, JSON.stringify({ original: '1', texts: { [file]: 'mine = 1\n' } }));
        sessionStorage.setItem('set', '');
      },
      [`draft:${ID}`, FILE] as const,
    );
    const { root, status } = await open(page, LINK);
    const text = root.locator(`lab-editable[data-name="${FILE}"]`);
    const note = root.locator('.lab-edits-note');
    const way = root.locator('.lab-original');
    await expect(note).toContainText(words.note);
    await expect(root.locator('.lab-difference ins')).toHaveText([/print\("from a link"\)/]);
    await expect(status).toHaveText(words.opened);
    await expect(root.locator('.life-text')).toHaveText(en.lab.live.life.recorded);
    await expect(root.locator('.lab-difference summary')).toHaveText(words.difference);
    expect(page.workers()).toEqual([]);

    // What is written into it is there after a reload, without the link in the address as well; and is still foreign.
    await text.locator('pre').click();
    await expect(text.locator('.cm-content')).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# read');
    await expect(note).toContainText(en.lab.live.edit.kept);
    await page.reload();
    await expect(text).toContainText('# read');
    await open(page, '');
    await expect(text).toContainText('# read');
    await expect(note).toContainText(words.note);
    // Who opens the article anew is at its beginning, and nothing is said.
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(root.locator('.lab-status')).not.toHaveText(words.opened);
    await open(page, `#${ID}`);

    await expect(way).toHaveText(words.own);
    await way.click();
    await expect(text).toHaveText('mine = 1');
    await expect(note).not.toContainText(words.note);
    await expect(way).toHaveText(en.lab.edit.original);
    await page.reload();
    await expect(text).toHaveText('mine = 1');
    // The link is as the reader has left it.
    await open(page, LINK);
    await expect(text).toContainText('# read');
  },
);

test('a draft that the browser does not store outlives a link', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  const lab = await open(page, `#${ID}`);
  await write(lab, 'mine = 2\n');
  await page.evaluate((link) => {
    location.hash = link;
  }, LINK);
  const text = lab.root.locator(`lab-editable[data-name="${FILE}"]`);
  await expect(text).toContainText('from a link');
  await lab.root.locator('.lab-original').click();
  await expect(text).toHaveText('mine = 2');
});

test('a step of a link is gone to where the run has it, and the link stays in the address', async ({
  page,
}) => {
  const step = (step: number): string => linkTo(ID, { at: ID, event: '{"from": "a link"}', step });
  const { root } = await open(page, step(3));
  await expect(root).toHaveClass(/is-stepping/);
  await expect(root.locator('.lab-edits-note')).toContainText(words.note);
  await root.getByRole('button', { name: en.lab.step.next, exact: true }).click();
  expect(page.url()).toContain(`${ID}~1.`);
  await open(page, step(9_999_999));
  await expect(root.locator('.lab-edits-note')).toContainText(words.note);
  await expect(root).not.toHaveClass(/is-stepping/);
  await root.locator('.lab-original').click();
  await expect(root.locator('.lab-edits')).toBeHidden();
  await page.goBack();
  await expect(root.locator('.lab-edits-note')).toContainText(words.note);
});

/** Puts every hostile link into the page's address, and looks for its sentence. */
async function tryHostileLinks(page: Page, root: Locator): Promise<void> {
  const before = await root.locator('lab-code').innerText();
  // The page's first lab speaks for names that no lab has.
  const fault = page.locator('.lab-link-fault');
  for (const { what, hash, fault: key } of hostileLinks(ID)) {
    await page.evaluate((hash) => {
      document.querySelector('.lab-link-fault')?.remove();
      location.hash = hash;
    }, hash);
    const [begin = '', end = ''] = words.fault[key].replace('{root}', '/var/task').split('{about}');
    await expect(fault, what).toHaveCount(1);
    await expect(fault, what).toContainText(begin);
    await expect(fault, what).toContainText(end);
  }
  expect(await root.locator('lab-code').innerText()).toBe(before);
  expect(await page.evaluate(() => 'event' in {})).toBe(false);
}

test('in an embed a link opens as on the site, and a hostile one ends in its sentence', async ({ page }) => {
  await page.goto(`en/embed/v1/${ID}/${LINK}`);
  const root = page.locator('lab-root');
  await expect(root.locator('.lab-edits-note')).toContainText(words.note);
  await expect(root.locator('lab-code')).toContainText('from a link');
  await page.goto('about:blank');
  await page.goto(`en/embed/v1/${ID}/`);
  await expect(root.locator('.lab-run')).toBeVisible();
  await tryHostileLinks(page, root);
});

test('a hostile link ends in one sentence, and changes nothing', async ({ page }) => {
  const { root } = await openLab(page);
  await tryHostileLinks(page, root);
  const fault = page.locator('.lab-link-fault');
  // WordPress adds this to every address that it shows in a frame.
  await open(page, '#?secret=abc~1.x');
  await page.waitForLoadState('networkidle');
  await expect(fault).toHaveCount(0);
});

test('a lab is copied in five forms, and what is too long for a link is a file', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = await openLab(page);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await lab.root.locator('.bench-acts summary').click();
  await lab.root.getByRole('button', { name: en.lab.live.copyLab }).press('Enter');
  const form = (name: keyof typeof words.forms) =>
    lab.root.locator('.lab-forms').getByRole('button', { name: words.forms[name], exact: true });
  await expect(form('link')).toBeFocused();
  expect(await violationsOn(page, `#${ID} .bench-head`)).toEqual([]);
  const press = async (name: keyof typeof words.forms): Promise<string> => {
    await form(name).click();
    await expect(lab.status).toHaveText(words.copied[name]);
    return copied();
  };
  const here = page.url().replace(/[?#].*/, '');
  expect(await press('link')).toBe(`${here}#${ID}`);
  expect(await press('markdown')).toContain(`](<${here}#${ID}>)`);
  const frame = await press('frame');
  expect(frame).toContain(`src="${new URL(`../embed/v1/${ID}/`, here).href}"`);
  const output = await press('output');
  expect(
    await page.evaluate(
      (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent,
      output,
    ),
  ).toBe(await lab.log());

  // With the reader's own text, which another reader's lab then has.
  await page.keyboard.press('Escape');
  await write(lab, '# mine\r\nprint(1)\n');
  await lab.root.locator('.bench-acts summary').click();
  const link = await press('code');
  await page.evaluate(() => {
    localStorage.clear();
  });
  const other = await open(page, new URL(link).hash);
  await expect(other.root.locator('.lab-edits-note')).toContainText(words.note);
  expect(await other.root.evaluate((root) => (root as HTMLElement & { texts: object }).texts)).toHaveProperty(
    [FILE],
    '# mine\r\nprint(1)\n',
  );

  await write(lab, Array.from({ length: 9000 }, (_, at) => Math.sin(at)).join('\n'));
  await lab.root.locator('.bench-acts summary').click();
  await lab.root.getByRole('button', { name: en.lab.live.copyLab }).click();
  await form('code').click();
  const coming = page.waitForEvent('download');
  await lab.root.getByRole('button', { name: words.save }).click();
  expect((await coming).suggestedFilename()).toBe(`${ID}.zip`);
});
