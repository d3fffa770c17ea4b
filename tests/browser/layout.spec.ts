import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type JSHandle, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { asItIs, hold } from './hold.ts';
import { PAGE_KINDS } from './page-kinds.ts';

const PHONE = { width: 360, height: 740 } as const;
const DESK = { width: 1440, height: 900 } as const;

test.describe('the contents page', () => {
  for (const [language, name, today, story] of [
    ['en', 'Articles', 'A question of today', 'The post’s story'],
    ['ja', '記事一覧', 'いま気になっていることから', '2016 年の記事をたどる'],
  ] as const) {
    test(`lists the ${language} articles on their two paths`, async ({ page }) => {
      await page.goto(`${language}/`);
      const link = page.getByRole('banner').getByRole('link', { name });
      await link.click();
      await expect(page).toHaveURL(new RegExp(`/${language}/articles/$`));
      await expect(link).toHaveAttribute('aria-current', 'page');
      const addressesOf = (path: string): Promise<(string | null)[]> =>
        page
          .getByRole('region', { name: path })
          .getByRole('listitem')
          .getByRole('link')
          .evaluateAll((links) => links.map((found) => found.getAttribute('href')));
      const questions = await addressesOf(today);
      expect(questions.slice(0, 2)).toEqual([`/${language}/who-called-me/`, `/${language}/cold-and-warm/`]);
      const stages = await addressesOf(story);
      expect(stages[0]).toBe(`/${language}/inside-the-bootstrap/`);
      const inMenu = await page
        .locator('.menu-articles a')
        .evaluateAll((links) => links.map((found) => found.getAttribute('href')));
      expect([...questions, ...stages].toSorted()).toEqual(inMenu.toSorted());
    });
  }
});

