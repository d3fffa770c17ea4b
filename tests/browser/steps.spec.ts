import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { goInHistory } from './go-in-history.ts';
import { asItIs, hold } from './hold.ts';
import { openLab } from './lab-page.ts';

const NAMES = {
  en: {
    previous: 'Previous step',
    next: 'Next step',
    into: 'Step into',
    over: 'Step over',
    out: 'Step out',
    slider: 'Step',
    share: 'Share',
    stack: 'Stack',
    output: 'Output',
    value: (step: number, of: number) => `Step ${step} of ${of}: `,
    calling: /^Step \d+ of \d+: bootstrap\.py line \d+, calling lambda_handler$/,
  },
  ja: {
    previous: '前のステップ',
    next: '次のステップ',
    into: 'ステップイン',
    over: 'ステップオーバー',
    out: 'ステップアウト',
    slider: 'ステップ',
    share: '共有',
    stack: 'スタック',
    output: '出力',
    value: (step: number, of: number) => `ステップ ${step} / ${of}：`,
    calling: /^ステップ \d+ \/ \d+：bootstrap\.py の \d+ 行目、lambda_handler を呼ぶ$/,
  },
} as const;

type Language = keyof typeof NAMES;

const LAB = 'print-the-stack--lambda-2016';
const OTHER = 'keep-the-count--lambda-2016';

/** The first lab of the article, by the names of the page contract. */
class Steps {
  readonly page: Page;
  readonly root: Locator;
  readonly slider: Locator;
  readonly stack: Locator;
  readonly source: Locator;
  readonly output: Locator;
  readonly names: (typeof NAMES)[Language];

  constructor(page: Page, language: Language, id = LAB) {
    const names = (this.names = NAMES[language]);
    this.page = page;
    this.root = page.locator(`lab-root#${id}`);
    this.slider = this.root.getByRole('slider', { name: names.slider, exact: true });
    this.stack = this.root.locator('lab-stack');
    this.source = this.root.locator('.pane-code .sheet:not([hidden])');
    this.output = this.root.getByRole('region', { name: names.output, exact: true });
  }

  button(name: 'previous' | 'next' | 'into' | 'over' | 'out' | 'share'): Locator {
    return this.root.getByRole('button', { name: this.names[name], exact: true });
  }

  async value(): Promise<number> {
    return Number(await this.slider.inputValue());
  }

  /** Chooses a moment by its title. */
  async select(title: string): Promise<void> {
    const select = this.root.getByRole('combobox', { name: 'Moment', exact: true });
    const option = select.locator('option', { hasText: title });
    await select.selectOption((await option.getAttribute('value')) ?? '');
  }

  /** The frames as the stack shows them, outermost first. */
  frames(): Locator {
    return this.stack.locator('.stack-name > code');
  }
}

