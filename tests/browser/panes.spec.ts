import { expect, test, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { openLab, type LabPage } from './lab-page.ts';

const BOOTSTRAP = '/var/runtime/awslambda/bootstrap.py';

const messagesOf = (lab: LabPage) => lab.root.locator('lab-messages');

/** What each row says, without what is folded in it. */
async function rowsOf(lab: LabPage): Promise<string[]> {
  const rows = messagesOf(lab).locator('.lab-rows > li');
  return rows.evaluateAll((all) =>
    all.map((row) => (row.querySelector('summary') ?? row).textContent.replaceAll(/\s+/g, ' ').trim()),
  );
}

/** Opens a file of the runtime in a tab of its own. */
async function openFile(lab: LabPage, path: string): Promise<void> {
  await lab.root.locator('summary', { hasText: '+' }).click();
  await lab.root.getByRole('button', { name: path, exact: true }).click();
}

/** Opens a file of the runtime in the lab, and writes another text in the place of one of its lines. */
async function changeRuntime(page: Page, lab: LabPage, line: string, text: string): Promise<void> {
  await openFile(lab, BOOTSTRAP);
  await lab.root.locator(`lab-editable[data-name="${BOOTSTRAP}"] .line`).filter({ hasText: line }).click();
  await expect(lab.root.getByRole('textbox', { name: /bootstrap\.py/ })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.insertText(text);
}

for (const [language, { cold, finished }, rows] of [
  [
    'en',
    { cold: 'your run: a cold start', finished: /^Finished/ },
    [
      'init the environment starts',
      'service to bootstrap: recv_start',
      'bootstrap to handler: import: your module’s code runs',
      'handler to bootstrap: imported',
      'bootstrap to service: report_running',
      'wait the process asks for an invocation',
      'invoke an invocation is handed out',
      'service to bootstrap: receive_invoke',
      'bootstrap to handler: call of lambda_handler',
      'handler to bootstrap: lambda_handler returns None',
      'respond the invocation is answered',
      'bootstrap to service: report_done',
    ],
  ],
  [
    'ja',
    { cold: '今回の実行（コールドスタート）', finished: /^終了しました/ },
    [
      '初期化 実行環境が起動します',
      'サービスからブートストラップへ： recv_start',
      'ブートストラップからハンドラーへ： import：モジュールのコードが動きます',
      'ハンドラーからブートストラップへ： import 完了',
      'ブートストラップからサービスへ： report_running',
      '待機 プロセスが呼び出しを待ちます',
      '呼び出し 呼び出しが渡されます',
      'サービスからブートストラップへ： receive_invoke',
      'ブートストラップからハンドラーへ： lambda_handler を呼び出す',
      'ハンドラーからブートストラップへ： lambda_handler が戻る None',
      '応答 呼び出しに応答します',
      'ブートストラップからサービスへ： report_done',
    ],
  ],
] as const) {
  test(
    `what crossed is a list in its order, recorded and run, cold and warm (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      const lab = await openLab(page, { language });
      expect(await rowsOf(lab)).toEqual(rows);
      // What was recorded has the same rows, and stands there until a cold start has something to show.
      await lab.run.click();
      await expect(lab.output.locator('.lab-origin')).toHaveText(cold);
      await expect(lab.status).toHaveText(finished);
      expect(await rowsOf(lab), 'a cold start').toEqual(rows);
      await lab.run.click();
      await expect.poll(() => rowsOf(lab), 'a warm invocation').toEqual(rows.slice(5));
      await expect(lab.status).toHaveText(finished);
      await lab.reset.click();
      expect(await rowsOf(lab)).toEqual(rows);
    },
  );
}

test('an exception comes back as one, and the messages around it carry it', async ({ page }) => {
  const lab = await openLab(page, {
    source: 'def lambda_handler(event, context):\n    raise ValueError("no")\n',
  });
  await lab.runToItsEnd();
  const rows = await rowsOf(lab);
  expect(rows.slice(-6)).toEqual([
    'bootstrap to handler: call of lambda_handler',
    'handler to bootstrap: lambda_handler raises ValueError: no',
    'report an error the process reports what went wrong',
    'bootstrap to service: report_fault',
    'respond the invocation is answered',
    'bootstrap to service: report_done',
  ]);
  await lab.openView('Messages');
  const last = messagesOf(lab).getByRole('list').locator('> li').last();
  await last.locator('summary').click();
  await expect(last.locator('pre')).toContainText('\\"errorType\\": \\"ValueError\\"');
});

test('payloads are shown as they crossed, or laid out', async ({ page }) => {
  const lab = await openLab(page, { source: 'def lambda_handler(event, context):\n    return {"a": [1]}\n' });
  await lab.runToItsEnd();
  const answer = lab.answer.locator('pre');
  await expect(answer).toHaveText('{"a": [1]}', { useInnerText: true });
  const pretty = lab.answer.getByRole('button', { name: 'Pretty' });
  await pretty.click();
  await expect(pretty).toHaveAttribute('aria-pressed', 'true');
  expect(await answer.textContent()).toBe('{\n  "a": [\n    1\n  ]\n}');
  await pretty.click();
  expect(await answer.textContent()).toBe('{"a": [1]}');
  await lab.openView('Messages');
  const messages = messagesOf(lab);
  const body = messages.getByRole('list').locator('pre').last();
  const raw = await body.textContent();
  await messages.getByRole('button', { name: 'Pretty' }).click();
  expect(await body.textContent()).toBe(JSON.stringify(JSON.parse(raw ?? ''), null, 2));
});

test('HTTP crosses with its carriage returns, in the page as in a run', async ({ page }) => {
  const { root } = await openLab(page);
  await root
    .getByRole('combobox', { name: 'Platform', exact: true })
    .selectOption('print-the-stack--lambda-today');
  const lab = page.locator('lab-root#print-the-stack--lambda-today');
  const next = lab.locator('lab-messages li').filter({ hasText: 'invocation/next' }).locator('pre');
  const recorded = await next.textContent();
  expect(recorded).toMatch(/^GET \/2018-06-01\/runtime\/invocation\/next HTTP\/1\.1\r\nHost: .*\r\n\r\n$/s);
  await lab.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lab.getByRole('status')).toHaveText(/^Finished/);
  expect(await next.textContent()).toBe(recorded);
});

test('a file that is printed to the log reaches the client without its beginning', async ({ page }) => {
  const lab = await openLab(page, {
    source: `def lambda_handler(event, context):\n    print(open('${BOOTSTRAP}').read())\n`,
  });
  const tail = lab.output.getByRole('button', { name: 'Last 4 KB' });
  await tail.click();
  await expect(lab.output.locator('.lab-line').first()).toHaveText(/^\[The client gets the whole log/);
  await lab.runToItsEnd();
  const lines = (await lab.log()).split('\n');
  expect(lines[0]).toMatch(
    /^\[The client gets the last 4096 bytes of the log\. \d+ bytes before them are left out\.\]$/,
  );
  const cut = lines.slice(1).join('\n');
  expect(new TextEncoder().encode(cut)).toHaveLength(4096);
  expect(cut).toContain('\nREPORT RequestId: ');
  await tail.click();
  // A long log is drawn over some frames.
  await expect.poll(async () => (await lab.log()).endsWith(cut)).toBe(true);
  const whole = await lab.log();
  expect(whole).toMatch(/^START RequestId: /);
  const leftOut = Number(/\. (\d+) bytes/.exec(lines[0] ?? '')?.[1]);
  expect(new TextEncoder().encode(whole)).toHaveLength(4096 + leftOut);
  await expect(lab.status).toHaveText(`Finished, ${String(whole.trimEnd().split('\n').length)} lines`);
});

test('a reader changes the bootstrap, and what they made of it runs', BOTH, async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/source\/|_sandbox/.test(request.url())) asked.push(request.url());
  });
  const lab = await openLab(page);
  expect(asked, 'nothing of the image comes with the page').toEqual([]);
  await changeRuntime(
    page,
    lab,
    'result = request_handler(json_input, context)',
    'result = "not your handler"',
  );
  await expect(lab.output).toContainText('before your change');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"not your handler"');
  await expect(lab.output).toContainText('your run: a cold start');
  expect(await rowsOf(lab)).not.toContain('bootstrap to handler: call of lambda_handler');

  await page.reload();
  await lab.root.getByText('What you changed').click();
  await expect(lab.root.locator('.lab-difference ins')).toHaveText('+         result = "not your handler"');
  await expect(lab.root.locator('.lab-difference del')).toHaveText(
    '−         result = request_handler(json_input, context)',
  );
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"not your handler"');
  await lab.reset.click();
  await expect(lab.root.locator('.lab-edits-note')).toHaveText('This is the original again.');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('null');
});

test('another file of the runtime is chosen from their list', async ({ page }) => {
  const lab = await openLab(page);
  const path = '/var/runtime/awslambda/wsgi.py';
  await openFile(lab, path);
  const text = lab.root.getByRole('group', { name: path });
  await expect(text).toContainText('class FaultException(Exception):');
  await expect(lab.root.getByRole('tab', { name: 'wsgi.py' })).toHaveAttribute('aria-selected', 'true');
  await expect(lab.root.getByRole('tabpanel', { name: 'wsgi.py' })).toBeFocused();
});

test('a runtime that raises while it starts: the lab shows what its caller would see', async ({ page }) => {
  const lab = await openLab(page);
  await changeRuntime(page, lab, 'def main() -> None:', 'raise RuntimeError("changed")\ndef main():');
  await lab.run.click();
  await expect(lab.answer).toContainText('The process ended with status 1');
  await expect(lab.answer.locator('pre')).toContainText('Process exited before completing request');
  await expect(lab.output).toContainText('RuntimeError: changed');
});

test('a runtime that ends once it has answered: the lab does not say that it waits', async ({ page }) => {
  const lab = await openLab(page);
  const call =
    'handle_event_request(request_handler, invokeid, event_body, context_objs, invoked_function_arn)';
  await changeRuntime(page, lab, call, `${call}; raise SystemExit(1)`);
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('null');
  await expect(lab.answer).toContainText('the next run is a cold start');
});

for (const [language, names] of [
  [
    'en',
    {
      pair: /Then and now/,
      next: 'Next moment',
      previous: 'Previous moment',
      slider: 'Step of both',
      call: 'Your handler is called',
      stack: 'Stack',
      entering:
        /2016: Step \d+ of \d+: lambda_function\.py line 3, entering lambda_handler\. .*today: Step \d+ of \d+: lambda_function\.py line 3, entering lambda_handler\./,
      beginning: /2016: Step 1 of .*today: Step 1 of /,
    },
  ],
  [
    'ja',
    {
      pair: /昔と今/,
      next: '次の場面',
      previous: '前の場面',
      slider: '両方のステップ',
      call: 'ハンドラーの呼び出し',
      stack: 'スタック',
      entering:
        /2016 年）: ステップ \d+ \/ \d+：.*lambda_handler に入る。.*現在の[^:]*: ステップ \d+ \/ \d+：.*lambda_handler に入る。/,
      beginning: /2016 年）: ステップ 1 \/ .*現在の[^:]*: ステップ 1 \/ /,
    },
  ],
] as const) {
  test(
    `one slider moves a handler on two platforms, and both meet at each moment (${language})`,
    bothIf(language === 'en'),
    async ({ page }) => {
      await page.goto(`${language}/who-called-me/`);
      const pair = page.getByRole('region', { name: names.pair });
      const status = pair.getByRole('status');
      const slider = pair.getByRole('slider', { name: names.slider });
      const stacks = pair.locator('lab-stack');
      const moment = pair.locator('.time-select');
      await pair.getByRole('button', { name: names.next }).click();
      await moment.selectOption({ value: 'call' });
      await expect(status).toHaveText(names.entering);
      await expect(slider).toHaveAttribute('aria-valuetext', names.entering);
      await expect(moment.locator('option:checked')).toContainText(names.call);
      await pair.getByRole('tab', { name: names.stack }).click();
      await expect(stacks).toHaveCount(2);
      for (const stack of await stacks.all()) {
        await expect(stack.getByRole('listitem').filter({ hasText: 'lambda_handler' }).last()).toBeVisible();
      }
      await expect(pair.locator('lab-messages [aria-current="step"]')).toHaveText([
        /lambda_handler/,
        /lambda_handler/,
      ]);
      const there = await slider.inputValue();
      await pair.getByRole('button', { name: names.next }).click();
      await expect(status).not.toHaveText(names.entering);
      await pair.getByRole('button', { name: names.previous }).click();
      await expect(status).toHaveText(names.entering);
      expect(await slider.inputValue()).toBe(there);
      await slider.press('End');
      await expect(pair.locator('lab-messages .is-later')).toHaveCount(0);
      await slider.press('Home');
      await expect(status).toContainText(names.beginning);
    },
  );
}

test('a row of the diagram leads to its moment, and shows which one that is', async ({ page }) => {
  const lab = await openLab(page);
  await lab.openView('Messages');
  const row = messagesOf(lab).getByRole('listitem').filter({ hasText: 'receive_invoke' });
  await row.getByRole('button', { name: 'Show this moment: receive_invoke' }).click();
  await expect(row).toHaveAttribute('aria-current', 'step');
  await expect(lab.root.getByRole('slider', { name: 'Step' })).toHaveAttribute(
    'aria-valuetext',
    /bootstrap\.py line \d+, in main/,
  );
  const call = messagesOf(lab).getByRole('listitem').filter({ hasText: 'call of lambda_handler' });
  await expect(call).toHaveClass(/is-later/);
  await lab.root.getByRole('button', { name: 'Next step' }).click();
  await expect(row).toHaveAttribute('aria-current', 'step');
});

test('without JavaScript the diagrams are lists, and nothing offers what it cannot do', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  try {
    const page = await context.newPage();
    await page.goto('en/who-called-me/');
    const pair = page.getByRole('region', { name: /Then and now/ });
    await expect(pair.getByRole('list', { name: 'What crossed, in its order' })).toHaveCount(2);
    await expect(pair).toContainText('GET /2018-06-01/runtime/invocation/next');
    await expect(pair.getByRole('button')).toHaveCount(0);
    await expect(pair.getByRole('slider')).toHaveCount(0);
    const lab = page.locator('lab-root').first();
    await expect(lab.getByRole('region', { name: 'Messages' }).getByRole('button')).toHaveCount(0);
    await expect(lab.getByRole('tab')).toHaveCount(0);
  } finally {
    await context.close();
  }
});
