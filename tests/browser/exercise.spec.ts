import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';

const WORDS = {
  en: {
    exercise: 'Exercise',
    check: 'Check',
    choices: 'Your answer',
    answer: 'The answer, and why',
    none: 'Choose an answer first.',
    wrong: 'That is not it. Run it, and look again.',
    right: 'That is right.',
    reason: 'The top level runs while the runtime imports your file.',
  },
  ja: {
    exercise: '練習問題',
    check: '答え合わせ',
    choices: '答えを選んでください',
    answer: '答えと、その理由',
    none: '先に答えを選んでください。',
    wrong: '違います。実行して、もう一度確かめてみてください。',
    right: '正解です。',
    reason: 'トップレベルが動くのは、ランタイムがファイルを import している途中です。',
  },
} as const;

async function openExercise(page: Page, language: keyof typeof WORDS): Promise<Locator> {
  await page.goto(`${language}/who-called-me/`);
  return page.getByRole('group', { name: WORDS[language].exercise, exact: true });
}

for (const language of ['en', 'ja'] as const) {
  const words = WORDS[language];

  test(
    `an exercise in ${language} checks an answer by the keyboard, and explains the right one`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const exercise = await openExercise(page, language);
      const status = exercise.getByRole('status');
      const check = exercise.getByRole('button', { name: words.check });
      const choices = exercise.getByRole('group', { name: words.choices }).getByRole('radio');
      await check.click();
      await expect(status).toHaveText(words.none);
      await choices.first().focus();
      await page.keyboard.press('Space');
      await expect(status).toBeEmpty();
      await page.keyboard.press('Enter');
      await expect(status).toHaveText(words.wrong);
      await expect(exercise.getByText(words.reason)).toBeHidden();
      await page.keyboard.press('ArrowDown');
      await expect(status).toBeEmpty();
      await expect(choices.nth(1)).toBeChecked();
      await page.keyboard.press('Enter');
      await expect(status).toHaveText(words.right);
      await expect(exercise.getByText(words.reason)).toBeVisible();
    },
  );
}

test('an exercise keeps the page where it is, and its address as it was', async ({ page }) => {
  const exercise = await openExercise(page, 'en');
  const address = page.url();
  await exercise.getByRole('radio').first().check();
  await exercise.getByRole('button', { name: WORDS.en.check }).click();
  await expect(exercise.getByRole('status')).toHaveText(WORDS.en.wrong);
  expect(page.url()).toBe(address);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('an exercise offers its answers to read, and the right one to unfold', async ({ page }) => {
    const exercise = await openExercise(page, 'en');
    await expect(exercise.getByRole('radio')).toHaveCount(0);
    await expect(exercise.getByRole('button')).toHaveCount(0);
    await expect(exercise.getByText('None: nothing calls the top level of a module.')).toBeVisible();
    await exercise.getByText(WORDS.en.answer).click();
    await expect(exercise.getByText(WORDS.en.reason)).toBeVisible();
  });
});

test('a term leads to its place in the glossary, a number to its source', BOTH, async ({ page }) => {
  await page.goto('en/cold-and-warm/');
  await page.getByRole('link', { name: 'Source 1: AWS Lambda’s documentation' }).first().click();
  await expect(page.locator(':target')).toHaveText('AWS Lambda’s documentation');
  await page.getByRole('main').getByRole('link', { name: 'cold start', exact: true }).click();
  await expect(page).toHaveURL(/\/en\/glossary\/#cold-start$/);
  await expect(page.locator(':target').getByRole('term')).toHaveText('cold start');
  await expect(page.locator(':target')).toBeInViewport();
  await page.getByRole('link', { name: '日本語' }).click();
  await expect(page).toHaveURL(/\/ja\/glossary\/$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('用語集');
});