async function open(page: Page, language: Language = 'en', hash = `#${LAB}`, query = ''): Promise<Steps> {
  await page.goto(`${language}/who-called-me/${query}${hash}`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  return new Steps(page, language);
}

async function openOther(page: Page, hash = `#${OTHER}`): Promise<Steps> {
  await page.goto(`en/cold-and-warm/${hash}`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  return new Steps(page, 'en', OTHER);
}

for (const language of ['en', 'ja'] as const) {
  test(
    `a reader goes through the recording from stop to stop, and back (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const lab = await open(page, language);
      await lab.button('next').click();
      await expect(lab.slider).toHaveValue('1');
      await expect(lab.frames()).toHaveText(['<module>']);
      for (let press = 0; press < 5; press += 1) await lab.button('next').click();
      await expect(lab.slider).toHaveAttribute('aria-valuetext', lab.names.calling);
      await expect(lab.frames()).toHaveText(['<module>', 'main', 'handle_event_request']);
      await expect(lab.source.locator('.is-marked')).toHaveText(
        '        result = request_handler(json_input, context)',
      );
      await expect(lab.root.getByRole('status')).toHaveText(lab.names.calling);
      const here = await lab.value();
      await lab.button('next').click();
      await expect(lab.frames()).toHaveText(['<module>', 'main', 'handle_event_request', 'lambda_handler']);
      await expect(lab.source.locator('.sheet-path')).toHaveText('/var/task/lambda_function.py');
      await lab.button('previous').click();
      await expect(lab.slider).toHaveValue(String(here));
      await expect(lab.frames()).toHaveText(['<module>', 'main', 'handle_event_request']);
    },
  );

  test(`into, over and out follow the calls, and every line can be stepped on (${language})`, async ({
    page,
  }) => {
    const lab = await open(page, language, `#${LAB}/call-handler`);
    await expect(lab.frames()).toHaveCount(3);
    await lab.button('into').click();
    await expect(lab.frames()).toHaveCount(4);
    const entered = await lab.value();
    await lab.button('out').click();
    await expect(lab.frames()).toHaveText(['<module>', 'main', 'handle_event_request']);
    await expect(lab.stack.locator('.is-changed')).toContainText('result');
    await lab.slider.fill(String(entered - 1));
    await lab.button('over').click();
    await expect(lab.frames()).toHaveCount(3);
    const over = await lab.value();
    await lab.slider.press('ArrowLeft');
    await expect(lab.slider).toHaveValue(String(over - 1));
    await expect(lab.slider).toHaveAttribute(
      'aria-valuetext',
      new RegExp(`^${lab.names.value(over - 1, Number(await lab.slider.getAttribute('max')))}`),
    );
  });
}

test(
  'the address names the moment; opening it, going back and going on show it again',
  BOTH,
  async ({ page }) => {
    // A lab beside the words that lead through it makes no entries in the history; this one does.
    const lab = await openOther(page);
    await lab.button('next').click();
    await expect(page).toHaveURL(new RegExp(`#${OTHER}/start$`));
    await lab.button('into').click();
    await expect(page).toHaveURL(new RegExp(`#${OTHER}/step-2$`));
    // The driver of Firefox waits for a load that never comes.
    await goInHistory(page, -1);
    await expect(lab.slider).toBeHidden();
    await goInHistory(page, 1);
    await expect(lab.slider).toHaveValue('2');
    await expect(lab.slider).toBeVisible();
    await page.goto('about:blank');
    const again = await openOther(page, `#${OTHER}/step-14`);
    await expect(again.slider).toHaveValue('14');
    await page.goto('about:blank');
    const last = await openOther(page, `#${OTHER}/step-99999`);
    await expect(last.slider).toHaveAttribute('aria-valuetext', /: the end of the run$/);
  },
);

test('an address that names no moment of the lab leaves it as it is', async ({ page }) => {
  const lab = await open(page, 'en', `#${LAB}/%E0%A4%A`);
  await expect(lab.slider).toBeHidden();
  await page.goto(`en/who-called-me/#${LAB}/no-such-stop`);
  await expect(lab.slider).toBeHidden();
  await lab.button('next').click();
  await expect(lab.slider).toBeVisible();
});

test('Share copies the address of the moment’s page, or of the place where there is none', async ({
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = await open(page, 'en', `#${LAB}/in-handler`);
  await expect(lab.frames()).toHaveCount(4);
  await lab.button('share').click();
  await expect(lab.root.getByRole('status')).toHaveText('A link to this moment is copied.');
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  expect(await copied()).toMatch(new RegExp(`/en/moments/${LAB}/in-handler/$`));
  await lab.button('into').click();
  await lab.button('share').click();
  await expect.poll(copied).toMatch(new RegExp(`/en/who-called-me/#${LAB}/step-\\d+$`));
  // A step of a run of the reader's own is another one of the recording.
  await lab.root.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lab.root.locator('.lab-origin').first()).toHaveText('your run: a cold start');
  await lab.button('next').click();
  await lab.button('into').click();
  await expect(lab.slider).toHaveAttribute('aria-valuetext', /^Step 2 of/);
  await lab.button('share').click();
  await expect.poll(copied).toMatch(new RegExp(`/en/who-called-me/#${LAB}$`));
});

test('Share waits for the moment that the reader has asked for', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const recording = await hold(page, '**/traces/*.json');
  const lab = await open(page, 'en');
  await lab.button('next').click();
  await lab.button('share').click();
  recording.answer(asItIs);
  await expect(lab.root.getByRole('status')).toHaveText('A link to this moment is copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    new RegExp(`/en/moments/${LAB}/[a-z-]+/$`),
  );
});

