/** What a reader's code may do that only a browser can show; the rest of it is in tests/unit/sandbox/faults.test.ts. */
import { expect, test } from '@playwright/test';
import { BOTH } from '../both.ts';
import { openLab } from '../lab-page.ts';
import { setHidden } from '../set-hidden.ts';

/** Goes through the cases, one each run, in one environment after the other: a bucket counts the runs. */
function oneEachRun(cases: readonly string[], imports = ''): string {
  return [
    'import boto3',
    imports,
    '',
    'def lambda_handler(event, context):',
    '    seen = boto3.resource("s3").Bucket("seen")',
    '    seen.create()',
    '    run = len(list(seen.objects.all()))',
    '    boto3.resource("s3").Object("seen", str(run)).put(Body=b"")',
    ...cases.flatMap((code, at) => [
      `    if run == ${String(at)}:`,
      ...code.split('\n').map((line) => `        ${line}`),
    ]),
    '    return "fine"',
    '',
  ].join('\n');
}

test('text that a page could take for something else is shown as it was written', async ({ page }) => {
  const texts = [
    '<img src=x onerror="document.title=1"></pre></script><b>bold</b>&amp;',
    '\u001b[31mred\u001b[0m',
    'nul\0nul',
    'user\u202egpj.exe',
    'wide \u{1f469}\u200d\u{1f680} text',
  ];
  const lab = await openLab(page, {
    source: [
      `TEXTS = ${JSON.stringify(texts).replaceAll('\\u0000', '\\x00')}`,
      'def lambda_handler(event, context):',
      '    for text in TEXTS:',
      '        print(text)',
      '    print("half \\ud83d")',
      '    return TEXTS[0]',
      '',
    ].join('\n'),
  });
  const title = await page.title();
  for (let run = 0; run < 2; run += 1) {
    await lab.runToItsEnd();
    const lines = (await lab.log()).split('\n');
    expect(lines.slice(1, 1 + texts.length)).toEqual(texts);
    expect(lines[1 + texts.length]).toBe('half \\ud83d');
    await expect(lab.output.locator('.unseen')).toHaveAttribute('data-code', 'U+202E');
    await expect(lab.root.locator('img, lab-output b, lab-output script')).toHaveCount(0);
    await expect(lab.answer).toContainText('</script><b>bold</b>');
    await expect(page).toHaveTitle(title);
  }
});

test('threads, processes and a network are told not to be there, in a sentence', async ({ page }) => {
  const lab = await openLab(page, {
    source: oneEachRun(
      [
        'threading.Thread(target=print).start()',
        'subprocess.run(["ls"])',
        'os.system("ls")',
        'socket.create_connection(("192.0.2.1", 80), 2)',
      ],
      'import os, socket, subprocess, threading',
    ),
  });
  for (const [type, sentence] of [
    ['RuntimeError', 'start no threads'],
    ['OSError', 'no other programs to start'],
    ['OSError', 'no other programs to start'],
    ['ConnectionRefusedError', 'reach no network'],
  ] as const) {
    await lab.runToItsEnd();
    await expect(lab.answer.locator('pre')).toContainText(`"errorType": "${type}"`);
    await expect(lab.answer).toContainText(sentence);
    await expect(lab.answer).toContainText('the next run is warm');
  }
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"fine"');
  await expect(lab.answer).not.toContainText('inside your browser');
});

test(
  'they are told where the handler catches the error as well, and timers go off',
  BOTH,
  async ({ page }) => {
    const source = [
      'import asyncio, signal, time',
      'class Late(Exception): pass',
      'def late(number, frame): raise Late(number)',
      'async def work(n):',
      '    await asyncio.sleep(0.01)',
      '    return n',
      'async def main(): return await asyncio.gather(work(1), work(2))',
      'def lambda_handler(event, context):',
      '    try: import resource',
      '    except ImportError: pass',
      '    signal.signal(signal.SIGALRM, late)',
      '    signal.setitimer(signal.ITIMER_REAL, 0.1)',
      '    try:',
      '        while True: pass',
      '    except Late as error: return [*error.args, *asyncio.run(main())]',
      '',
    ].join('\n');
    for (const query of [undefined, 'wait=queue']) {
      const lab = await openLab(page, { source, ...(query === undefined ? {} : { query }) });
      await lab.runToItsEnd();
      await expect(lab.answer.locator('pre')).toHaveText('[14, 1, 2]');
      await expect(lab.answer).toContainText('inside your browser here, and has no resource.');
    }
  },
);

test('memory without end is ended, and the next run works', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: oneEachRun(['kept = []\nwhile True:\n    kept.append(bytearray(2**22))']),
  });
  await lab.run.click();
  await expect(lab.answer).toContainText('it took more memory than a page should');
  await expect(lab.answer).toContainText('the next run is a cold start');
  await expect(lab.output).toContainText('MemoryError');
  await expect(lab.output).not.toContainText('harness');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"fine"');
});

for (const query of [undefined, 'wait=queue&deadline=6000']) {
  test(
    `a wait that never ends can be stopped${query === undefined ? '' : ', where Python cannot wait'}`,
    BOTH,
    async ({ page }) => {
      const lab = await openLab(page, {
        source: oneEachRun(['print("stands still")\nasyncio.run(asyncio.Event().wait())'], 'import asyncio'),
        ...(query === undefined ? {} : { query }),
      });
      // The lab's limit is for the wait alone.
      await setHidden(page, query !== undefined);
      await lab.run.click();
      await expect(lab.output).toContainText('stands still');
      if (query === undefined) {
        await lab.stop.click();
        await expect(lab.status).toHaveText('Stopped');
      } else {
        await setHidden(page, false);
        await expect(lab.answer).toContainText(/errorType|The lab ended the run/);
        await setHidden(page, true);
      }
      await lab.runToItsEnd();
      await expect(lab.answer.locator('pre')).toHaveText('"fine"');
    },
  );
}

test('JSON that is nested too deeply ends in a sentence, and the next run works', BOTH, async ({ page }) => {
  const lab = await openLab(page, { source: oneEachRun(['json.loads("[" * 200_000)'], 'import json') });
  await lab.run.click();
  await expect(lab.root).toContainText(/Python broke|"errorType": "RecursionError"/);
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"fine"');
});

test('code that is changed during a run leaves that run alone, and is what the next one runs', async ({
  page,
}) => {
  const lab = await openLab(page, {
    source: 'def lambda_handler(event, context):\n    print("old")\n    while True:\n        pass\n',
  });
  await lab.run.click();
  await expect(lab.output).toContainText('old');
  await setHidden(page, true);
  await lab.root.locator('lab-editable').first().locator('.line').last().click();
  await expect(lab.root.getByRole('textbox', { name: /lambda_function\.py/ })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('def lambda_handler(event, context): return "new"');
  await expect(lab.status).toHaveText('Running');
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  await lab.runToItsEnd();
  await expect(lab.answer.locator('pre')).toHaveText('"new"');
});
