/**
 * The site without a network: the server that a browser knows is stopped, slow, deployed to, or the browser short of room.
 * Each test has a few pages of the built site at a host of its own, with a worker made for them as the build makes one; the
 * first of them those of the build under a base path.
 */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { addressFromEnvironment, DIST } from '../../scripts/build.ts';
import { serve, type RunningServer } from '../../scripts/serve.ts';
import { BASE_ADDRESS, UNDER_BASE } from '../../scripts/site-under-base.ts';
import { writeRemoval, writeWorker } from '../../src/integrations/offline.ts';
import { BOTH } from './both.ts';
import { LabPage, skipQuestion } from './lab-page.ts';
import { violationsOn } from './violations.ts';

const ARTICLE = 'who-called-me';
const LAB = 'print-the-stack--lambda-2016';
const PAGES = ['en', 'ja'].flatMap((language) => [`${language}/${ARTICLE}`, `${language}/offline`]);

class Host {
  readonly folder: string;
  readonly base: string;
  /** Whether browsers store what it sends from its next start on. */
  isStored = true;
  #server: RunningServer | null = null;
  #port = 0;
  /** The part of its address that makes a request wait. */
  #slow: { readonly part: string; readonly met: () => void; readonly over: Promise<undefined> } | null = null;

  constructor(folder: string, base: string) {
    this.folder = folder;
    this.base = base;
  }

  /** From now on has what is asked for by such an address wait; `met` is when that is asked for first. */
  slowDown(part: string): { readonly met: Promise<undefined>; readonly end: () => void } {
    const met = Promise.withResolvers<undefined>();
    const over = Promise.withResolvers<undefined>();
    const hear = (): void => {
      met.resolve(undefined);
    };
    this.#slow = { part, met: hear, over: over.promise };
    const end = (): void => {
      this.#slow = null;
      over.resolve(undefined);
    };
    return { met: met.promise, end };
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}${this.base}`;
  }

  async start(): Promise<void> {
    const { folder, base, isStored } = this;
    const delay = async (pathname: string): Promise<void> => {
      if (this.#slow === null || !pathname.includes(this.#slow.part)) return;
      this.#slow.met();
      await this.#slow.over;
    };
    this.#server = await serve({ folder, base, port: this.#port, host: '127.0.0.1', delay, isStored });
    this.#port = Number(new URL(this.#server.url).port);
  }

  /** Cuts every line to it. */
  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  /** Another build: its heading, its trace of the lab, and the name of a script that a lab asks for when it runs. */
  async deploy(): Promise<{ readonly oldScript: string }> {
    const scripts = path.join(this.folder, '_astro');
    const oldScript = (await readdir(scripts)).find((name) => name.startsWith('sandbox.')) ?? '';
    const newScript = oldScript.replace(/^sandbox\..{3}/, 'sandbox.new');
    for (const name of await readdir(scripts)) {
      if (!name.endsWith('.js')) continue;
      const text = await readFile(path.join(scripts, name), 'utf8');
      await writeFile(path.join(scripts, name), text.replaceAll(oldScript, newScript));
    }
    await rename(path.join(scripts, oldScript), path.join(scripts, newScript));
    const page = path.join(this.folder, 'en', ARTICLE, 'index.html');
    const html = await readFile(page, 'utf8');
    await writeFile(
      page,
      html.replaceAll(oldScript, newScript).replace(/<h1>.*?<\/h1>/, '<h1>New words</h1>'),
    );
    const trace = path.join(this.folder, 'traces', `${LAB}.json`);
    await writeFile(trace, `${await readFile(trace, 'utf8')} `);
    await writeWorker(this.folder, this.base);
    return { oldScript };
  }

  /** The same site as `NO_WORKER=1` builds it. */
  async deployWithoutWorker(): Promise<void> {
    for (const name of PAGES) {
      const page = path.join(this.folder, name, 'index.html');
      const html = await readFile(page, 'utf8');
      await writeFile(page, html.replace(/(<meta name="build" content=")[^"]+/, '$1'));
    }
    await writeRemoval(this.folder, this.base);
  }
}

async function withHost(site: string, base: string, use: (host: Host) => Promise<void>): Promise<void> {
  if (!existsSync(site)) throw new Error(`There is no build under a base path: npm test -- under-base.`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'host-'));
  const parts = ['_astro', '_sandbox', 'favicon.svg', 'en/search', 'ja/search', ...PAGES];
  for (const part of parts) await cp(path.join(site, part), path.join(folder, part), { recursive: true });
  const data = ['traces', 'en', 'ja'].map(async (part) => {
    const names = (await readdir(path.join(site, part))).filter((name) =>
      /\.(?:json|webmanifest)$/.test(name),
    );
    for (const name of names) await cp(path.join(site, part, name), path.join(folder, part, name));
  });
  await Promise.all(data);
  const host = new Host(folder, base);
  await writeWorker(folder, base);
  await host.start();
  await use(host);
  await host.stop();
  await rm(folder, { recursive: true });
}

// Playwright reads what a fixture needs from its first parameter, which must be written so.
/* eslint-disable no-empty-pattern */
const test = base.extend<{ host: Host; hostUnderBase: Host }>({
  host: ({}, use) => withHost(DIST, addressFromEnvironment().base, use),
  hostUnderBase: ({}, use) => withHost(UNDER_BASE, BASE_ADDRESS.base, use),
});
/* eslint-enable no-empty-pattern */

test.use({ serviceWorkers: 'allow' });

/** Waits until a file is kept, of whichever build. */
async function expectFileKept(page: Page, part: string): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async (wanted) => {
        const kept = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
        return (await Promise.all(kept)).flat().some(({ url }) => url.includes(wanted));
      }, part),
    )
    .toBe(true);
}

/** Searches the site by its dialog, and waits for a result with its text. */
async function search(page: Page, words: string): Promise<void> {
  await page.waitForFunction(() => customElements.get('site-search') !== undefined);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('combobox', { name: 'Search this site' }).fill(words);
  await expect(page.locator('#search').getByRole('option').locator('mark').first()).toBeVisible();
  await page.keyboard.press('Escape');
}

/** Opens the article's lab and waits for its scripts. */
async function openLab(
  page: Page,
  host: Host,
  language: 'en' | 'ja' = 'en',
  isKept = true,
): Promise<LabPage> {
  await page.goto('about:blank');
  await page.goto(`${host.url}${language}/${ARTICLE}/#${LAB}`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  // A reader stays until a page is read; a test would be gone before the worker has heard of it.
  if (isKept)
    await expect
      .poll(() => page.evaluate(async () => (await caches.match(location.pathname)) !== undefined))
      .toBe(true);
  return new LabPage(page, language);
}