for (const language of ['en', 'ja'] as const) {
  test(`a sentence of the prose leads the lab to its moment, and shows when it stands there (${language})`, async ({
    page,
  }) => {
    await open(page, language, '');
    const lab = new Steps(page, language, 'print-the-stack--lambda-today');
    const sentence = page.locator('lab-step[data-stop="call-handler"] a').first();
    await sentence.click();
    await expect(lab.slider).toHaveAttribute('aria-valuetext', lab.names.calling);
    await expect(sentence).toHaveAttribute('aria-current', 'step');
    await lab.button('next').click();
    await expect(sentence).not.toHaveAttribute('aria-current');
    await expect(page.locator('lab-step[data-stop="in-handler"] a')).toHaveAttribute('aria-current', 'step');
  });
}

test('what is printed later is dimmed and stays; at the end nothing is', async ({ page }) => {
  const lab = await open(page, 'en', `#${LAB}/call-handler`);
  const lines = lab.output.locator('.lab-line');
  await expect(lines.first()).not.toHaveClass(/is-later/);
  await expect(lines.nth(1)).toHaveClass(/is-later/);
  await expect(lines.nth(1)).toBeVisible();
  await lab.slider.fill((await lab.slider.getAttribute('max')) ?? '');
  await expect(lab.output.locator('.is-later')).toHaveCount(0);
});

test(
  'the number of a line that ran leads there; a line that never ran is marked and has none',
  BOTH,
  async ({ page }) => {
    const lab = await open(page, 'en', `#${LAB}/call-handler`);
    const marked = lab.source.locator('.is-marked');
    await expect(marked).toContainText('result = request_handler');
    const decode = lab.source.locator('.line', { hasText: 'json_input = decode_event(event_body)' });
    await decode.getByRole('button', { name: /^Go to where line \d+ runs$/ }).click();
    await expect(marked).toContainText('json_input = decode_event');
    const failed = lab.source.locator('.line', { hasText: 'answer_error(invokeid, error)' }).first();
    await expect(failed).toHaveClass(/is-unrun/);
    await expect(failed.getByRole('button')).toHaveCount(0);
  },
);

test('a frame of the stack leads to the line at which it waits', async ({ page }) => {
  const lab = await open(page, 'en', `#${LAB}/in-handler`);
  await lab.root.getByRole('tab', { name: 'Stack', exact: true }).click();
  await lab.stack
    .getByRole('button', { name: /^bootstrap\.py:\d+$/ })
    .first()
    .click();
  await expect(lab.source.locator('.is-looked')).toHaveText('    main()');
  await lab.button('next').click();
  await expect(lab.source.locator('.is-marked')).toContainText('def to_json');
});

test('arrow keys step inside the stepper and nowhere else', BOTH, async ({ page }) => {
  const lab = await open(page);
  await lab.button('next').click();
  await page.keyboard.press('ArrowRight');
  await expect(lab.stack.locator('.stack-name > code').last()).toHaveText('find_handler');
  await page.keyboard.press('ArrowLeft');
  await expect(lab.slider).toHaveValue('1');
  await lab.slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(lab.slider).toHaveValue('2');
  await lab.output.locator('.lab-log').focus();
  await page.keyboard.press('ArrowRight');
  await expect(lab.slider).toHaveValue('2');
});