test.describe('the menu of a phone', () => {
  test.use({ viewport: PHONE });

  test('takes the keyboard, and gives it back to its button', BOTH, async ({ page }) => {
    await page.goto('en/who-called-me/');
    const button = page.getByRole('button', { name: 'Menu' });
    const menu = page.getByRole('navigation', { name: 'Site' });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toHaveJSProperty('inert', true);
    await page.keyboard.press('Tab');
    await expect(menu.getByRole('link', { name: 'Articles' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(button).toBeFocused();
    await expect(page.getByRole('main')).toHaveJSProperty('inert', false);
  });

  test('does not let the keyboard walk on into the page that it covers', BOTH, async ({ page }) => {
    await page.goto('en/who-called-me/');
    const stops = async (): Promise<(string | undefined)[]> => {
      const found: (string | undefined)[] = [];
      for (let times = 0; times < 10; times++) {
        await page.keyboard.press('Tab');
        found.push(await page.evaluate(() => document.activeElement?.closest('header, main')?.localName));
      }
      return found;
    };
    const button = page.getByRole('button', { name: 'Menu' });
    await button.focus();
    expect(await stops()).toContain('main');
    await button.focus();
    await button.click();
    await expect(page.getByRole('main')).toHaveJSProperty('inert', true);
    const covered = await stops();
    expect(covered).toContain('header');
    expect(covered).not.toContain('main');
  });

  test('leads to an article, and a page that grows wide does without it', BOTH, async ({ page }) => {
    await page.goto('en/');
    const button = page.getByRole('button', { name: 'Menu' });
    const menu = page.getByRole('navigation', { name: 'Site' });
    await button.click();
    await expect(page.getByRole('main')).toHaveJSProperty('inert', true);
    await page.setViewportSize(DESK);
    await expect(button).toBeHidden();
    await expect(page.getByRole('main')).toHaveJSProperty('inert', false);
    await page.setViewportSize(PHONE);
    await expect(menu).toBeHidden();
    await button.click();
    await menu.getByRole('link', { name: 'What does Lambda do when your function fails?' }).click();
    await expect(page).toHaveURL(/\/en\/when-it-fails\/$/);
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test('opens all the same', async ({ page }) => {
      await page.goto('ja/');
      await page.getByRole('button', { name: 'メニュー' }).click();
      await expect(page.getByRole('link', { name: '記事一覧' })).toBeVisible();
    });
  });
});

test('the first stop of the keyboard leads past the header', BOTH, async ({ page }) => {
  await page.goto('en/articles/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

for (const viewport of [PHONE, DESK]) {
  const width = String(viewport.width);

  test(`nothing moves when a page’s scripts come late, ${width} px`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const letScripts = await holdScripts(page);
    await watchShifts(page);
    for (const address of PAGE_KINDS) {
      await page.goto(address, { waitUntil: 'commit' });
      await page.waitForFunction(() => 'shifts' in globalThis);
      const places = await placesOf(page);
      letScripts();
      await page.waitForFunction(() => document.querySelector(':not(:defined)') === null);
      expect(await shiftsOf(page), `/${address}`).toEqual([]);
      expect(await movedOf(page, places), `/${address}, out of sight too`).toEqual([]);
    }
    // What would be seen if something did.
    const places = await placesOf(page);
    await page.evaluate(() => {
      const late = document.createElement('p');
      late.textContent = 'late';
      late.style.blockSize = '200px';
      document.body.prepend(late);
    });
    await expect.poll(() => shiftsOf(page)).not.toEqual([]);
    expect(await movedOf(page, places)).not.toEqual([]);
  });

  test(`what has come of a page stays where it is when the rest comes, ${width} px`, async ({
    page,
    baseURL,
  }) => {
    await page.setViewportSize(viewport);
    await watchShifts(page, true);
    const site = await serveInPieces(baseURL ?? '');
    try {
      for (const address of ['en/', 'ja/who-called-me/', 'en/platforms/lambda-2016/']) {
        await page.goto(site.address + address, { waitUntil: 'commit' });
        for (let piece = 0; piece < PIECES; piece += 1) {
          site.sendNext();
          await page.waitForFunction(
            (text) =>
              document.evaluate(`//comment()[.="${text}"]`, document, null, 9).singleNodeValue !== null,
            `piece ${String(piece)}`,
          );
          expect(await shiftsOf(page), `/${address}, piece ${String(piece)}`).toEqual([]);
        }
      }
    } finally {
      await site.close();
    }
  });

  test(`nothing is wider than a screen of ${width} px`, bothIf(width === '360'), async ({ page }) => {
    await page.setViewportSize(viewport);
    for (const address of PAGE_KINDS) {
      await page.goto(address);
      const [content, screen] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      expect(content, `/${address}`).toBe(screen);
    }
  });

  test(`an address with a lab’s name shows that lab from its top, ${width} px`, BOTH, async ({ page }) => {
    await page.setViewportSize(viewport);
    for (const id of ['print-the-stack--lambda-2016', 'sourceless-pyc--lambda-2016']) {
      // From elsewhere: within the page the way there is a scroll that takes its time.
      await page.goto('about:blank');
      await page.goto(`en/who-called-me/#${id}`);
      await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
      const top = (): Promise<number> =>
        page.locator(`#${id}`).evaluate((lab) => Math.round(lab.getBoundingClientRect().top));
      await expect.poll(top, id).toBeGreaterThanOrEqual(0);
      await expect.poll(top, id).toBeLessThanOrEqual(32);
    }
  });

  test(`the lab of an exercise takes the place that was kept for it, ${width} px`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const exercise = await hold(page, '**/exercises/*.json');
    await page.goto('en/when-it-fails/');
    const place = page.locator('.exercise-lab');
    const height = (): Promise<number> => place.evaluate((place) => place.getBoundingClientRect().height);
    await place.scrollIntoViewIfNeeded();
    await exercise.asked;
    const kept = await height();
    exercise.answer(asItIs);
    await expect(place.locator('.bench-time')).toBeVisible();
    expect(await height()).toBe(kept);
  });

  test(`the table of contents leads to the sections, ${width} px`, BOTH, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.goto('en/when-it-fails/');
    if (viewport === PHONE) await page.locator('summary').getByText('On this page').click();
    const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
    const headings = page.locator('.prose').getByRole('heading', { level: 2 });
    await expect(links).toHaveText(await headings.allInnerTexts());
    await links.last().click();
    await expect(headings.last()).toBeInViewport();
  });
}

for (const { name, width, letters } of [
  { name: 'a window of 280 px', width: 280, letters: 16 },
  { name: 'a telephone whose letters are twice as large', width: 390, letters: 32 },
])
  test(`nothing is wider than ${name}, and no lab’s head is cut off`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const driver = await page.context().newCDPSession(page);
    await driver.send('Page.setFontSizes', { fontSizes: { standard: letters, fixed: letters } });
    for (const address of PAGE_KINDS) {
      await page.goto(address);
      const [content, screen, cut] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const told = document.querySelectorAll<HTMLElement>(
          '.bench-title, .lab-status, .bench-life, .lab-origin',
        );
        const isCut = (part: HTMLElement): boolean =>
          part.checkVisibility() && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1;
        return [scrollWidth, clientWidth, [...told].filter(isCut).map(({ className }) => className)];
      });
      expect(content, `/${address}`).toBe(screen);
      expect(cut, `/${address}`).toEqual([]);
    }
  });

