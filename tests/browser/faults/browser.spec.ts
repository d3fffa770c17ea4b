/** What a browser, its settings, an embedding page or a reader's moving about may do to a lab. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Browser, type BrowserType, type LaunchOptions } from '@playwright/test';
import { BOTH } from '../both.ts';
import { findBrowser, type BrowserName } from '../../../scripts/find-browser.ts';
import { goInHistory } from '../go-in-history.ts';
import { openLab } from '../lab-page.ts';

/** Another browser of the same kind, started in another way. */
async function launch(type: BrowserType, more: LaunchOptions): Promise<Browser> {
  const found = findBrowser(type.name() as BrowserName);
  if (found === null) throw new Error(`There is no ${type.name()}.`);
  const args = [...(found.launch.args ?? []), ...(more.args ?? [])];
  return type.launch({ ...found.launch, ...more, args });
}

const LOOP = 'def lambda_handler(event, context):\n    print("begun")\n    while True:\n        pass\n';

test('while nobody looks at the page no time passes for a run', BOTH, async ({ page }) => {
  await page.clock.install();
  await page.addInitScript(() => {
    let hidden = false;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    Object.assign(globalThis, {
      hide: (value: boolean) => {
        hidden = value;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
  const hide = (value: boolean) =>
    page.evaluate((value) => {
      (globalThis as unknown as { hide: (value: boolean) => void }).hide(value);
    }, value);
  const lab = await openLab(page, { source: LOOP });
  await lab.run.click();
  await expect(lab.output).toContainText('begun');
  await hide(true);
  await page.clock.fastForward('10:00');
  await expect(lab.status).toHaveText('Running');
  await hide(false);
  await expect(lab.status).toHaveText('Running');
  await page.clock.fastForward(30_000);
  await expect(lab.answer).toContainText('The lab ended the run after 30 seconds');
});

test(
  'a reader who leaves and comes back finds a lab that runs',
  BOTH,
  async ({ playwright, browserName, baseURL }) => {
    // Playwright turns Chromium's cache of pages off, and it is what this is about. Of Firefox's it loses track.
    const browser = await launch(playwright[browserName], {
      ...(browserName === 'chromium' ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
      ...(browserName === 'firefox'
        ? { firefoxUserPrefs: { 'browser.sessionhistory.max_total_viewers': 0 } }
        : {}),
    });
    try {
      const page = await browser.newPage({ baseURL: baseURL ?? '' });
      const lab = await openLab(page, {
        source:
          'runs = 0\n\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    return runs\n',
      });
      await lab.runToItsEnd();
      await page.evaluate(() => {
        addEventListener('pageshow', ({ persisted }) => (document.title = `kept: ${String(persisted)}`));
      });
      await page.goto('en/');
      await goInHistory(page, -1);
      await expect(page).toHaveURL(/who-called-me/);
      await expect(lab.run).toBeVisible();
      // A busy Chromium may give a page up that it meant to keep; then it is loaded anew, and its first run is cold.
      const isKept = (await page.title()) === 'kept: true';
      await lab.runToItsEnd();
      await expect(lab.answer.locator('pre')).toHaveText(isKept ? '2' : '1');
    } finally {
      await browser.close();
    }
  },
);

test('a reader who leaves in the middle of a run finds a lab that runs', BOTH, async ({ page }) => {
  const lab = await openLab(page);
  await lab.run.click();
  // As a link does it: Firefox's driver takes the frame that begins to load for another address of the page's.
  await page.evaluate(() => {
    setTimeout(() => {
      location.assign('../');
    });
  });
  await expect(page).toHaveURL(/\/en\/$/);
  await goInHistory(page, -1);
  await expect(page).toHaveURL(/who-called-me/);
  await expect(lab.status).toHaveText(/^(?:Run loads|Finished)/);
  await lab.runToItsEnd();
});

// Firefox does not always say what it was asked to digest in a page that it kept: here it never does.
test('a run goes on in a page that a browser kept and froze', async ({ page }) => {
  await page.addInitScript(() => {
    const { subtle } = crypto;
    const digest = subtle.digest.bind(subtle);
    let isFrozen = true;
    subtle.digest = (...given) => (isFrozen ? new Promise(() => undefined) : digest(...given));
    addEventListener('pageshow', ({ persisted }) => (isFrozen &&= !persisted), true);
  });
  const lab = await openLab(page);
  await lab.run.click();
  await expect(lab.status).toHaveText(/^Loading Python/);
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect(lab.status).toHaveText(/^Finished/);
});

test('a page that browsers do not trust says so', async ({ playwright, browserName, baseURL }) => {
  const browser = await launch(playwright[browserName], {
    args: ['--host-resolver-rules=MAP lab.test 127.0.0.1'],
  });
  try {
    const url = new URL(baseURL ?? '');
    url.hostname = 'lab.test';
    const page = await browser.newPage({ baseURL: url.href });
    const lab = await openLab(page);
    await lab.run.click();
    await expect(lab.status).toContainText(
      `Your browser does not let a page at ${url.origin} verify what it loads. Open the site by https`,
    );
    await expect(lab.retry).toBeHidden();
    await expect(lab.output).toContainText('recorded when this site was built');
    await lab.openView('Files');
    await lab.root.getByRole('button', { name: 'Download all as a zip' }).click();
    await expect(lab.status).toContainText('Open the site by https');
  } finally {
    await browser.close();
  }
});

// Without its compilers Chromium has no WebAssembly either; its own switch for that has gone.
test('a browser without WebAssembly says so', BOTH, async ({ playwright, browserName, baseURL }) => {
  const browser = await launch(playwright[browserName], {
    ...(browserName === 'chromium' ? { args: ['--js-flags=--jitless'] } : {}),
    ...(browserName === 'firefox' ? { firefoxUserPrefs: { 'javascript.options.wasm': false } } : {}),
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    const lab = await openLab(page);
    expect(await page.evaluate(() => 'WebAssembly' in globalThis)).toBe(false);
    await lab.run.click();
    await expect(lab.status).toContainText('Your browser runs no WebAssembly, which Python needs here');
    await expect(lab.retry).toBeHidden();
    expect(fetched.filter((url) => url.includes('_sandbox'))).toEqual([]);
  } finally {
    await browser.close();
  }
});

for (const [how, frame] of [
  ['stays empty', ''],
  ['never loads', '<img src="/never-comes" alt="">'],
] as const) {
  test(`a frame that ${how} is told of, and Retry makes another one`, BOTH, async ({ page }) => {
    await page.clock.install();
    await page.route('**/never-comes', () => undefined);
    await page.addInitScript((frame) => {
      const real = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'srcdoc');
      Object.assign(globalThis, { keepsFrames: true });
      Object.defineProperty(HTMLIFrameElement.prototype, 'srcdoc', {
        set(text: string) {
          real?.set?.call(this, Reflect.get(globalThis, 'keepsFrames') === true ? frame : text);
        },
      });
    }, frame);
    const lab = await openLab(page);
    await lab.run.click();
    // A frame's time begins when it is made; one that stays empty may be given up before somebody looks.
    const sentence = 'Something keeps the frame that Python runs in from opening';
    await page.waitForFunction(
      (sentence) =>
        document.querySelector('iframe[title="Python runner"]') !== null ||
        document
          .querySelector('#print-the-stack--lambda-2016 [role="status"]')
          ?.textContent.startsWith(sentence) === true,
      sentence,
    );
    await page.clock.fastForward(20_000);
    await expect(lab.status).toContainText(sentence);
    await page.evaluate(() => Object.assign(globalThis, { keepsFrames: false }));
    await lab.retry.click();
    await expect(lab.status).toHaveText(/^Finished/);
  });
}

test(
  'a page that shows the article in a sandbox gets the recording, and a sentence',
  BOTH,
  async ({ page, baseURL }) => {
    const address = `${baseURL ?? ''}en/who-called-me/`;
    const server = createServer((_request, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end(
          `<!doctype html><title>a blog</title><iframe sandbox="allow-scripts" src="${address}"></iframe>`,
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${String(port)}/`);
      const lab = page.frameLocator('iframe').locator('lab-root').first();
      await expect(lab).toContainText('The page that shows this one does not let it run anything.');
      await expect(lab.getByRole('link', { name: address })).toBeVisible();
      await expect(lab.getByRole('button')).toHaveCount(0);
      await expect(lab).toContainText('in lambda_handler');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  },
);

test('the page shows nothing of that where it is shown by itself', async ({ page }) => {
  const lab = await openLab(page);
  await expect(lab.root.getByText('The page that shows this one')).toBeHidden();
});

test('a browser that gives no storage gives a page without faults', BOTH, async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    }
  });
  const lab = await openLab(page);
  await lab.runToItsEnd();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(faults).toEqual([]);
});
