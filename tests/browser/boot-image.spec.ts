/**
 * Python starts from an image of its memory; the archive of its standard library follows, and only who needs
 * what is not in the image waits for it.
 */
import { expect, test, type Locator, type Page, type Route } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { asItIs, hold } from './hold.ts';
import { openLab } from './lab-page.ts';

const ARCHIVE = '**/_sandbox/python_stdlib-zip.*.bin';
const IMAGE = '**/_sandbox/boot-image.*.bin';

const LOADING = /^Loading Python, \d+\.\d of \d+\.\d MB$/;

const missing = (route: Route): Promise<void> => route.fulfill({ status: 404, body: 'Not found' });

/** Whether this browser lets Python wait in the middle of what it does. */
function canWait(page: Page): Promise<boolean> {
  return page.evaluate(() => 'Suspending' in WebAssembly);
}

/** A handler that prints before and after it imports `expression`. */
function importing(expression: string): string {
  return `import importlib, sys

def lambda_handler(event, context):
    print("before")
    module = ${expression}
    print("after", module.__name__)
    return "done"
`;
}

async function returnsDone(status: Locator, answer: Locator): Promise<void> {
  await expect(status).toHaveText(/^Finished/);
  await expect(answer).toContainText('"done"');
}

test(
  'a run that needs nothing beyond the image ends while the standard library is still on its way',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, {
      source: `import base64, collections, csv, datetime, decimal, functools, hashlib, hmac, itertools, json, logging, math, os
import random, re, secrets, string, sys, time, traceback, urllib.parse, uuid
import boto3

logging.getLogger().setLevel(logging.INFO)

def lambda_handler(event, context):
    logging.info("at %s", datetime.datetime.now().isoformat())
    print(json.dumps({"id": str(uuid.uuid4())}), secrets.token_hex(4), random.random())
    print("%.2f" % decimal.Decimal("1.005"), hashlib.sha256(b"x").hexdigest(), re.sub("a+", "b", "caaat"))
    print(time.strptime("2016", "%Y").tm_year, urllib.parse.quote("a b"))
    return "done"
`,
    });
    const archive = await hold(page, ARCHIVE);
    const mayGoOn = await canWait(page);
    await lab.run.click();
    if (!mayGoOn) {
      await expect(lab.status).toHaveText(LOADING);
      archive.answer(asItIs);
    }
    await returnsDone(lab.status, lab.answer);
    await archive.asked;
    archive.answer(asItIs);
  },
);

test(
  'a run that imports what only the archive has begins when the archive has come',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, {
      source:
        'import wsgiref.util\n\ndef lambda_handler(event, context):\n    print(wsgiref.util.__name__)\n    return "done"\n',
    });
    const before = await lab.log();
    const archive = await hold(page, ARCHIVE);
    await lab.run.click();
    await archive.asked;
    await expect(lab.status).toHaveText(LOADING);
    expect(await lab.log(), 'nothing has begun').toBe(before);
    archive.answer(asItIs);
    await returnsDone(lab.status, lab.answer);
    await expect(lab.output).toContainText('wsgiref.util');
  },
);

for (const expression of [
  "__import__('xml.dom.' + 'minidom').dom.minidom",
  "importlib.import_module('.'.join(['xml', 'dom', 'minidom']))",
]) {
  test(
    `an import that only the run computes waits in the middle of it: ${expression}`,
    BOTH,
    async ({ page }) => {
      const lab = await openLab(page, { source: importing(expression), query: 'deadline=20000' });
      const archive = await hold(page, ARCHIVE);
      const mayGoOn = await canWait(page);
      await lab.run.click();
      await archive.asked;
      if (mayGoOn) await expect(lab.output).toContainText('before');
      await expect(lab.status).toHaveText(LOADING);
      await expect(lab.output).not.toContainText('after');
      archive.answer(asItIs);
      await returnsDone(lab.status, lab.answer);
      await expect(lab.output).toContainText('after xml.dom.minidom');
      await expect(lab.answer).toContainText('the next run is warm');
    },
  );
}

