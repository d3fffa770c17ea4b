import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { openLab } from './lab-page.ts';

/**
 * Each breaks Python itself at the first run, and not again once a bucket says that it did. In Firefox a `__repr__`
 * that calls itself may meet Python's own limit first: frames of code that it has optimized by then are smaller.
 */
const CRASHES: Readonly<Record<string, string>> = {
  'a __repr__ that calls itself':
    'class Endless:\n    def __repr__(self):\n        return repr(self)\n\nrepr(Endless())',
  'a pointer to nowhere': 'import ctypes\n\nctypes.string_at(1 << 31)',
};

for (const [name, code] of Object.entries(CRASHES)) {
  test(
    `${name} breaks Python, the page says so, and the next run works`,
    BOTH,
    async ({ page, browserName }) => {
      const body = code.split('\n').map((line) => `        ${line}`.trimEnd());
      const source = [
        'import boto3',
        '',
        'def lambda_handler(event, context):',
        '    seen = boto3.resource("s3").Bucket("seen")',
        '    seen.create()',
        '    again = list(seen.objects.all())',
        '    boto3.resource("s3").Object("seen", "it").put(Body=b"")',
        '    print("before")',
        '    if not again:',
        ...body,
        '    return "whole"',
        '',
      ].join('\n');
      const lab = await openLab(page, { source });
      const mayMeetLimit = browserName === 'firefox' && code.includes('__repr__');
      await lab.run.click();
      await expect(lab.status).toHaveText(mayMeetLimit ? /^(?:Python broke|Finished)/ : /^Python broke/);
      if ((await lab.status.textContent())?.startsWith('Finished') === true) {
        // The answer names the error behind a thousand frames, and may be cut among them.
        await expect(lab.output).toContainText('RecursionError');
        await expect(lab.root).not.toContainText('harness');
        return;
      }
      await expect(lab.root).toContainText('Python broke, and its environment is gone with it.');
      await expect(lab.output).toContainText('before');
      await expect(lab.output).not.toContainText('harness');
      await lab.retry.click();
      await expect(lab.answer).toContainText('"whole"');
      await expect(lab.output).toContainText('your run: a cold start');
    },
  );
}

test('os._exit ends the process with its status, and no more than that', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: 'import os\n\ndef lambda_handler(event, context):\n    print("before")\n    os._exit(7)\n',
  });
  await lab.runToItsEnd();
  await expect(lab.answer).toContainText('status 7');
  await expect(lab.output).toContainText('before');
});
