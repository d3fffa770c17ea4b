/**
 * A lab as a reader meets it: found by role and name. The published page has one handler; a test that needs
 * another one changes it in the page's own HTML on its way to the browser, as an author's example would.
 */
import { expect, type Locator, type Page } from '@playwright/test';

const NAMES = {
  en: { run: 'Run', stop: 'Stop', reset: 'Reset', retry: 'Retry', output: 'Output', answer: 'Answer' },
  ja: { run: '実行', stop: '停止', reset: 'リセット', retry: '再試行', output: '出力', answer: '応答' },
} as const;

export type Language = keyof typeof NAMES;

export interface LabOptions {
  readonly language?: Language;
  /** Replaces the handler's file. */
  readonly source?: string;
  /** Lets the clock of its runs go ahead. */
  readonly clock?: 'ahead';
  /** The query part of the page's address: `wait=queue`, `deadline=1000`. It can only shorten the page's limit of a run. */
  readonly query?: string;
  /** True leaves the question before the first run open, and what was recorded folded. */
  readonly prediction?: boolean;
}

/** The lab that most tests run: the article shows it when its address is asked for. */
const LAB = 'print-the-stack--lambda-2016';

/** The parts of that lab, or of another one. */
export class LabPage {
  readonly page: Page;
  readonly root: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly reset: Locator;
  readonly retry: Locator;
  readonly status: Locator;
  readonly output: Locator;
  readonly answer: Locator;

  constructor(page: Page, language: Language, id = LAB) {
    const names = NAMES[language];
    this.page = page;
    this.root = page.locator(`lab-root#${id}`);
    const button = (name: string): Locator => this.root.getByRole('button', { name, exact: true });
    this.run = button(names.run);
    this.stop = button(names.stop);
    this.reset = button(names.reset);
    this.retry = button(names.retry);
    this.status = this.root.getByRole('status');
    this.output = this.root.getByRole('region', { name: names.output });
    this.answer = this.root.getByRole('region', { name: names.answer });
  }

  /** The log as text, exactly as it was written. */
  async log(): Promise<string> {
    return (await this.root.locator('lab-output pre').textContent()) ?? '';
  }

  /** The block or editor of the event, behind its tab. */
  async openEvent(): Promise<Locator> {
    await this.root.getByRole('tab', { name: 'event.json' }).click();
    return this.root.locator('lab-editable[data-name="event"] pre');
  }

  /** Opens a view by its tab's name, unfolding the others behind More where it is one of them. */
  async openView(name: string): Promise<void> {
    const tab = this.root.getByRole('tab', { name: new RegExp(`^${name}(?: ?\\d+)?$`) });
    if (!(await tab.isVisible())) await this.root.locator('.lab-more').click();
    await tab.click();
  }

  /** Runs, and waits until this run, and no earlier one, has finished. English pages only. */
  async runToItsEnd(): Promise<void> {
    const before = startOf(await this.log());
    await this.run.click();
    await expect.poll(async () => startOf(await this.log())).not.toBe(before);
    await expect(this.status).toHaveText(/^Finished, [\d,]+ lines?$/);
  }
}

/** The line that names the run; empty where a process died before it. */
function startOf(log: string): string {
  return /^START .*$/m.exec(log)?.[0] ?? '';
}

/** Opens the article with its lab. */
export async function openLab(page: Page, options: LabOptions = {}): Promise<LabPage> {
  const { language = 'en', source, clock, query, prediction = false } = options;
  const address = `${language}/who-called-me/`;
  if (source !== undefined) await replaceHandler(page, address, source, clock);
  // Where the page is there already, another hash alone would not load it anew.
  await page.goto('about:blank');
  await page.goto(`${address}${query === undefined ? '' : `?${query}`}#${LAB}`);
  const lab = new LabPage(page, language);
  await expect(lab.root).toBeVisible();
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  await page.waitForFunction(() => document.querySelector('lab-walk:not(:defined)') === null);
  await openWhole(lab.root);
  if (!prediction) await skipQuestion(lab.root);
  return lab;
}

/** Opens a lab that shows its code alone beside words in a narrow window; every other lab is left as it is. */
async function openWhole(lab: Locator): Promise<void> {
  const button = lab.page().locator('lab-walk', { has: lab }).locator('.walk-open');
  if (await button.isVisible()) {
    await button.evaluate((element: HTMLElement) => {
      element.click();
    });
  }
}

/** Unfolds what a lab has recorded, as a reader does who does not want to guess. */
export async function skipQuestion(lab: Locator): Promise<void> {
  // By script: a pointer in the lab would be a sign that somebody may run it, and the page would begin to prepare.
  await lab.locator('.guess-skip').evaluate((button: HTMLElement) => {
    button.click();
  });
  await expect(lab.locator('lab-output')).toBeVisible();
}

/** What the article's lab needs of its example: the JSON inside the lab's element. */
interface LabScript {
  task: Record<string, { text: string }>;
  setup: { timeout: number; clock?: 'ahead' };
}

/** Longer than any run of a test: what a test does not ask for shall not end its run. */
const FUNCTION_TIMEOUT = 300_000;

async function replaceHandler(page: Page, address: string, source: string, clock?: 'ahead'): Promise<void> {
  await page.route(
    // A pattern, no function: a function would be asked about every request of the page, and each would wait for it.
    new RegExp(`/${address}(?:[?#]|$)`),
    async (route) => {
      // The page is asked for again, without its body, to find out whether a policy refuses that.
      if (!route.request().isNavigationRequest()) {
        await route.fallback();
        return;
      }
      const response = await route.fetch();
      let replaced = 0;
      const body = (await response.text()).replace(
        new RegExp(
          `(<lab-root\\b[^>]*\\bid="${LAB}"[^]*?<script type="application/json">)(\\{"platform":[^]*?)(</script>)`,
        ),
        (_whole, before: string, json: string, after: string) => {
          const data = JSON.parse(json) as LabScript;
          data.task = { '/var/task/lambda_function.py': { text: source } };
          data.setup.timeout = FUNCTION_TIMEOUT;
          if (clock !== undefined) data.setup.clock = clock;
          replaced += 1;
          return before + JSON.stringify(data).replaceAll('<', '\\u003c') + after;
        },
      );
      expect(replaced, 'the page holds the data of one lab').toBe(1);
      await route.fulfill({ response, body });
    },
  );
}
