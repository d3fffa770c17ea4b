/**
 * Axe, which knows the rules of accessible pages. It reads every element of a part and takes seconds for it, so it looks
 * at everything once and at nothing twice, here and nowhere else, and in Chromium alone: what it reads are attributes and
 * computed colours, which browsers agree on.
 *
 * - Every article is looked at in both themes, light in English and dark in Japanese: their markup is one. Labs and pairs
 *   are left out there but on the pages that stand for their kinds (`LABS`): all are of one markup.
 * - A page of every other kind is looked at in both themes.
 * - Narrow is looked at once a kind of page: menus and folded contents are there; hardly a rule asks for widths.
 * - The states of a lab, of its question, of an exercise and of a pair are looked at in both themes.
 * - Forced colours are looked at where they change most: on a page with labs, and while somebody steps.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openLab } from './lab-page.ts';
import { PAGE_KINDS } from './page-kinds.ts';
import { setHidden } from './set-hidden.ts';
import { violationsOn } from './violations.ts';

const ARTICLES = readdirSync(path.resolve(import.meta.dirname, '../../content/articles/en')).map((file) =>
  path.basename(file, '.mdx'),
);

/** The articles whose labs stand for all: a question of either kind, a pair on two platforms, one in two modes. */
const LABS = new Set(['who-called-me', 'when-it-fails', 'two-ways-to-wait']);

const OTHER_KINDS = PAGE_KINDS.filter((address) => !ARTICLES.some((name) => address.endsWith(`/${name}/`)));

const NARROW = [
  '',
  'ja/',
  'en/articles/',
  'ja/who-called-me/',
  'en/glossary/',
  'ja/platforms/lambda-today/',
  'en/source/lambda-2016/var/runtime/awslambda/bootstrap.py/',
] as const;

const LAB = '#print-the-stack--lambda-2016';

test.use({ viewport: { width: 1440, height: 900 } });

/** What axe finds in either theme; colours are all that differs between them, so the second is looked at for these alone. */
async function inBothThemes(page: Page, part?: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const rules = colorScheme === 'light' ? [] : ['color-contrast'];
    const violations = await violationsOn(page, part, [], rules);
    found.push(...violations.map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

for (const name of ARTICLES) {
  for (const [language, colorScheme] of [
    ['en', 'light'],
    ['ja', 'dark'],
  ] as const) {
    test(`axe finds nothing in the article ${language}/${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${language}/${name}/`);
      expect(await violationsOn(page, 'html', LABS.has(name) ? [] : ['lab-root', 'lab-pair'])).toEqual([]);
    });
  }
}

for (const address of OTHER_KINDS) {
  test(`axe finds nothing on /${address}, light and dark`, async ({ page }) => {
    await page.goto(address);
    expect(await inBothThemes(page)).toEqual([]);
  });
}

for (const address of NARROW) {
  test(`axe finds nothing on /${address} on a narrow screen`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.goto(address);
    expect(await violationsOn(page)).toEqual([]);
  });
}