/** Opens the page about what is kept and waits until the worker says that these pages are. */
async function expectKept(page: Page, host: Host, titles: readonly RegExp[]): Promise<void> {
  await expect(async () => {
    await page.goto(`${host.url}en/offline/`);
    const links = page.locator('[data-part="pages"] a');
    await expect(links.first()).toBeVisible({ timeout: 5000 });
    const texts = await links.allTextContents();
    for (const title of titles) expect(texts).toContainEqual(expect.stringMatching(title));
  }).toPass();
}

const ENGLISH = /^Who calls your Lambda handler\?$/;
const JAPANESE = /ハンドラー/;

test(
  'after a visit a page is read, after a run it runs, after a search it is searched, in both languages, under a base path',
  BOTH,
  async ({ page, hostUnderBase: host }) => {
    // The reader is quicker than the worker, of whose first day a part is slow.
    const slow = host.slowDown('/ja/offline/');
    const lab = await openLab(page, host, 'en', false);
    await slow.met;
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
    await search(page, 'cold start');
    expect(await page.evaluate(() => navigator.serviceWorker.controller === null)).toBe(true);
    slow.end();
    for (const part of [
      '_sandbox/pyodide-asm-wasm',
      '_sandbox/boot-image',
      '_sandbox/python_stdlib-zip',
      '_astro/storage-download.',
      '_astro/zip-files.',
      ...(await readdir(path.join(host.folder, 'en/search'))).map((name) => `/en/search/${name}`),
      `traces/${LAB}`,
    ])
      await expectFileKept(page, part);
    await openLab(page, host, 'ja');
    await expectKept(page, host, [ENGLISH, JAPANESE]);
    await host.stop();

    const again = await openLab(page, host);
    await search(page, 'traceback');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(ENGLISH);
    await skipQuestion(again.root);
    // What was recorded, then what was run.
    await again.root.getByRole('button', { name: 'Next step' }).click();
    await expect(again.root.getByRole('slider', { name: 'Step', exact: true })).toHaveAttribute(
      'aria-valuetext',
      /^Step \d+ of \d+/,
    );
    await again.runToItsEnd();
    await again.root.getByRole('button', { name: 'Previous step' }).click();
    await expect(again.root.getByRole('slider', { name: 'Step', exact: true })).toBeVisible();
    await again.openView('Files');
    await again.root.getByRole('button', { name: 'Download all as a zip' }).click();
    await expect(again.status).toHaveText(/^Packed, /);
    await page.getByRole('link', { name: '日本語' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(JAPANESE);

    // What was never opened leads to what was.
    await page.goto(`${host.url}ja/glossary/`);
    await expect(page.getByText('このページはまだ開いたことがない')).toBeVisible();
    await expect(page.getByRole('link', { name: ENGLISH })).toBeVisible();
  },
);

test('what a reader asks to keep is told, kept, used and forgotten', BOTH, async ({ page, host }) => {
  test.slow();
  // The network goes while the worker has its first day: there is none, until the page is opened again.
  const slow = host.slowDown('/ja/offline/');
  await openLab(page, host, 'en', false);
  await slow.met;
  await host.stop();
  slow.end();
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length))
    .toBe(0);
  await host.start();
  await openLab(page, host);
  await expectKept(page, host, [ENGLISH]);
  await page.getByRole('button', { name: /^Keep for offline \(\d+\.\d MB\)$/ }).click();
  await expect(page.getByText('Python, the labs’ scripts and the search are kept')).toBeVisible();

  // What has been damaged since is noticed, and fetched anew.
  const damaged = await page.evaluate(async () => {
    let count = 0;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (!/_astro\/lab-root|_sandbox\/pyodide-asm-wasm/.test(request.url)) continue;
        const { headers } = (await cache.match(request)) ?? new Response();
        await cache.put(request, new Response('poison', { headers }));
        count += 1;
      }
    }
    return count;
  });
  expect(damaged).toBe(2);
  const online = await openLab(page, host);
  await skipQuestion(online.root);
  await online.runToItsEnd();
  await host.stop();

  const lab = await openLab(page, host);
  await search(page, 'cold start');
  await skipQuestion(lab.root);
  await lab.root.getByRole('button', { name: 'Next step' }).click();
  await expect(lab.root.getByRole('slider', { name: 'Step', exact: true })).toHaveAttribute(
    'aria-valuetext',
    /^Step \d+ of \d+/,
  );
  await lab.runToItsEnd();
  await lab.openView('Files');
  await lab.root.getByRole('button', { name: 'Download all as a zip' }).click();
  await expect(lab.status).toHaveText(/^Packed, /);

  await page.goto(`${host.url}en/offline/`);
  await page.getByRole('button', { name: 'Forget everything kept' }).click();
  await expect(page.getByText(/^The site takes 0\.[01] MB in this browser\.$/)).toBeVisible();
  await page.goto(`${host.url}en/${ARTICLE}/`);
  await expect(page.getByText('You’re offline, and this page isn’t kept')).toBeVisible();
});

