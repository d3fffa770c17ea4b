/** The playground: a function of the reader's is made, run cold and warm, stepped, taken to another platform, and shared. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import en from '../../content/ui/en.json' with { type: 'json' };
import { BOTH } from './both.ts';

const { live } = en.playground;
const { life } = en.lab.live;

/** The bench that is shown, by what a reader finds on it. */
class Bench {
  readonly page: Page;
  readonly lab: Locator;
  readonly form: Locator;
  readonly says: Locator;
  readonly life: Locator;
  readonly answer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lab = page.locator('lab-root:not([hidden])');
    this.form = this.lab.locator('lab-function');
    this.says = page.locator('.playground-says');
    this.life = this.lab.locator('.life-text');
    this.answer = this.lab.locator('.lab-payload');
  }

  tab(name: string): Locator {
    return this.lab.locator('.pane-code').getByRole('tab', { name, exact: true });
  }

  get files(): Promise<string[]> {
    return this.lab.locator('.pane-code [data-tab^="/"] .tab-name').allTextContents();
  }

  /** Writes a file as a reader does: its text is what they typed. */
  async write(name: string, text: string): Promise<void> {
    await this.tab(name).click();
    const editable = this.lab.locator('.pane-code .sheet:not([hidden]) lab-editable');
    await editable.locator('pre, .cm-content').first().click();
    await expect(editable.locator('.cm-content')).toBeFocused();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  async run(begun: string): Promise<void> {
    await this.lab.locator('.lab-run').click();
    await expect(this.life).toHaveText(begun);
    await expect(this.lab.locator('.lab-run')).toHaveAttribute('aria-disabled', 'false');
  }
}

async function open(page: Page, fragment = ''): Promise<Bench> {
  await page.goto(`en/playground/${fragment}`);
  await page.waitForFunction(() => customElements.get('lab-playground') !== undefined);
  return new Bench(page);
}

const HANDLER = `import os
from util.prices import price
calls = 0
def answer(event, context):
    global calls
    calls += 1
    return [price, os.environ.get('STAGE'), calls, getattr(context, 'memory_limit_in_mb', None)]
`;

test(
  'a function is made, run cold and warm, stepped, taken elsewhere, shared, and opened beside another one',
  BOTH,
  async ({ page, browser, baseURL }) => {
    test.slow();
    await page.addInitScript(() => {
      // What a browser lets a page read of its clipboard differs.
      Object.defineProperty(navigator, 'clipboard', {
        value: {
          writeText(text: string): Promise<void> {
            document.documentElement.dataset.copied = text;
            return Promise.resolve();
          },
        },
      });
    });
    const bench = await open(page);
    const { form, lab } = bench;
    await bench.tab(en.playground.form.title).click();
    const name = form.getByLabel(en.playground.form.newFile);
    await name.fill('../prices.py');
    await name.press('Enter');
    await expect(form.getByRole('alert')).toContainText('../prices.py');
    await name.fill('util/prices.py');
    await name.press('Enter');
    await bench.write('prices.py', 'price = 7\n');
    await bench.write('lambda_function.py', HANDLER);
    await bench.tab(en.playground.form.title).click();
    await form.getByLabel(en.playground.form.handler).fill('lambda_function.answer');
    await form.getByLabel(en.playground.form.memory).fill('512');
    await form.getByRole('button', { name: en.playground.form.addVariable }).click();
    await form.getByLabel(live.variables.name, { exact: true }).fill('STAGE');
    await form.getByLabel(live.variables.value, { exact: true }).fill('test');

    // The handler follows its module's new name; and that can be undone.
    await form.getByRole('button', { name: 'Rename lambda_function.py' }).click();
    await form.getByLabel('New name of lambda_function.py').fill('app.py');
    await page.keyboard.press('Enter');
    await expect(form.getByLabel(en.playground.form.handler)).toHaveValue('app.answer');
    expect(await bench.files).toContain('app.py');

    await bench.run(life.cold);
    await expect(bench.answer).toHaveText('[7, "test", 1, "512"]');
    await bench.run(life.warm.replace('{number}', '2'));
    await expect(bench.answer).toHaveText('[7, "test", 2, "512"]');

    // Stepping shows the reader's own file.
    await lab.locator('.pane-views').getByRole('tab', { name: en.lab.live.views.stack }).click();
    await expect(lab.locator('.stack')).toContainText('answer');
    await expect(bench.tab('app.py')).toHaveAttribute('aria-selected', 'true');

    await lab.getByRole('button', { name: en.lab.step.share, exact: true }).click();
    await expect(lab.locator('.lab-status')).toHaveText(live.share.withoutVariables);
    const link = (await page.locator('html').getAttribute('data-copied')) ?? '';
    expect(link).toContain('/en/playground/#playground~1.');

    // Another way to call: the file that the platform calls calls the reader's function.
    await lab.locator('.bench-platform select').selectOption('playground--openwhisk-flask');
    await expect(bench.tab('__main__.py')).toBeVisible();
    await bench.run(life.cold);
    await expect(bench.answer).toContainText('"error"');

    // In a browser that has a function of its own the link's comes beside it.
    const other = await browser.newPage({ baseURL: baseURL ?? '' });
    const second = await open(other);
    await second.write('lambda_function.py', 'mine = 1\n');
    await expect(second.lab.locator('.lab-edits-note')).toHaveText(en.lab.live.edit.kept);
    await other.goto(`en/playground/${new URL(link).hash}`);
    await expect(second.lab.locator('.lab-edits-note')).toContainText(en.lab.link.note);
    await expect(second.tab('app.py')).toBeVisible();
    await expect(second.life).toHaveText(life.recorded);
    await second.run(life.cold);
    await expect(second.answer).toHaveText('[7, null, 1, "512"]');
    await second.lab.getByRole('button', { name: en.lab.link.own }).click();
    await expect(second.tab('lambda_function.py')).toBeVisible();
    expect(await second.files).toEqual(['lambda_function.py']);
    await expect(second.lab.locator('.pane-code .sheet:not([hidden])')).toContainText('mine = 1');
    await other.close();
  },
);