test('letters that a style makes twice as large leave each page its width, and words a line', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const address of PAGE_KINDS) {
    await page.goto(address);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    // A walk learns of it when the page is drawn.
    await expect
      .poll(
        () =>
          page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth - clientWidth;
          }),
        { message: `/${address}` },
      )
      .toBe(0);
    const heading = await page.getByRole('heading', { level: 1 }).first().boundingBox();
    expect(heading?.width ?? 0, `/${address}`).toBeGreaterThan(300);
  }
});

test('an article leads to its neighbours', async ({ page }) => {
  await page.goto('en/who-called-me/');
  const neighbours = page.getByRole('main').getByRole('navigation', { name: 'Articles' }).getByRole('link');
  await expect(neighbours).toHaveText(/^\s*Next\s*How long do your globals live\?\s*$/);
  await neighbours.click();
  await expect(page).toHaveURL(/\/en\/cold-and-warm\/$/);
  await neighbours.filter({ hasText: 'Previous' }).click();
  await expect(page).toHaveURL(/\/en\/who-called-me\/$/);
});

test('a page of a build that knows no origin names no versions, which have to be absolute', async ({
  page,
}) => {
  const versions = (): Promise<(string | null)[][]> =>
    page
      .locator('head link[rel="alternate"][hreflang]')
      .evaluateAll((links) =>
        links.map((link) => [link.getAttribute('hreflang'), link.getAttribute('href')]),
      );
  for (const address of ['ja/who-called-me/', 'ja/']) {
    await page.goto(address);
    expect(await versions()).toEqual([]);
    // Readers have the way to the other language all the same; `npm test -- reach` looks at a build that knows its origin.
    await expect(
      page.getByRole('navigation', { name: '言語' }).getByRole('link', { name: 'English' }),
    ).toHaveAttribute('href', `/${address.replace('ja', 'en')}`);
  }
});

test('whatever is not there is answered in both languages', async ({ page }) => {
  const response = await page.goto('en/no-such-article/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here');
  await page.getByRole('main').getByRole('link', { name: 'トップページへ' }).click();
  await expect(page).toHaveURL(/\/ja\/$/);
});

test.describe('the theme', () => {
  test.use({ colorScheme: 'light' });

  test('that was chosen is there before the page’s body is', BOTH, async ({ page }) => {
    await page.goto('en/');
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (document.querySelector('body') === null) return;
        observer.disconnect();
        Object.assign(globalThis, { themeAtFirst: document.documentElement.dataset.theme });
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto('ja/articles/');
    const theme = page.getByRole('combobox', { name: 'テーマ' });
    expect(await page.evaluate(() => (globalThis as { themeAtFirst?: string }).themeAtFirst)).toBe('dark');
    await expect(theme).toHaveValue('dark');
    await theme.selectOption('system');
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'light dark');
  });

  test('can be chosen where the browser lets nothing be stored', async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await page.goto('en/');
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
    expect(errors).toEqual([]);
  });
});

test('on paper there is the text, and no control', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 680, height: 960 });
  await page.goto('en/who-called-me/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Output' }).first()).toContainText('REPORT RequestId');
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  // The name of a file or an object is a button on the screen; on paper it is its name, and looks like nothing else.
  const controls = page.getByRole('button').and(page.locator(':not(.lab-storage-name)'));
  await expect(controls).toHaveCount(0);
  await expect(page.locator('button.lab-storage-name').first()).toHaveCSS('border-top-style', 'none');
  for (const role of ['combobox', 'navigation'] as const) await expect(page.getByRole(role)).toHaveCount(0);
});

