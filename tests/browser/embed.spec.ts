/** Embeds on a page of somebody else's: another host name and another port, with the frames that such pages write. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { addressFromEnvironment, DIST } from '../../scripts/build.ts';
import { serve } from '../../scripts/serve.ts';
import { BOTH } from './both.ts';

/** A lab whose run comes with the page, and one whose run is brought at the first step. */
const SMALL = 'print-the-stack--lambda-2016';
const LARGE = 'find-the-imports--lambda-2016';

/** A page of 127.0.0.1 shows frames of localhost. `policy` is its own. */
async function withBlog<T>(body: string, use: (address: string) => Promise<T>, policy = ''): Promise<T> {
  const blog = createServer((_request, response) => {
    if (policy !== '') response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>A blog</title><body>${body}`);
  });
  await once(blog.listen(0, '127.0.0.1'), 'listening');
  try {
    return await use(`http://127.0.0.1:${String((blog.address() as AddressInfo).port)}/`);
  } finally {
    blog.close();
    blog.closeAllConnections();
  }
}

/** The same site on a host that sends the header, as GitHub Pages does. */
async function withHeader<T>(use: (site: string) => Promise<T>): Promise<T> {
  const { base } = addressFromEnvironment();
  const site = await serve({ folder: DIST, base, port: 0, host: null, allowOrigin: true });
  try {
    return await use(site.url);
  } finally {
    await site.close();
  }
}

/** Notes what the page's window is sent, from its beginning on. */
async function noteMessages(page: Page): Promise<() => Promise<unknown[]>> {
  await page.addInitScript(() => {
    const noted: unknown[] = [];
    Object.assign(window, { noted });
    addEventListener('message', ({ data }) => noted.push(data));
  });
  return () => page.evaluate(() => (window as unknown as { noted: unknown[] }).noted);
}

/**
 * Windows that have room for all frames. A click right behind a scroll goes to the frame that stood there before: Chromium
 * finds a frame of another process by what was drawn last.
 */
const BESIDE = { width: 1680, height: 720 };
const BELOW = { width: 1280, height: 1280 };

const status = (frame: FrameLocator) => frame.getByRole('status');
const run = (frame: FrameLocator) => frame.getByRole('button', { name: 'Run', exact: true });

test(
  'without the header a sandboxed embed reads, steps and copies, under any policy of its host; Run and the editor say why not',
  BOTH,
  async ({ page, baseURL }) => {
    const site = String(baseURL);
    const noted = await noteMessages(page);
    const origin = new URL(site).origin;
    const frame = page.frameLocator('iframe');
    // A narrow column, a frame that is loaded late, a host that allows nothing but the frame.
    await withBlog(
      `<div style="height: 300vh"></div><div style="width: 320px"><iframe loading="lazy" sandbox="allow-scripts"
        style="width: 100%; height: 760px; border: 0" src="${site}en/embed/v1/${LARGE}/?theme=dark#step-3"></iframe></div>`,
      async (address) => {
        await page.setViewportSize(BELOW);
        await page.goto(address);
        await page.locator('iframe').scrollIntoViewIfNeeded();
        await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
        await expect(frame.locator('lab-root')).toHaveClass(/is-stepping/);
        const before = await status(frame).textContent();
        await frame.locator('.time-next').click();
        await expect(status(frame)).not.toHaveText(before ?? '');
        expect(
          await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
        ).toBe(true);

        await frame.getByRole('button', { name: 'Copy', exact: true }).click();
        await expect(status(frame)).toHaveText('Copied');
        await run(frame).click();
        await expect(status(frame)).toHaveText(/keeps it from loading Python/);
        await frame.getByRole('tab', { name: 'lambda_function.py' }).click();
        await frame.locator('lab-editable pre').first().click();
        await expect(status(frame)).toHaveText(/keeps it from loading Python/);
        expect(await frame.locator('iframe').count()).toBe(0);
        await frame.getByRole('link', { name: 'Open on the site' }).click();
        await expect(status(frame)).toHaveText(new RegExp(`The address is ${origin}/`));
      },
      `default-src 'none'; style-src 'unsafe-inline'; frame-src ${origin}`,
    );
    const heights = (await noted()).filter((data) => JSON.stringify(data).includes(LARGE));
    expect(heights).toContainEqual({
      type: 'behind-the-handler:height',
      version: 1,
      lab: LARGE,
      height: 760,
    });
  },
);

test(
  'with the header, and without a sandbox, an embed runs and edits, and what its host posts to it changes nothing',
  BOTH,
  async ({ page }) => {
    await withHeader((site) =>
      withBlog(
        `<iframe id="boxed" sandbox="allow-scripts" width="800" height="600" src="${site}ja/embed/v1/${SMALL}/?lang=en"></iframe>
        <iframe id="plain" width="800" height="600" src="${site}en/embed/v1/${SMALL}/#call-handler"></iframe>`,
        async (address) => {
          await page.setViewportSize(BESIDE);
          await page.goto(address);
          const [boxed, plain] = ['boxed', 'plain'].map((id) => page.frameLocator(`#${id}`)) as [
            FrameLocator,
            FrameLocator,
          ];
          await expect(plain.locator('lab-root')).toHaveClass(/is-stepping/);
          for (const frame of [boxed, plain]) {
            await frame.getByRole('tab', { name: 'lambda_function.py' }).click();
            await frame.locator('lab-editable pre').first().click();
            await expect(frame.getByRole('textbox').first()).toBeFocused();
            await page.keyboard.press('ControlOrMeta+Home');
            await page.keyboard.insertText('# mine\n');
            await run(frame).click();
            await expect(status(frame)).toHaveText(/^Finished, \d+ lines?$/);
          }
          // Two environments, and messages of the host's that would end them or change something, were they listened to.
          const forged = [
            { type: 'behind-the-handler:environment', version: 1 },
            { type: 'behind-the-handler:height', version: 1, lab: SMALL, height: 1 },
            { message: 'height', value: 1, secret: 'abc' },
            'frame-ready',
            'worker-failed',
          ];
          await page.evaluate((messages) => {
            const own = document.createElement('iframe');
            const script =
              '<script>onmessage = ({ data }) => parent[data.at].postMessage(data.message, "*")</scr' +
              'ipt>';
            own.srcdoc = script;
            document.body.append(own);
            return new Promise<void>((resolve) => {
              own.addEventListener('load', () => {
                for (const at of [0, 1]) {
                  for (const message of messages) {
                    // From the host itself, and twice from frames of its origin.
                    window[at]?.postMessage(message, '*');
                    own.contentWindow?.postMessage({ at, message }, '*');
                  }
                }
                resolve();
              });
            });
          }, forged);
          for (const frame of [boxed, plain]) {
            await run(frame).click();
            await expect(frame.locator('.lab-origin')).toHaveText('your run: warm');
          }
        },
      ),
    );
  },
);

test('WordPress’s frame gets its secret back with heights that it takes, and with a link that it may follow', async ({
  page,
  baseURL,
}) => {
  const noted = await noteMessages(page);
  const site = String(baseURL);
  const src = `${site}en/embed/v1/${SMALL}/#?secret=Xy12345678`;
  await withBlog(
    `<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" width="600" height="338"
      src="${src}" data-secret="Xy12345678"></iframe>
    <script>
      // What wp-embed.js does: the sender is the frame of that secret, the height is held between 200 and 1000.
      addEventListener('message', ({ data, source }) => {
        const frame = document.querySelector('iframe[data-secret="' + data.secret + '"]');
        if (!data.message || !data.value || /[^a-zA-Z0-9]/.test(data.secret) || source !== frame.contentWindow) return;
        if (data.message === 'height') frame.height = Math.min(Math.max(parseInt(data.value, 10), 200), 1000);
      });
    </script>`,
    async (address) => {
      await page.goto(address);
      const frame = page.frameLocator('iframe');
      await expect(frame.locator('.lab-run')).toBeVisible();
      await expect
        .poll(() =>
          frame.locator('html').evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
        )
        .toBe(0);
      expect(Number(await page.locator('iframe').getAttribute('height'))).toBeGreaterThan(400);
      await frame.getByRole('link', { name: 'Open on the site' }).click();
      await expect.poll(noted).toContainEqual({
        message: 'link',
        value: expect.stringMatching(new RegExp(`^${site}en/[\\w-]+/#${SMALL}$`)) as unknown,
        secret: 'Xy12345678',
      });
    },
  );
});

test('twelve embeds on one page fetch no Python before a click, and keep two environments', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await withHeader((site) => {
    const frames = Array.from(
      { length: 12 },
      (_, index) =>
        `<iframe id="f${String(index)}" ${index % 2 === 0 ? 'sandbox="allow-scripts"' : ''} width="400" height="300"
          src="${site}en/embed/v1/${SMALL}/"></iframe>`,
    );
    return withBlog(frames.join(''), async (address) => {
      await page.setViewportSize(BELOW);
      await page.goto(address);
      for (let index = 0; index < 12; index += 1) {
        const frame = page.frameLocator(`#f${String(index)}`);
        await frame.locator('.bench-head').hover();
      }
      expect(asked.filter((path) => path.includes('/_sandbox/') || path.includes('/_embed/'))).toEqual([]);
      const runners = (): number => page.frames().filter((frame) => frame.url() === 'about:srcdoc').length;
      for (const index of [0, 1, 2, 5]) {
        const frame = page.frameLocator(`#f${String(index)}`);
        await run(frame).click();
        await expect(status(frame)).toHaveText(/^Finished, \d+ lines?$/);
        await expect.poll(runners).toBe(Math.min(index + 1, 2));
      }
      // Those that had to go say so.
      await expect(page.frameLocator('#f0').locator('.lab-environment')).toHaveText(
        /next run is a cold start/,
      );
      await expect(page.frameLocator('#f5').locator('.lab-environment')).toHaveText(/next run is warm/);
    });
  });
});

test('an article in a sandboxed frame says that nothing can run where its modules do not come, and not where they do', async ({
  page,
  baseURL,
}) => {
  await withHeader((site) =>
    withBlog(
      [String(baseURL), site]
        .map(
          (from) =>
            `<iframe sandbox="allow-scripts" width="800" height="500" src="${from}en/who-called-me/"></iframe>`,
        )
        .join(''),
      async (address) => {
        await page.setViewportSize(BESIDE);
        await page.goto(address, { waitUntil: 'load' });
        const [without, withIt] = [0, 1].map((at) => page.locator('iframe').nth(at).contentFrame()) as [
          FrameLocator,
          FrameLocator,
        ];
        await expect(without.locator('[data-why=embedded]').first()).toHaveText(/does not let it run/);
        // The first lab of the article is shown whole where its window is wide; this one is everywhere.
        const lab = withIt.locator('#sourceless-pyc--lambda-2016:defined');
        await lab.getByRole('button', { name: 'Run', exact: true }).click();
        await expect(lab.getByRole('status')).toHaveText(/^Finished, \d+ lines?$/);
        await expect(withIt.locator('[data-why=embedded]').first()).toBeHidden();
      },
    ),
  );
});