test('the reader’s own run is stepped through like the recording, warm ones too', BOTH, async ({ page }) => {
  const lab = await open(page);
  await lab.root.locator('lab-editable').first().locator('.line').last().click();
  await expect(lab.root.getByRole('textbox', { name: /lambda_function/ })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(
    'def lambda_handler(event, context):\n    answer = 6 * 7\n    del event\n    return answer\n',
  );
  const status = lab.root.getByRole('status');
  for (const start of ['cold', 'warm']) {
    await lab.root.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(lab.root.locator('.lab-origin').first()).toHaveText(new RegExp(`^your run: .*${start}`));
    await expect(status).toHaveText(/^Finished/);
    await lab.button('next').click();
    await lab.select('Your handler');
    await expect(lab.frames()).toHaveText(['<module>', 'main', 'handle_event_request', 'lambda_handler']);
    await lab.button('into').click();
    await lab.button('into').click();
    await expect(lab.stack.locator('.is-changed')).toHaveText('answernew42');
    await expect(lab.source.locator('.cm-here')).toHaveText('    del event');
    await lab.button('into').click();
    await expect(lab.stack.locator('.is-gone')).toHaveText('eventgone—');
    await lab.button('into').click();
    await expect(lab.stack.locator('.is-gone')).toHaveCount(0);
  }
});

test('the stops stand in the order in which a run comes to them, also in a warm one', async ({ page }) => {
  const lab = await open(page);
  const numbers = (): Promise<(string | undefined)[]> =>
    lab.root
      .locator('.time-select > option:not([value=""])')
      .evaluateAll((options) => options.map((option) => /^\d+/.exec(option.textContent)?.[0]));
  await lab.button('next').click();
  await expect(lab.slider).toBeVisible();
  const recorded = await numbers();
  const inOrder = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));
  expect(recorded).toEqual(inOrder(recorded.length));
  for (const start of ['cold', 'warm']) {
    await lab.root.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(lab.root.locator('.lab-origin').first()).toHaveText(new RegExp(`^your run: .*${start}`));
    await expect(lab.root.getByRole('status')).toHaveText(/^Finished/);
    const shown = await numbers();
    expect(shown.length).toBeGreaterThan(1);
    expect(shown).toEqual(inOrder(shown.length));
  }
  await lab.root.getByRole('button', { name: 'Reset', exact: true }).click();
  await lab.button('next').click();
  await expect.poll(numbers).toEqual(recorded);
});

test(
  'past the recording’s cap a run goes on to its answer, and its last step says what was left out',
  BOTH,
  async ({ page }) => {
    const source =
      'def lambda_handler(event, context):\n    for turn in range(100_000):\n        last = turn\n    return last\n';
    const lab = await openLab(page, { source });
    await lab.runToItsEnd();
    await expect(lab.answer).toContainText('99999');
    await lab.root.getByRole('button', { name: 'Next step', exact: true }).click();
    const slider = lab.root.getByRole('slider', { name: 'Step', exact: true });
    await slider.press('End');
    await lab.root.getByRole('tab', { name: 'Stack', exact: true }).click();
    await expect(lab.root.locator('.lab-stack-note')).toHaveText(
      /The recording holds the first [\d,]+ events of a run\./,
    );
    await slider.press('ArrowLeft');
    await expect(lab.root.locator('.lab-stack-note')).toBeHidden();
  },
);

test('without the recorded steps the lab says so, and the next press tries again', async ({ page }) => {
  await page.route('**/traces/*.json', (route) => route.abort());
  const lab = await open(page);
  await lab.button('next').click();
  await expect(lab.root.getByRole('status')).toHaveText(/^The recorded steps could not be fetched/);
  await page.unrouteAll();
  await lab.button('next').click();
  await expect(lab.frames()).toHaveText(['<module>']);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the stops are a list with their source lines', async ({ page }) => {
    await page.goto('en/who-called-me/');
    const lab = page.locator(`lab-root#${LAB}`);
    const stop = lab.locator('.lab-stops > li', { hasText: 'The line that calls you' });
    await expect(stop).toContainText('result = request_handler(json_input, context)');
    await expect(stop).toContainText('This line of the runtime calls your function');
    await expect(lab.getByRole('button', { name: 'Next step' })).toBeHidden();
  });
});

test(
  'on a phone the code stays in sight, the way on is under the thumb, and nothing is too wide',
  BOTH,
  async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const lab = await open(page, 'en', `#${LAB}/in-handler`);
    await expect(lab.frames()).toHaveCount(4);
    await expect(lab.source.locator('.is-marked')).toBeInViewport();
    for (const name of ['previous', 'next'] as const) {
      await expect(lab.button(name)).toBeInViewport();
      const box = await lab.button(name).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    // Firefox's scroll bar takes its own room.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  },
);