/**
 * Holds every script that is a file, as a bad line does, on each page that is gone to: the scripts come when the
 * function that is given is called.
 */
async function holdScripts(page: Page): Promise<() => void> {
  let whole = Promise.withResolvers<null>();
  page.on('request', (request) => {
    if (request.isNavigationRequest()) whole = Promise.withResolvers<null>();
  });
  await page.route(/\/_astro\/.*\.js$/, async (route) => {
    await whole.promise;
    await route.continue();
  });
  return () => {
    whole.resolve(null);
  };
}

/**
 * Counts what moves on a page without a reader’s doing: from its beginning, or from when it is all there and painted.
 * A browser paints a page before it has read all of it, and a paragraph or a line of code goes on growing meanwhile.
 */
async function watchShifts(page: Page, fromItsBeginning = false): Promise<void> {
  await page.addInitScript((fromItsBeginning) => {
    const watch = (): void => {
      const shifts: string[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const shift = entry as PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
            sources: readonly { readonly node: Node | null }[];
          };
          const what = shift.sources.map(({ node }) =>
            node instanceof Element ? node.outerHTML.slice(0, 80) : 'text',
          );
          if (!shift.hadRecentInput) shifts.push(`${String(shift.value)}: ${what.join(', ')}`);
        }
      }).observe({ type: 'layout-shift' });
    };
    if (fromItsBeginning) watch();
    else
      document.addEventListener('readystatechange', () => {
        if (document.readyState !== 'interactive') return;
        requestAnimationFrame(() => requestAnimationFrame(watch));
      });
  }, fromItsBeginning);
}

/** In how many pieces a page comes: the last one is all that is left. */
const PIECES = 25;

interface SiteInPieces {
  readonly address: string;
  /** Lets the next piece of the page that is on its way go. */
  readonly sendNext: () => void;
  readonly close: () => Promise<void>;
}

/** The site on a line so slow that its pages are painted after each element that has come; a comment ends each piece. */
async function serveInPieces(site: string): Promise<SiteInPieces> {
  let rest: (() => void)[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', site);
    void fetch(new URL(pathname, site)).then(async (answer) => {
      const type = answer.headers.get('content-type') ?? '';
      response.writeHead(answer.status, { 'content-type': type });
      if (!type.startsWith('text/html')) {
        response.end(Buffer.from(await answer.arrayBuffer()));
        return;
      }
      const [head = '', ...parts] = (await answer.text()).split(
        /(?<=<\/(?:site-menu|header|nav|h[12]|p|ul|ol)>)(?!\s*<\/noscript>)/,
      );
      const pieces = [head, ...parts.slice(0, PIECES - 2), parts.slice(PIECES - 2).join('')];
      rest = pieces.map((piece, index) => () => {
        response.write(`${piece}<!--piece ${String(index)}-->`);
        if (index === pieces.length - 1) response.end();
      });
      response.flushHeaders();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}/`,
    sendNext: () => rest.shift()?.(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Places = JSHandle<Map<Element, string>>;

/** Where each part of a page is that can be seen, or could by scrolling. */
function placesOf(page: Page): Promise<Places> {
  return page.evaluateHandle(
    () =>
      new Map(
        Array.from(document.querySelectorAll('body *'))
          .filter((part) => part.checkVisibility({ visibilityProperty: true }))
          .map((part) => {
            const { left, top, width, height } = part.getBoundingClientRect();
            return [part, [left, top, width, height].map(Math.round).join()];
          }),
      ),
  );
}

/** The parts that are elsewhere by now; what a script has taken away or replaced is not one. */
async function movedOf(page: Page, before: Places): Promise<string[]> {
  const after = await placesOf(page);
  return page.evaluate(
    ([before, after]) =>
      [...before].flatMap(([part, place]) => {
        const now = after.get(part);
        return now === undefined || now === place
          ? []
          : [`${part.outerHTML.slice(0, 80)}: ${place} to ${now}`];
      }),
    [before, after] as const,
  );
}

/** The shifts so far, after two frames have been painted. */
function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            resolve((globalThis as unknown as { shifts: string[] }).shifts);
          }),
        );
      }),
  );
}