test(
  'two tabs keep, run and forget side by side; what is damaged without a network is said, and comes by Retry',
  BOTH,
  async ({ page, host, context }) => {
    test.slow();
    // A browser's own store would make good what is damaged.
    await host.stop();
    host.isStored = false;
    await host.start();
    const lab = await openLab(page, host);
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
    const other = await context.newPage();
    await other.goto(`${host.url}en/offline/`);
    await other.getByRole('button', { name: /^Keep for offline/ }).click();
    await lab.runToItsEnd();
    await expect(other.getByText('Python, the labs’ scripts and the search are kept')).toBeVisible();
    await other.getByRole('button', { name: 'Forget everything kept' }).click();
    await expect(other.getByText(/^The site takes 0\.[01] MB in this browser\.$/)).toBeVisible();
    // The open page has what it has loaded, and a cold start of it keeps that anew.
    await lab.reset.click();
    await lab.runToItsEnd();
    const again = await openLab(page, host);
    await skipQuestion(again.root);
    await again.runToItsEnd();
    await expectFileKept(page, '_sandbox/pyodide-asm-wasm');

    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (!request.url.includes('_sandbox/pyodide-asm-wasm')) continue;
          const { headers } = (await cache.match(request)) ?? new Response();
          await cache.put(request, new Response('half', { headers }));
        }
      }
    });
    // A pointer above the lab would have its files fetched while there is a network.
    await page.mouse.move(0, 0);
    const offline = await openLab(page, host);
    await host.stop();
    await skipQuestion(offline.root);
    await offline.run.click();
    await expect(offline.status).toContainText(
      '(pyodide.asm.wasm) could not be fetched. Check your connection',
    );
    await host.start();
    await offline.retry.click();
    await expect(offline.status).toHaveText(/^Finished/);
  },
);

