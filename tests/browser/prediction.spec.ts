import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';

const WORDS = {
  en: {
    guess: /^Guess first/,
    few: 'a few',
    one: 'one',
    skip: 'Skip',
    run: 'Run',
    next: 'Next step',
    hidden: /^Hidden until/,
  },
  ja: {
    guess: /^先に予想する/,
    few: '数個',
    one: '1 個',
    skip: 'スキップ',
    run: '実行',
    next: '次のステップ',
    hidden: /表示されます。$/,
  },
} as const;

const THEN = 'print-the-stack--lambda-2016';
const NOW = 'print-the-stack--lambda-today';
const RAISED = 'raise-an-error--lambda-2016';

async function open(page: Page, language: keyof typeof WORDS, article: string, id: string): Promise<Locator> {
  await page.goto(`${language}/${article}/`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  return page.locator(`lab-root#${id}`);
}

for (const language of ['en', 'ja'] as const) {
  const words = WORDS[language];

  test(
    `one press answers the question, and shows what was recorded (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const lab = await open(page, language, 'who-called-me', NOW);
      const question = lab.getByRole('group', { name: words.guess });
      await expect(lab.locator('lab-output')).toBeHidden();
      await expect(lab.getByText(words.hidden)).toBeVisible();
      await question.getByRole('button', { name: words.few }).focus();
      await page.keyboard.press('Enter');
      await expect(lab.locator('lab-output')).toBeVisible();
      await expect(question).toContainText('5');
      await expect(question.getByRole('button', { name: words.few })).toHaveAttribute('aria-pressed', 'true');
    },
  );

  test(`a skip shows everything, and the question goes (${language})`, async ({ page }) => {
    const lab = await open(page, language, 'who-called-me', NOW);
    await lab.getByRole('button', { name: words.skip }).focus();
    await page.keyboard.press('Space');
    await expect(lab.locator('lab-output')).toBeVisible();
    await expect(lab.getByRole('group', { name: words.guess })).toBeHidden();
    await expect(lab.locator('lab-output .lab-log')).toBeFocused();
  });
}

test('a wrong guess is told what was recorded', BOTH, async ({ page }) => {
  const lab = await open(page, 'en', 'who-called-me', NOW);
  await lab.getByRole('button', { name: 'one', exact: true }).click();
  await expect(lab.locator('.guess-says')).toHaveText('It was 5.');
});

test('the answer is that of the platform that is shown', async ({ page }) => {
  const lab = await open(page, 'en', 'who-called-me', THEN);
  await page.goto(`en/who-called-me/#${THEN}`);
  await expect(lab.locator('lab-prediction')).toHaveAttribute('data-answer', '3');
});

test('a caller is guessed by its name', async ({ page }) => {
  const lab = await open(page, 'en', 'when-it-fails', RAISED);
  await page.goto(`en/when-it-fails/#${RAISED}`);
  const question = lab.getByRole('group', { name: WORDS.en.guess });
  await question.getByRole('button', { name: 'handle_event_request' }).click();
  await expect(question).toContainText('Right: handle_event_request.');
});

test('a step counts as skipping', async ({ page }) => {
  const lab = await open(page, 'en', 'who-called-me', NOW);
  await lab.getByRole('button', { name: 'Next step', exact: true }).click();
  await expect(lab.locator('lab-output')).toBeVisible();
});

test('nothing on the page gives it away before: no tab of the runtime, no profile, no stack', async ({
  page,
}) => {
  const lab = await open(page, 'en', 'who-called-me', NOW);
  await expect(lab.getByRole('tab', { name: 'bootstrap.py' })).toHaveCount(0);
  await expect(lab.locator('.time-track')).toBeHidden();
  await expect(lab.locator('.stack > li')).toHaveCount(0);
  expect(await lab.innerText()).not.toMatch(/handle_event_request/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the question can be read, and nothing is kept back', async ({ page }) => {
    await page.goto('en/who-called-me/');
    const lab = page.locator(`lab-root#${NOW}`);
    await expect(lab.getByText('How many frames are above yours?')).toBeVisible();
    await expect(lab.locator('lab-output')).toBeVisible();
    await expect(lab.getByRole('button', { name: 'a few' })).toBeHidden();
  });
});
