import { expect, test } from '@playwright/test';
import { BOTH } from './both.ts';
import { openLab } from './lab-page.ts';

test(
  'a pointer to nowhere breaks Python, the page says so, and the next run works',
  BOTH,
  async ({ page }) => {
    // Not again once a bucket says that it did.
    const lab = await openLab(page, {
      source: `import boto3
import ctypes

def lambda_handler(event, context):
    seen = boto3.resource("s3").Bucket("seen")
    seen.create()
    again = list(seen.objects.all())
    boto3.resource("s3").Object("seen", "it").put(Body=b"")
    print("before")
    if not again:
        ctypes.string_at(1 << 31)
    return "whole"
`,
    });
    await lab.run.click();
    await expect(lab.status).toHaveText(/^Python broke/);
    await expect(lab.root).toContainText('Python broke, and its environment is gone with it.');
    await expect(lab.output).toContainText('before');
    await expect(lab.output).not.toContainText('harness');
    await lab.retry.click();
    await expect(lab.answer).toContainText('"whole"');
    await expect(lab.output).toContainText('your run: a cold start');
  },
);

test(
  'a function that calls itself by way of C meets its end, is told of the stack, and stays warm',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, {
      source: `import sys

sys.setrecursionlimit(10**6)

class Endless:
    def __repr__(self):
        return repr(self)

def lambda_handler(event, context):
    repr(Endless())
`,
    });
    for (const origin of ['your run: a cold start', 'your run: warm']) {
      await lab.runToItsEnd();
      await expect(lab.answer).toContainText('RecursionError');
      await expect(lab.answer).toContainText('its stack is shorter than a machine’s');
      await expect(lab.output).toContainText(origin);
      await expect(lab.root).not.toContainText('harness');
    }
  },
);

test('os._exit ends the process with its status, and no more than that', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: 'import os\n\ndef lambda_handler(event, context):\n    print("before")\n    os._exit(7)\n',
  });
  await lab.runToItsEnd();
  await expect(lab.answer).toContainText('status 7');
  await expect(lab.output).toContainText('before');
});