test('axe finds nothing in a lab that runs, was stopped, refuses an event, has failed and shows a source', async ({
  page,
}) => {
  // Five states, each looked through whole.
  test.slow();
  const lab = await openLab(page, {
    source:
      'import traceback\ndef lambda_handler(event, context):\n    while event == {}:\n        pass\n' +
      '    traceback.print_stack()\n    raise ValueError(event)\n',
  });
  await lab.run.click();
  await expect(lab.status).toHaveText('Running');
  // Axe may take longer than a run may; while nobody looks no time passes for it.
  await setHidden(page, true);
  expect(await inBothThemes(page, LAB), 'running').toEqual([]);
  await setHidden(page, false);
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  expect(await inBothThemes(page, LAB), 'stopped').toEqual([]);
  await (await lab.openEvent()).click();
  await expect(lab.root.getByRole('textbox', { name: 'Event' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('[');
  await lab.run.click();
  await expect(lab.status).toHaveText(/^The event is not JSON/);
  expect(await inBothThemes(page, LAB), 'a bad event').toEqual([]);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1');
  await lab.runToItsEnd();
  await expect(lab.answer).toContainText('ValueError');
  await lab.output
    .getByRole('link', { name: /bootstrap\.py/ })
    .first()
    .click();
  await expect(lab.root.getByRole('tab', { name: 'bootstrap.py' })).toHaveAttribute('aria-selected', 'true');
  expect(await inBothThemes(page, LAB), 'failed, with a source open').toEqual([]);
});

for (const step of ['first', 'middle', 'last'] as const) {
  test(`axe finds nothing in a lab that stands at its ${step} step`, async ({ page }) => {
    await page.goto(`en/who-called-me/${LAB}/call-handler`);
    const lab = page.locator(`lab-root${LAB}`);
    await expect(lab.locator('.pane-code .is-marked')).toBeVisible();
    await lab.getByRole('tab', { name: 'Stack' }).click();
    const slider = lab.getByRole('slider', { name: 'Step', exact: true });
    if (step === 'first') await slider.press('Home');
    if (step === 'last') await slider.press('End');
    const last = (await slider.getAttribute('max')) ?? '';
    if (step === 'first') await expect(slider).toHaveValue('1');
    if (step === 'last')
      await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${last} of`));
    expect(await inBothThemes(page, LAB)).toEqual([]);
  });
}

test('axe finds nothing in a lab on a phone while somebody steps', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`ja/who-called-me/${LAB}/call-handler`);
  await expect(page.locator(`${LAB} .pane-code .is-marked`)).toBeVisible();
  expect(await violationsOn(page, LAB)).toEqual([]);
});

test('axe finds nothing in a question that is open, and in one that was answered', async ({ page }) => {
  await page.goto(`en/who-called-me/${LAB}`);
  const lab = page.locator(`lab-root${LAB}`);
  await expect(lab.getByRole('button', { name: 'one', exact: true })).toBeVisible();
  expect(await inBothThemes(page, LAB), 'open').toEqual([]);
  await lab.getByRole('button', { name: 'one', exact: true }).click();
  await expect(lab.getByText('It was 3.')).toBeVisible();
  expect(await inBothThemes(page, LAB), 'answered').toEqual([]);
});

test('axe finds nothing in each view of a lab', async ({ page }) => {
  const lab = await openLab(page);
  for (const view of ['Messages', 'Files']) {
    await lab.openView(view);
    expect(await inBothThemes(page, LAB), view).toEqual([]);
  }
});

test('axe finds nothing in an exercise that was answered', async ({ page }) => {
  await page.goto('en/who-called-me/');
  const exercise = page.getByRole('group', { name: 'Exercise', exact: true });
  for (const [index, says] of ['That is not it. Run it, and look again.', 'That is right.'].entries()) {
    await exercise.getByRole('radio').nth(index).check();
    await exercise.getByRole('button', { name: 'Check' }).click();
    await expect(exercise.getByRole('status')).toHaveText(says);
    expect(await inBothThemes(page, '.exercise'), says).toEqual([]);
  }
});

test('axe finds nothing in a pair that somebody steps through', async ({ page }) => {
  await page.goto('en/who-called-me/');
  const pair = page.getByRole('region', { name: /Then and now/ });
  await pair.getByRole('button', { name: 'Next moment' }).click();
  await expect(pair.getByRole('status')).not.toBeEmpty();
  await pair.getByRole('tab', { name: 'Stack' }).click();
  expect(await inBothThemes(page, 'lab-pair')).toEqual([]);
});

for (const width of [1440, 320]) {
  test(`axe finds nothing in an explanation that is shared, ${String(width)} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('en/explain/');
    await page.getByRole('combobox', { name: 'or load an example' }).selectOption('import-module-error');
    await page.getByRole('button', { name: 'Share…' }).click();
    await expect(page.locator('.explain-share-text')).toBeVisible();
    expect(await inBothThemes(page)).toEqual([]);
  });
}

for (const width of [1440, 320]) {
  test(`axe finds nothing in a runtime that was brought and run, ${String(width)} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('en/dump/');
    await page.getByRole('combobox', { name: 'or look at this site’s own' }).selectOption('lambda-today');
    await page.getByRole('searchbox').fill('next');
    await page.getByRole('searchbox').press('Enter');
    await expect(page.locator('.dump-hit').first()).toBeVisible();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(page.locator('.dump-compare-list li').first()).toBeVisible();
    await page.getByRole('button', { name: 'Run and step the real thing' }).click();
    await page.getByRole('button', { name: 'Run our model, too' }).click();
    await expect(page.locator('lab-pair')).toBeVisible();
    expect(await inBothThemes(page)).toEqual([]);
  });
}

test('axe finds nothing in a phone’s open menu', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('en/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await expect(page.getByRole('navigation', { name: 'Site' })).toBeVisible();
  // The page that the menu covers cannot be reached meanwhile.
  expect(await inBothThemes(page, 'header')).toEqual([]);
});

test('axe finds nothing in forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('en/who-called-me/');
  expect(await violationsOn(page)).toEqual([]);
});

test('in forced colours axe finds nothing while somebody steps, who sees where they are', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(`en/who-called-me/${LAB}/call-handler`);
  await expect(page.locator(`${LAB} .pane-code .is-marked`)).toHaveCSS('outline-style', 'solid');
  expect(await violationsOn(page, LAB)).toEqual([]);
});
