import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { asItIs, hold, PYTHON } from './hold.ts';
import { openLab } from './lab-page.ts';

const FRAMES = [
  /^ {2}File "\/var\/runtime\/awslambda\/bootstrap\.py", line \d+, in <module>\n {4}main\(\)$/,
  /^ {2}File "\/var\/runtime\/awslambda\/bootstrap\.py", line \d+, in main\n {4}handle_event_request\(request_handler, invokeid, event_body, context_objs, invoked_function_arn\)$/,
  /^ {2}File "\/var\/runtime\/awslambda\/bootstrap\.py", line \d+, in handle_event_request\n {4}result = request_handler\(json_input, context\)$/,
  /^ {2}File "\/var\/task\/lambda_function\.py", line 4, in lambda_handler\n {4}traceback\.print_stack\(\)$/,
];

const COUNTER = `runs = 0

def lambda_handler(event, context):
    global runs
    runs += 1
    print("run", runs)
    return {"runs": runs}
`;

test('a reader runs the handler and sees who called it, then runs it again, warm', BOTH, async ({ page }) => {
  const python = await hold(page, PYTHON);
  const lab = await openLab(page);
  const texts = await lab.status.evaluateHandle((status) => {
    const seen: string[] = [];
    const observer = new MutationObserver(() => seen.push(status.textContent.trim()));
    observer.observe(status, { childList: true, characterData: true, subtree: true });
    return seen;
  });

  await lab.run.click();
  await expect(lab.status).toHaveText(/^Loading Python/);
  python.answer(asItIs);
  await expect(lab.status).toHaveText(/^Finished, \d+ lines$/);
  const seen = await texts.jsonValue();
  const progress = seen.flatMap(
    (text) => /^Loading Python, (\d+\.\d) of (\d+\.\d) MB$/.exec(text)?.slice(1) ?? [],
  );
  expect(progress.length, `bytes on the way: ${seen.join(' | ')}`).toBeGreaterThan(1);
  const log = await lab.log();
  const [start = '', ...lines] = log.trimEnd().split('\n');
  expect(start).toMatch(/^START RequestId: [-0-9a-f]{36} Version: \$LATEST$/);
  const request = start.split(' ')[2] ?? '';
  expect(lines.slice(-2)[0]).toBe(`END RequestId: ${request}`);
  expect(lines.slice(-1)[0]).toMatch(
    new RegExp(
      `^REPORT RequestId: ${request}\\tDuration: \\d+\\.\\d\\d ms\\tBilled Duration: \\d+00 ms \\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB$`,
    ),
  );
  const frames = lines.slice(0, -2);
  expect(frames).toHaveLength(2 * FRAMES.length);
  FRAMES.forEach((frame, at) => {
    expect(frames.slice(2 * at, 2 * at + 2).join('\n')).toMatch(frame);
  });
  await expect(lab.answer).toContainText('The handler returned.');
  await expect(lab.answer).toContainText('null');
  await expect(lab.output).toContainText('your run: a cold start');
  await expect(lab.answer).toContainText('the next run is warm');

  await lab.runToItsEnd();
  await expect(lab.output).toContainText('your run: warm');
  await expect(lab.output).not.toContainText(request);
});

for (const query of [undefined, 'wait=queue']) {
  test(
    `globals live on in a warm run${query === undefined ? '' : ', where Python cannot wait'}`,
    BOTH,
    async ({ page }) => {
      const lab = await openLab(page, { source: COUNTER, ...(query === undefined ? {} : { query }) });
      for (const runs of [1, 2, 3]) {
        await lab.runToItsEnd();
        await expect(lab.answer).toContainText(`{"runs": ${String(runs)}}`);
        const log = await lab.log();
        expect(log.match(/^run \d+$/gm), 'this run’s output and no other’s').toEqual([`run ${String(runs)}`]);
        expect(log.match(/^START /gm)).toHaveLength(1);
      }
    },
  );
}

test('Reset brings the recording back, and the next run is a cold start', BOTH, async ({ page }) => {
  const lab = await openLab(page, { source: COUNTER });
  const recorded = await lab.log();
  await lab.runToItsEnd();
  await lab.reset.click();
  await expect.poll(() => lab.log()).toBe(recorded);
  await lab.runToItsEnd();
  await expect(lab.output).toContainText('your run');
});

test('a raised error reaches the log and the answer, and the environment lives on', async ({ page }) => {
  const lab = await openLab(page, {
    source: 'def lambda_handler(event, context):\n    raise ValueError("no <b>such</b> luck")\n',
  });
  await lab.runToItsEnd();
  await expect(lab.output).toContainText('no <b>such</b> luck: ValueError');
  await expect(lab.answer).toContainText('"errorType": "ValueError"');
  await expect(lab.answer).toContainText('the next run is warm');
});

test('a process that ends is followed by a cold start', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: 'import sys\n\ndef lambda_handler(event, context):\n    sys.exit(3)\n',
  });
  for (let run = 0; run < 2; run += 1) {
    await lab.runToItsEnd();
    await expect(lab.output).toContainText('your run: a cold start');
    await expect(lab.answer).toContainText('status 3');
    await expect(lab.answer).toContainText('Process exited before completing request');
    await expect(lab.answer).toContainText('the next run is a cold start');
  }
});

test('the Japanese page runs, in Japanese', async ({ page }) => {
  const lab = await openLab(page, { language: 'ja' });
  await lab.run.click();
  await expect(lab.output).toContainText('今回の実行');
  await expect(lab.output).toContainText('in lambda_handler');
  await expect(lab.answer).toContainText('null');
});

test('a compiled file from another computer prints its old name and no source line', async ({ page }) => {
  await page.goto('en/who-called-me/');
  const lab = page.locator('lab-root#sourceless-pyc--lambda-2016');
  const frame =
    '  File "/Users/marcy/project/lambda-source/lambda_function.py", line 4, in lambda_handler\nEND RequestId';
  const log = lab.locator('lab-output pre');
  expect(await log.textContent()).toContain(frame);
  await lab.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lab).toContainText('your run: a cold start');
  await expect(lab.getByRole('status')).toHaveText(/^Finished/);
  expect(await log.textContent()).toContain(frame);
});
