import { expect, test } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { asItIs, hold, PYTHON } from './hold.ts';
import { openLab } from './lab-page.ts';
import { setHidden } from './set-hidden.ts';

/** Loops for ever until a bucket, which outlives environments, says that it has run before. */
const LOOPS_ONCE = `import boto3

bucket = boto3.resource("s3").Bucket("seen")


def lambda_handler(event, context):
    bucket.create()
    again = any(True for _ in bucket.objects.all())
    boto3.resource("s3").Object("seen", "it").put(Body=b"")
    print("again" if again else "looping")
    while not again:
        try:
            while True:
                pass
        except:
            pass
    return "done"
`;

test('Stop ends an endless loop, keeps what was printed, and the next run works', BOTH, async ({ page }) => {
  const lab = await openLab(page, { source: LOOPS_ONCE });
  await lab.run.click();
  await expect(lab.output).toContainText('looping');
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  await expect(lab.output).toContainText('looping');
  await expect(lab.answer).toContainText('the next run is a cold start');
  await lab.runToItsEnd();
  await expect(lab.answer).toContainText('"done"');
  await expect(lab.output).toContainText('your run: a cold start');
});

// What a driver sends to Firefox are two clicks of their own.
test('a double click on Run runs', async ({ page }) => {
  const lab = await openLab(page, { source: 'def lambda_handler(event, context):\n    return "run"\n' });
  await lab.run.dblclick();
  await expect(lab.answer).toContainText('"run"');
});

test(
  'the limit ends an endless loop that swallows every exception, and the next run works',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, { source: LOOPS_ONCE, query: 'deadline=6000' });
    // Only what does not end is to meet the limit: the time of what a busy machine does besides stands still.
    await setHidden(page, true);
    await lab.run.click();
    await expect(lab.output).toContainText('looping');
    await setHidden(page, false);
    await expect(lab.answer).toContainText('The lab ended the run after 6 seconds');
    await expect(lab.output).toContainText('looping');
    await setHidden(page, true);
    await lab.runToItsEnd();
    await expect(lab.answer).toContainText('"done"');
  },
);

for (const [language, timeOut, platform, ended, gone] of [
  [
    'en',
    'Running out of time',
    'Platform',
    'The function’s time-out of 3 seconds passed',
    'The environment is gone',
  ],
  ['ja', 'タイムアウト', 'プラットフォーム', '関数のタイムアウト 3 秒が過ぎ', '実行環境はなくなりました'],
] as const) {
  test(
    `the function’s time-out ends a run as the platform does, and the next run is cold (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      await page.goto(`${language}/when-it-fails/`);
      const group = page.locator('lab-group').filter({ has: page.locator('#take-too-long--lambda-2016') });
      await group.getByRole('tab', { name: timeOut, exact: true }).click();
      await group
        .locator('#take-too-long--lambda-today')
        .getByRole('combobox', { name: platform })
        .selectOption({ value: 'take-too-long--lambda-2016' });
      const lab = group.locator('lab-root#take-too-long--lambda-2016');
      await expect(lab, 'the recording tells the same').toContainText(ended);
      const [run, log, payload] = [
        lab.locator('.lab-run'),
        lab.locator('lab-output pre'),
        lab.locator('.lab-payload'),
      ];
      const recorded = await payload.textContent();
      await run.click();
      await expect(lab.locator('.lab-reset')).toBeVisible();
      await expect(lab).toContainText(ended);
      await expect(lab).toContainText(gone);
      await expect(payload).not.toHaveText(recorded ?? '');
      const { errorMessage } = JSON.parse((await payload.textContent()) ?? '') as { errorMessage: string };
      expect(errorMessage).toMatch(/^\d{4}-[-\d]+T[:.\d]+Z [-0-9a-f]+ Task timed out after 3\.00 seconds$/);
      const lines = ((await log.textContent()) ?? '').split('\n');
      expect(lines.map((line) => line.split(' ')[0])).toEqual([
        'A',
        'START',
        'Waiting',
        'END',
        'REPORT',
        errorMessage.split(' ')[0],
        '',
      ]);
      expect(lines.at(-2)).toBe(errorMessage);
    },
  );
}

test('Stop while Python is loading leaves a page that runs', BOTH, async ({ page }) => {
  const python = await hold(page, PYTHON);
  const lab = await openLab(page);
  await lab.run.click();
  await python.asked;
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  python.answer(asItIs);
  await lab.runToItsEnd();
  await expect(lab.output).toContainText('in lambda_handler');
});

test(
  'a million prints leave the page answering, and are cut where they are said to be',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, {
      source:
        'def lambda_handler(event, context):\n    for n in range(1_000_000):\n        print(n)\n    return n\n',
    });
    const turns = await page.evaluateHandle(() => {
      const seen = { count: 0 };
      const turn = (): void => {
        if (
          document.querySelector('#print-the-stack--lambda-2016 [role="status"]')?.textContent === 'Running'
        )
          seen.count += 1;
        requestAnimationFrame(turn);
      };
      turn();
      return seen;
    });
    await lab.run.click();
    // On a busy machine the limit comes first, maybe before there was anything to cut: what counts is that the page
    // goes on and says how it ended.
    await expect(lab.answer).toContainText(/999999|The lab ended the run/);
    if ((await lab.answer.textContent())?.includes('999999') === true) {
      await expect(lab.output).toContainText('The lab keeps the first 65536 characters of a run');
    }
    const { count } = await turns.jsonValue();
    expect(count, 'frames drawn while Python went on printing').toBeGreaterThan(10);
    await lab.reset.click();
    await expect(lab.output).toContainText('recorded when this site was built');
  },
);

test('Run pressed many times is one run', async ({ page }) => {
  const lab = await openLab(page, {
    source:
      'runs = 0\n\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    return runs\n',
  });
  // In one turn of the page: clicks of a test's own may be slower than a run.
  await lab.run.evaluate((button) => {
    for (let click = 0; click < 20; click += 1) (button as HTMLButtonElement).click();
  });
  await expect(lab.status).toHaveText(/^Finished/);
  await expect(lab.answer.locator('pre')).toHaveText('1');
});
