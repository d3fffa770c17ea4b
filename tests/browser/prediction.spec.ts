/** The question before the first run: what was recorded waits for an answer, and for nobody who does not want to guess. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { bothIf } from './both.ts';
import { openLab } from './lab-page.ts';

const WORDS = {
  en: {
    title: 'Before you run it',
    check: 'Check',
    skip: 'Skip the question and show everything',
    down: (name: string) => `Move ${name} down`,
    up: (name: string) => `Move ${name} up`,
    moved: 'handle_event_request, bootstrap.py: now 3 of 4.',
    moreMoved: 'main, bootstrap.py: now 2 of 4.',
    wrong: 'Not yet: 1 of 4 stand where they stood in the run.',
    right: 'That is right.',
    output: 'Output',
    none: 'Choose one first.',
    wrongCaller: 'It was not that one.',
  },
  ja: {
    title: '実行する前に',
    check: '答え合わせ',
    skip: '質問を飛ばして、すべて表示する',
    down: (name: string) => `${name} を下へ移動`,
    up: (name: string) => `${name} を上へ移動`,
    moved: 'handle_event_request, bootstrap.py: 4 個中 3 番目になりました。',
    moreMoved: 'main, bootstrap.py: 4 個中 2 番目になりました。',
    wrong: 'まだ違います。実行時と同じ位置にあるのは 4 個中 1 個です。',
    right: '正解です。',
    output: '出力',
    none: '先に 1 つ選んでください。',
    wrongCaller: 'その関数ではありません。',
  },
} as const;

/** What tells the answer: the log, the moments and the calls. */
function tellingParts(lab: Locator): readonly Locator[] {
  return ['.lab-log', '.lab-stops', '.lab-all-calls', '.lab-answer'].map((part) => lab.locator(part).last());
}

async function expectFolded(lab: Locator): Promise<void> {
  for (const part of tellingParts(lab)) await expect(part).toBeHidden();
}

async function expectUnfolded(lab: Locator): Promise<void> {
  for (const part of tellingParts(lab)) await expect(part).toBeVisible();
}

async function openCallers(page: Page, language: keyof typeof WORDS): Promise<Locator> {
  await page.goto(`${language}/when-it-fails/`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  return page.locator('lab-root').first();
}

for (const language of ['en', 'ja'] as const) {
  const words = WORDS[language];

  test(
    `a reader orders the frames by the keyboard, and the recording says how it was (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const { root } = await openLab(page, { language, prediction: true });
      await expectFolded(root);
      const question = root.getByRole('group', { name: words.title });
      const check = question.getByRole('button', { name: words.check });
      await check.focus();
      await page.keyboard.press('Enter');
      await expect(question.getByText(words.wrong)).toBeVisible();
      await expectFolded(root);
      const first = question.getByRole('button', { name: words.up('<module>, bootstrap.py') });
      await expect(first).toHaveAttribute('aria-disabled', 'true');
      const move = question.getByRole('button', { name: words.down('handle_event_request, bootstrap.py') });
      await move.focus();
      await page.keyboard.press('Enter');
      await expect(question.getByText(words.moved)).toBeVisible();
      await expect(move).toBeFocused();
      await question.getByRole('button', { name: words.up('handle_event_request, bootstrap.py') }).click();
      const raise = question.getByRole('button', { name: words.up('main, bootstrap.py') });
      await raise.focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Space');
      await expect(question.getByText(words.moreMoved)).toBeVisible();
      await expect(raise).toBeFocused();
      await check.focus();
      await page.keyboard.press('Enter');
      await expect(question.getByText(words.right)).toBeVisible();
      await expectUnfolded(root);
      await expect(check).toBeFocused();
    },
  );

  test(
    `a reader picks the caller by the keyboard (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const lab = await openCallers(page, language);
      await expectFolded(lab);
      const question = lab.getByRole('group', { name: words.title });
      await question.getByRole('button', { name: words.check }).click();
      await expect(question.getByText(words.none)).toBeVisible();
      await question.getByRole('radio', { name: /^main/ }).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await expect(question.getByText(words.wrongCaller)).toBeVisible();
      await expectFolded(lab);
      await page.keyboard.press('ArrowUp');
      await expect(question.getByRole('radio', { name: /^handle_event_request/ })).toBeChecked();
      await page.keyboard.press('Enter');
      await expect(question.getByText(words.right)).toBeVisible();
      await expectUnfolded(lab);
    },
  );

  test(
    `one click skips the question and shows everything, for good (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const { root } = await openLab(page, { language, prediction: true });
      await root.getByText(words.skip).click();
      await expectUnfolded(root);
      await expect(root.locator('.lab-prediction-answer li').first()).toContainText('<module>');
      await root.locator('.lab-prediction-answer > summary').click();
      await expect(root.locator('.lab-prediction-answer li').first()).toBeHidden();
      await expectUnfolded(root);
    },
  );
}

test('Run asks for no answer: it runs, and shows everything from then on', async ({ page }) => {
  const lab = await openLab(page, { prediction: true });
  await lab.run.click();
  await expectUnfolded(lab.root);
  await expect(lab.status).toHaveText(/^Finished/);
  await lab.reset.click();
  await expectUnfolded(lab.root);
});

test('whoever steps through the recording, or comes by a link into it, sees everything', async ({ page }) => {
  const lab = await openLab(page, { prediction: true });
  await lab.root.getByRole('button', { name: 'Next step', exact: true }).click();
  await expectUnfolded(lab.root);
  await page.goto('about:blank');
  await page.goto('en/who-called-me/#print-the-stack--lambda-2016/call-handler');
  await expectUnfolded(page.locator('lab-root').first());
});

test('without the lab’s scripts the question can be skipped all the same', async ({ page }) => {
  await page.route(/\.js$/, (route) => route.abort());
  await page.goto('en/who-called-me/');
  const lab = page.locator('lab-root').first();
  await expectFolded(lab);
  await lab.getByText(WORDS.en.skip).click();
  await expectUnfolded(lab);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  for (const language of ['en', 'ja'] as const) {
    test(`a question is there to be read, its answer to be unfolded, and nothing else is folded (${language})`, async ({
      page,
    }) => {
      await page.goto(`${language}/who-called-me/`);
      const lab = page.locator('lab-root').first();
      await expectUnfolded(lab);
      const question = lab.getByRole('group', { name: WORDS[language].title });
      await expect(question.getByRole('button')).toHaveCount(0);
      const answer = question.locator('.lab-prediction-answer');
      await expect(answer.getByRole('list')).toBeHidden();
      await answer.locator('summary').click();
      await expect(answer.getByRole('listitem')).toHaveText([
        /<module>/,
        /main/,
        /handle_event_request/,
        /lambda_handler/,
      ]);
    });
  }
});
