/**
 * The site without a network: the server that a browser knows is stopped, deployed to, or short of room. Each test has a
 * few pages of the built site at a host of its own, with a worker made for them as the build makes one.
 */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { addressFromEnvironment, DIST } from '../../scripts/build.ts';
import { serve, type RunningServer } from '../../scripts/serve.ts';
import { writeRemoval, writeWorker } from '../../src/integrations/offline.ts';
import { BOTH } from './both.ts';
import { LabPage, skipQuestion } from './lab-page.ts';

const ARTICLE = 'who-called-me';
const LAB = 'print-the-stack--lambda-2016';
const PAGES = ['en', 'ja'].flatMap((language) => [`${language}/${ARTICLE}`, `${language}/offline`]);

class Host {
  readonly folder: string;
  readonly base = addressFromEnvironment().base;
  #server: RunningServer | null = null;
  #port = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}${this.base}`;
  }

  async start(): Promise<void> {
    const { folder, base } = this;
    this.#server = await serve({ folder, base, port: this.#port, host: '127.0.0.1' });
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
}

const test = base.extend<{ host: Host }>({
  // Playwright reads what a fixture needs from its first parameter, which must be written so.
  // eslint-disable-next-line no-empty-pattern
  host: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'host-'));
    const parts = ['_astro', '_sandbox', 'favicon.svg', ...PAGES];
    for (const part of parts) await cp(path.join(DIST, part), path.join(folder, part), { recursive: true });
    const data = ['traces', 'en', 'ja'].map(async (part) => {
      const names = (await readdir(path.join(DIST, part))).filter((name) =>
        /\.(?:json|webmanifest)$/.test(name),
      );
      for (const name of names) await cp(path.join(DIST, part, name), path.join(folder, part, name));
    });
    await Promise.all(data);
    const host = new Host(folder);
    await writeWorker(folder, host.base);
    await host.start();
    await use(host);
    await host.stop();
    await rm(folder, { recursive: true });
  },
});

test.use({ serviceWorkers: 'allow' });

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
  'after a visit a page is read, and after a run it runs, in both languages',
  BOTH,
  async ({ page, host }) => {
    await openLab(page, host, 'ja');
    const lab = await openLab(page, host);
    await skipQuestion(lab.root);
    await lab.runToItsEnd();
    await expectKept(page, host, [ENGLISH, JAPANESE]);
    await host.stop();

    const again = await openLab(page, host);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(ENGLISH);
    await skipQuestion(again.root);
    await again.runToItsEnd();
    await again.root.getByRole('button', { name: 'Previous step' }).click();
    await expect(again.root.getByRole('slider', { name: 'Step', exact: true })).toBeVisible();
    await page.getByRole('link', { name: '日本語' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(JAPANESE);

    // What was never opened leads to what was.
    await page.goto(`${host.url}ja/glossary/`);
    await expect(page.getByText('このページはまだ開いたことがない')).toBeVisible();
    await expect(page.getByRole('link', { name: ENGLISH })).toBeVisible();
  },
);

test('what a reader asks to keep is told, kept, used and forgotten', BOTH, async ({ page, host }) => {
  await openLab(page, host);
  await expectKept(page, host, [ENGLISH]);
  await page.getByRole('button', { name: /^Keep for offline \(\d+\.\d MB\)$/ }).click();
  await expect(page.getByText('Python and the labs’ scripts are kept')).toBeVisible();
  await host.stop();

  const lab = await openLab(page, host);
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
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const kept = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
          return (await Promise.all(kept)).flat().some(({ url }) => url.includes('/_astro/sandbox.'));
        }),
      )
      .toBe(true);
    const { oldScript } = await host.deploy();
    const fetchText = (address: string): Promise<string> =>
      page.evaluate(async (from) => (await fetch(from)).text().catch(() => ''), address);
    const { oldBuild, controlled } = await page.evaluate(() => ({
      oldBuild: document.querySelector<HTMLMetaElement>('meta[name=build]')?.content,
      controlled: navigator.serviceWorker.controller !== null,
    }));
    expect(controlled).toBe(true);

    const other = await context.newPage();
    await other.goto(`${host.url}en/${ARTICLE}/`);
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('New words');
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

test('a damaged file of the cache is fetched anew', async ({ page, host }) => {
  const lab = await openLab(page, host);
  await skipQuestion(lab.root);
  await lab.runToItsEnd();
  await expectKept(page, host, [ENGLISH]);
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
  const again = await openLab(page, host);
  await skipQuestion(again.root);
  await again.runToItsEnd();
});

test('a browser without room says so where the reader asked to keep, and nowhere else', async ({
  page,
  host,
  context,
}) => {
  const client = await context.newCDPSession(page);
  await client.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(host.url).origin,
    // Pages have room there, Python has none.
    quotaSize: 3_000_000,
  });
  await openLab(page, host, 'en', false);
  await page.goto(`${host.url}en/offline/`);
  await page.getByRole('button', { name: /^Keep for offline/ }).click();
  await expect(page.getByText('There’s not enough room in this browser.')).toBeVisible();
  const lab = await openLab(page, host, 'en', false);
  await skipQuestion(lab.root);
  await lab.runToItsEnd();
});

test(
  'a build without a worker takes the old one away, with all that was kept',
  BOTH,
  async ({ page, host }) => {
    await openLab(page, host);
    await expectKept(page, host, [ENGLISH]);
    await writeRemoval(host.folder, host.base);
    await page.goto(`${host.url}en/${ARTICLE}/`);
    await expect
      .poll(() =>
        page.evaluate(async () => [
          (await navigator.serviceWorker.getRegistrations()).length,
          (await caches.keys()).length,
        ]),
      )
      .toEqual([0, 0]);
  },
);