test('a module that exists nowhere is an ImportError at once, without the archive', async ({ page }) => {
  const lab = await openLab(page, {
    source: `import importlib

def lambda_handler(event, context):
    for name in ["no_such_module", "json.no_such_module", "xml_"]:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(type(error).__name__, error)
    import requests
`,
  });
  const archive = await hold(page, ARCHIVE);
  const mayGoOn = await canWait(page);
  await lab.run.click();
  if (!mayGoOn) archive.answer(asItIs);
  await expect(lab.status).toHaveText(/^Finished/);
  await expect(lab.output).toContainText("ModuleNotFoundError No module named 'no_such_module'");
  await expect(lab.output).toContainText("ModuleNotFoundError No module named 'json.no_such_module'");
  await expect(lab.output).toContainText("ModuleNotFoundError No module named 'xml_'");
  await expect(lab.answer).toContainText("No module named 'requests'");
  archive.answer(asItIs);
});

test('a trace shows the lines of the standard library, though its archive came later', async ({ page }) => {
  const lab = await openLab(page, {
    source: `import json, traceback

def lambda_handler(event, context):
    print("before")
    try:
        json.loads("{")
    except ValueError:
        traceback.print_exc()
    return "done"
`,
  });
  const archive = await hold(page, ARCHIVE);
  await lab.run.click();
  await archive.asked;
  await expect(lab.status).toHaveText(LOADING);
  archive.answer(asItIs);
  await returnsDone(lab.status, lab.answer);
  await expect(lab.output).toContainText('return _default_decoder.decode(s)');
  await expect(lab.output).toContainText('obj, end = self.raw_decode(s, idx=_w(s, 0).end())');
});

test(
  'an error that nobody caught shows the lines of the standard library as well',
  BOTH,
  async ({ page }) => {
    const lab = await openLab(page, {
      source: 'import json\n\ndef lambda_handler(event, context):\n    json.loads("{")\n',
    });
    const archive = await hold(page, ARCHIVE);
    await lab.run.click();
    await archive.asked;
    await expect(lab.status).toHaveText(LOADING);
    archive.answer(asItIs);
    await expect(lab.status).toHaveText(/^Finished/);
    await expect(lab.answer).toContainText('JSONDecodeError');
    await expect(lab.answer).toContainText('_default_decoder.decode(s)');
  },
);

test('an archive that is missing ends the run that waits for it, in the words for a missing file, and Retry works', async ({
  page,
}) => {
  const lab = await openLab(page, { source: importing("importlib.import_module('xml.dom.' + 'minidom')") });
  const archive = await hold(page, ARCHIVE);
  await lab.run.click();
  await archive.asked;
  await expect(lab.status).toHaveText(LOADING);
  archive.answer(missing);
  await expect(lab.status).toContainText(
    'A file of Python’s (python_stdlib.zip) is not on this site’s server; it answered 404',
  );
  await page.unroute(ARCHIVE);
  await lab.retry.click();
  await returnsDone(lab.status, lab.answer);
});

test('an archive that was missing when nobody waited for it is asked for again, and the page says that it loads', async ({
  page,
}) => {
  const lab = await openLab(page, {
    source: `import importlib

names = ["json", "wsgiref.util"]

def lambda_handler(event, context):
    return importlib.import_module(names.pop(0)).__name__
`,
  });
  test.skip(!(await canWait(page)), 'Python cannot wait here: every run waits for the archive.');
  await page.route(ARCHIVE, missing);
  const failed = page.waitForResponse((response) => response.url().includes('python_stdlib-zip'));
  await lab.run.click();
  await failed;
  await expect(lab.answer).toContainText('"json"');
  await page.unroute(ARCHIVE);
  const archive = await hold(page, ARCHIVE);
  await lab.run.click();
  await archive.asked;
  await expect(lab.status).toHaveText(LOADING);
  archive.answer(asItIs);
  await expect(lab.answer).toContainText('"wsgiref.util"');
});

test('Stop ends a run that waits for the archive, and the next run works', async ({ page }) => {
  const lab = await openLab(page, { source: importing("importlib.import_module('xml.dom.' + 'minidom')") });
  const archive = await hold(page, ARCHIVE);
  await lab.run.click();
  await archive.asked;
  await expect(lab.status).toHaveText(LOADING);
  await lab.stop.click();
  await expect(lab.status).toHaveText('Stopped');
  archive.answer(asItIs);
  await lab.runToItsEnd();
  await expect(lab.answer).toContainText('"done"');
});