test(
  'a deploy leaves an open page its own files, and offers the new version',
  BOTH,
  async ({ page, host, context }) => {
    await openLab(page, host);
    await expectKept(page, host, [ENGLISH]);
    // From the second visit on all that a run loads comes by the worker.
    const lab = await openLab(page, host);
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
    await lab.root.getByRole('button', { name: 'Previous step' }).click();
    // What a run has loaded is kept behind it.
    await expectFileKept(page, '/_astro/sandbox.');
    const { oldScript } = await host.deploy();
    const fetchText = (address: string): Promise<string> =>
      page.evaluate(async (from) => (await fetch(from)).text().catch(() => ''), address);
    const { oldBuild, controlled } = await page.evaluate(() => ({
      oldBuild: document.querySelector<HTMLMetaElement>('meta[name=build]')?.content,
      controlled: navigator.serviceWorker.controller !== null,
    }));
    expect(controlled).toBe(true);

    const other = await context.newPage();
    // A host that a busy machine keeps waiting is answered for by what is kept.
    await expect(async () => {
      await other.goto(`${host.url}en/${ARTICLE}/`);
      await expect(other.getByRole('heading', { level: 1 })).toHaveText('New words', { timeout: 5000 });
    }).toPass();
    expect(await fetchText(`${host.base}_astro/${oldScript}`)).toContain('export');
    expect(
      await other.evaluate(() => document.querySelector<HTMLMetaElement>('meta[name=build]')?.content),
    ).not.toBe(oldBuild);

    // Still the old page, until its reader wants the new one.
    await expect(page.getByText('A new version of this site is here.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(ENGLISH);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('New words');
    await expect(page.getByText('A new version of this site is here.')).toBeHidden();
  },
);

test('what the browser has taken to make room is kept anew by the next visit', async ({ page, host }) => {
  await openLab(page, host);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await openLab(page, host);
  for (const part of ['_astro/lab-root', '~files', 'ja/offline/']) await expectFileKept(page, part);
  await host.stop();
  await page.goto(`${host.url}en/glossary/`);
  await expect(page.getByText('You’re offline, and this page isn’t kept')).toBeVisible();
  await expect(page.getByRole('link', { name: ENGLISH })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), colorScheme).toEqual([]);
  }
  await page.getByRole('link', { name: ENGLISH }).click();
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
});

test(
  'a browser without room says so where the reader asked to keep, and nowhere else',
  BOTH,
  async ({ host, playwright, browserName, launchOptions }) => {
    // Pages have room there, Python has none.
    const room = 3_000_000;
    const browser = await playwright[browserName].launch({
      ...launchOptions,
      firefoxUserPrefs: {
        ...launchOptions.firefoxUserPrefs,
        'dom.quotaManager.temporaryStorage.fixedLimit': room / 1000,
      },
    });
    const page = await browser.newPage();
    if (browserName === 'chromium') {
      const client = await page.context().newCDPSession(page);
      const { origin } = new URL(host.url);
      await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: room });
    }
    await openLab(page, host, 'en', false);
    await page.goto(`${host.url}en/offline/`);
    await page.getByRole('button', { name: /^Keep for offline/ }).click();
    await expect(page.getByText('There’s not enough room in this browser.')).toBeVisible();
    const lab = await openLab(page, host, 'en', false);
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
    await browser.close();
  },
);

test(
  'a browser that lets the site store nothing reads and runs, and the page about it says so',
  BOTH,
  async ({ host, playwright, browserName, launchOptions }) => {
    const browser = await playwright[browserName].launch({
      ...launchOptions,
      firefoxUserPrefs: { ...launchOptions.firefoxUserPrefs, 'network.cookie.cookieBehavior': 2 },
    });
    const page = await browser.newPage();
    // Chromium has no such switch that a test could reach: what it says there is said by hand.
    if (browserName === 'chromium')
      await page.addInitScript(() => {
        const refuse = (): Promise<never> => Promise.reject(new DOMException('denied', 'SecurityError'));
        // Neither the runner's frame nor an empty page has any of it.
        if (!('serviceWorker' in navigator)) return;
        ServiceWorkerContainer.prototype.register = refuse;
        CacheStorage.prototype.open = refuse;
      });
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => {
      // Firefox logs by itself what the page has caught.
      if (!message.startsWith('Storage access is restricted')) faults.push(message);
    });
    const lab = await openLab(page, host, 'en', false);
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
    await page.goto(`${host.url}en/offline/`);
    await expect(page.getByText('This browser keeps nothing at the moment')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Keep for offline/ })).toBeHidden();
    expect(faults).toEqual([]);
    await browser.close();
  },
);

test(
  'a build without a worker takes the old one away, with all that was kept, and waits for no page',
  BOTH,
  async ({ page, host, context }) => {
    await openLab(page, host);
    await expectKept(page, host, [ENGLISH]);
    await page.goto(`${host.url}en/${ARTICLE}/`);
    await host.deployWithoutWorker();
    const other = await context.newPage();
    await other.goto(`${host.url}en/${ARTICLE}/`);
    for (const each of [other, page])
      await expect
        .poll(() =>
          each.evaluate(async () => [
            (await navigator.serviceWorker.getRegistrations()).length,
            (await caches.keys()).length,
          ]),
        )
        .toEqual([0, 0]);
    // The page that was open goes on by the network alone.
    const lab = new LabPage(page, 'en');
    await page.goto(`${host.url}en/${ARTICLE}/#${LAB}`);
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
  },
);
