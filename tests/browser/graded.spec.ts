/** An exercise that looks at the run: what has to be true, what is said of an attempt, and what is kept of it. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH } from './both.ts';
import { setHidden } from './set-hidden.ts';
import { violationsOn } from './violations.ts';

const ARTICLE = 'en/cold-and-warm/';
const ID = 'read-prices-once';
const ATTEMPTS = path.resolve(import.meta.dirname, '../../content/exercises', ID);

const COUNT = readdirSync(path.dirname(ATTEMPTS)).filter((name) => name.endsWith('.json')).length;

const sourceOf = (attempt: string): Promise<string> =>
  readFile(path.join(ATTEMPTS, attempt, 'lambda_function.py'), 'utf8');

class Graded {
  readonly root: Locator;
  readonly check: Locator;
  readonly says: Locator;
  readonly statements: Locator;
  readonly lab: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator(`#${ID}`);
    this.check = this.root.getByRole('button', { name: 'Check', exact: true });
    this.says = this.root.locator('.exercise-acts').getByRole('status');
    this.statements = this.root.locator('.exercise-statements > li');
    this.lab = this.root.locator('lab-root');
  }

  async write(source: string): Promise<void> {
    await this.lab.getByRole('tab', { name: 'lambda_function.py' }).click();
    const editor = this.lab.getByRole('textbox', { name: /lambda_function\.py/ });
    // The first time the block becomes an editor.
    const line = this.lab.locator('lab-editable').first().locator('.line').last();
    await ((await editor.isVisible()) ? editor : line).click();
    await expect(editor).toBeFocused();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(source);
  }
}

async function openGraded(page: Page): Promise<Graded> {
  await page.goto(`${ARTICLE}#${ID}`);
  const graded = new Graded(page);
  await expect(graded.lab).toBeVisible();
  return graded;
}

test('what was true of other code is taken away', async ({ page }) => {
  const graded = await openGraded(page);
  await graded.check.click();
  await expect(graded.says).toHaveText(/^2 of 3 are true/);
  await graded.write('x = broken(\n');
  await expect(graded.says).toHaveText('The code is another one now. Check it again.');
  await expect(graded.root.locator('.exercise-statements [data-is]')).toHaveCount(0);
});

test('an attempt is told what is true and where to look, and a right one is kept', BOTH, async ({ page }) => {
  const graded = await openGraded(page);
  await expect(graded.root.getByText('Show a solution')).toBeHidden();
  await graded.check.press('Enter');
  await expect(graded.says).toHaveText(
    /^2 of 3 are true\. Not yet: read_prices of prices\.py is called once/,
  );
  await expect(graded.statements.nth(0)).toHaveAttribute('data-is', 'true');
  await expect(graded.statements.nth(2)).toHaveAttribute('data-is', 'not-yet');
  await expect(graded.statements.nth(2)).toContainText('more than once, or never');
  await graded.statements.nth(2).getByRole('button', { name: 'Show the moment, run 2' }).click();
  await expect(graded.lab.locator('.pane-code .is-marked')).toBeVisible();
  await expect(graded.lab.getByRole('slider', { name: 'Step', exact: true })).toHaveAttribute(
    'aria-valuetext',
    /read_prices/,
  );

  // One solution as a difference to what stands there; another one is as right.
  await graded.root.getByText('Show a solution').click();
  await expect(graded.root.locator('.exercise-solution ins').first()).toHaveText(
    '+ prices = read_prices()\n',
  );
  await graded.write(await sourceOf('right-on-demand'));
  await graded.check.click();
  await expect(graded.says).toHaveText('All of it is true.');
  await expect(graded.root.locator('.exercise-why')).toBeVisible();

  await page.goto('en/articles/');
  const progress = page.locator('exercise-progress');
  await expect(progress).toContainText(`1 of ${String(COUNT)} exercises solved`);
  await expect(page.locator('.path-solved:visible')).toHaveCount(1);
  await progress.getByRole('button', { name: 'Forget it' }).click();
  await expect(progress).toBeHidden();
  await expect(page.locator('.path-solved:visible')).toHaveCount(0);
});

test('what prints and answers all that is right is told what it has not done', async ({ page }) => {
  const graded = await openGraded(page);
  await graded.write(await sourceOf('wrong-by-heart'));
  await graded.check.click();
  await expect(graded.says).toHaveText(/^2 of 3 are true/);
});

test('an attempt that is stopped, fails, or never ends leaves every statement unchecked', async ({
  page,
}) => {
  const graded = await openGraded(page);
  const areUnchecked = async (): Promise<void> => {
    for (const statement of await graded.statements.all())
      await expect(statement).toHaveAttribute('data-is', 'unchecked');
    await expect(graded.root.locator('.exercise-why')).toBeHidden();
  };
  await graded.write('def lambda_handler(event, context):\n    print("begun")\n    while True: pass\n');
  // Its time-out of three seconds is to leave a busy machine the time to press Stop.
  await setHidden(page, true);
  await graded.check.click();
  await expect(graded.lab.getByRole('region', { name: /^Output/ })).toContainText('begun');
  await graded.lab.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(graded.says).toHaveText('Not checked: run 1 was stopped.');
  await areUnchecked();
  await setHidden(page, false);

  await graded.check.click();
  await expect(graded.says).toHaveText('Not checked: run 1 reached its time-out. Make it end first.');
  await areUnchecked();

  await graded.write('def lambda_handler(event, context):\n    return price\n');
  await graded.check.click();
  await expect(graded.says).toHaveText(
    /^Not checked: run 1 failed with NameError: name 'price' is not defined/,
  );
  await areUnchecked();
});

test('what an exercise’s lab shares leads to its task', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const graded = await openGraded(page);
  await graded.lab.getByRole('button', { name: 'Share', exact: true }).click();
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(new RegExp(`/${ARTICLE}#${ID}$`));
});

test('a lab that cannot be fetched is told of, and asked for again', async ({ page }) => {
  await page.route('**/exercises/*.json', (route) => route.abort());
  await page.goto(`${ARTICLE}#${ID}`);
  const graded = new Graded(page);
  await graded.check.click();
  await expect(graded.says).toHaveText(/^The lab couldn’t be fetched/);
  await page.unroute('**/exercises/*.json');
  await graded.check.click();
  await expect(graded.says).toHaveText(/^2 of 3 are true/);
});

test('axe finds nothing in an exercise before and behind an attempt, on a phone as well', async ({
  page,
}) => {
  const graded = await openGraded(page);
  expect(await violationsOn(page, `#${ID}`)).toEqual([]);
  await graded.check.click();
  await expect(graded.says).toHaveText(/^2 of 3/);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violationsOn(page, `#${ID}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the statements are a list to check oneself by', async ({ page }) => {
    await page.goto(ARTICLE);
    const graded = new Graded(page);
    await expect(graded.statements).toHaveCount(3);
    await expect(graded.statements.first()).toBeVisible();
    await expect(graded.check).toBeHidden();
    await expect(graded.root.locator('.statement-mark').first()).toBeHidden();
  });
});