test('where Python cannot wait, a run is held until the archive is there', BOTH, async ({ page }) => {
  const lab = await openLab(page, { query: 'wait=queue' });
  const before = await lab.log();
  const archive = await hold(page, ARCHIVE);
  await lab.run.click();
  await archive.asked;
  await expect(lab.status).toHaveText(LOADING);
  expect(await lab.log(), 'nothing has begun').toBe(before);
  archive.answer(asItIs);
  await expect(lab.status).toHaveText(/^Finished/);
  await expect(lab.output).toContainText('in lambda_handler');
});

test('a task whose own file hides a module of the library reads the others from the archive', async ({
  page,
}) => {
  await page.route(/\/en\/who-called-me\/(?:[?#]|$)/, async (route) => {
    const response = await route.fetch();
    const hiding = '"/var/task/csv.py":{"text":"hidden = True\\n"},"/var/task/lambda_function.py":{"text"';
    const body = (await response.text()).replaceAll('"/var/task/lambda_function.py":{"text"', hiding);
    expect(body, 'the page has a task').toContain(hiding);
    await route.fulfill({ response, body });
  });
  const lab = await openLab(page);
  const archive = await hold(page, ARCHIVE);
  await lab.run.click();
  await archive.asked;
  await expect(lab.status).toHaveText(LOADING);
  archive.answer(asItIs);
  await expect(lab.status).toHaveText(/^Finished/);
  await expect(lab.output).toContainText('in lambda_handler');
});

test('looking through a handler for its imports warns of nothing, and the run itself warns as ever', async ({
  page,
}) => {
  const lab = await openLab(page, {
    source: 'def lambda_handler(event, context):\n    print(len("\\d"))\n    return "done"\n',
  });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await lab.run.click();
  await returnsDone(lab.status, lab.answer);
  expect(said).toEqual([]);
  expect((await lab.log()).match(/SyntaxWarning/g)).toHaveLength(1);
});

/** What a host or a line may make of the boot image; Python boots plainly then. */
const FAULTS: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  missing,
  cut: (route) => spoil(route, (body) => body.subarray(0, body.length / 2)),
  changed: (route) =>
    spoil(route, (body) => {
      body.writeUInt8(body.readUInt8(body.length >> 1) ^ 0xff, body.length >> 1);
      return body;
    }),
  'another file of its length': (route) => spoil(route, (body) => Buffer.alloc(body.length, 'another file ')),
  'out of reach': (route) => route.abort(),
};

async function spoil(route: Route, change: (body: Buffer) => Buffer): Promise<void> {
  const response = await route.fetch();
  await route.fulfill({ status: 200, body: change(Buffer.from(await response.body())) });
}

for (const [name, answer] of Object.entries(FAULTS)) {
  test(
    `a boot image that is ${name} costs the reader time and nothing else`,
    bothIf(name === 'changed'),
    async ({ page }) => {
      const lab = await openLab(page);
      let asked = 0;
      await page.route(IMAGE, (route) => {
        asked += 1;
        return answer(route);
      });
      await lab.runToItsEnd();
      // Once for the intent, and once for the run where that comes when the first has failed already.
      expect(asked).toBeGreaterThanOrEqual(1);
      expect(asked).toBeLessThanOrEqual(2);
      await expect(lab.output).toContainText('in lambda_handler');
      await expect(lab.answer).toContainText('the next run is warm');
    },
  );
}

test('two environments have each their own chance, and the same hashes', BOTH, async ({ page }) => {
  const lab = await openLab(page, {
    source: `import json, os, random, secrets, tempfile, uuid

def lambda_handler(event, context):
    with tempfile.NamedTemporaryFile() as file:
        print("chance", json.dumps([random.random(), str(uuid.uuid4()), secrets.token_hex(8), os.urandom(8).hex(), file.name]))
    print("hash", hash("a"))
`,
  });
  const chances: string[][] = [];
  const hashes = new Set<string>();
  for (let run = 0; run < 2; run += 1) {
    if (run > 0) await lab.reset.click();
    await lab.runToItsEnd();
    await expect(lab.output).toContainText('your run: a cold start');
    const log = await lab.log();
    chances.push(JSON.parse(/^chance (.*)$/m.exec(log)?.[1] ?? '[]') as string[]);
    hashes.add(/^hash (.*)$/m.exec(log)?.[1] ?? '');
  }
  const [first = [], second = []] = chances;
  expect(first).toHaveLength(5);
  for (const [at, value] of first.entries()) expect(second[at]).not.toBe(value);
  expect([...hashes]).toEqual([expect.stringMatching(/^-?\d+$/)]);
});
