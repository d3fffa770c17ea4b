/** Local time is the function's own, whatever the reader's is; the file of the time zones comes only to who needs it. */
import { expect, test, type Page } from '@playwright/test';
import { BOTH } from './both.ts';
import { openLab } from './lab-page.ts';

test.use({ timezoneId: 'America/New_York' });

/** Where the file lies: its name goes on with its hash. */
const ZONES = '/_sandbox/zoneinfo.';

/** The requests for the zones' file from now on. */
function requestsOf(page: Page): string[] {
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes(ZONES)) requests.push(request.url());
  });
  return requests;
}

test('a run that names no zone is in UTC, and fetches none', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: `import datetime, time

def lambda_handler(event, context):
    print(time.tzname, datetime.datetime.fromtimestamp(0).astimezone().isoformat())
`,
  });
  const requests = requestsOf(page);
  await lab.runToItsEnd();
  await expect(lab.output).toContainText("('UTC', 'UTC') 1970-01-01T00:00:00+00:00");
  expect(requests).toEqual([]);
});

test('a run that names zones begins when their file has come', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: `import os, time, zoneinfo, datetime

def lambda_handler(event, context):
    moment = datetime.datetime(2024, 7, 1, tzinfo=datetime.timezone.utc)
    print(moment.astimezone(zoneinfo.ZoneInfo("Asia/Tokyo")).isoformat())
    os.environ["TZ"] = "Australia/Sydney"
    time.tzset()
    print(time.tzname, time.strftime("%H:%M %Z", time.localtime(1719792000)))
`,
  });
  const requests = requestsOf(page);
  await lab.runToItsEnd();
  await expect(lab.output).toContainText('2024-07-01T09:00:00+09:00');
  await expect(lab.output).toContainText("('AEST', 'AEDT') 10:00 AEST");
  expect(requests.length).toBe(1);
});

test('a zone that only the run computes waits for the file, or says what to do', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: `import importlib

def lambda_handler(event, context):
    try:
        print("found", importlib.import_module("zone" + "info").ZoneInfo("Asia/Tokyo"))
    except ImportError as error:
        print(error)
`,
  });
  const mayWait = await page.evaluate(() => 'Suspending' in WebAssembly);
  await lab.runToItsEnd();
  await expect(lab.output).toContainText(mayWait ? 'found Asia/Tokyo' : 'and run again');
});
