/**
 * A stretch of an article that is read beside its lab: the sentence stays where the reader's eyes are, by pointer and by
 * keys, in a wide window and in a narrow one; and the links beside an article's headings.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { BOTH, bothIf } from './both.ts';
import { GLIDING } from './gliding.ts';

test.use(GLIDING);

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const LOW = { width: 640, height: 400 };
const LAB = 'count-the-calls--lambda-2016';
/** The stops of the walk in their order, each with a sentence. */
const STOPS = [
  'start',
  'told-what-to-run',
  'set-credentials',
  'import-module',
  'invocation-arrives',
  'decode-event',
  'call-handler',
  'encode-result',
  'end',
];

/** How far a sentence may be from where it should be, in pixels. */
const NEAR = 2;

class Walk {
  readonly page: Page;
  readonly bench: Locator;
  readonly words: Locator;
  readonly next: Locator;
  readonly previous: Locator;
  readonly moment: Locator;
  readonly open: Locator;
  readonly current: Locator;

  constructor(page: Page) {
    this.page = page;
    const walk = page.locator('lab-walk');
    // The platform that the walk is of; the group has others, hidden.
    this.bench = walk.locator(`[id="${LAB}"]`);
    this.words = walk.locator('.walk-words');
    this.next = this.bench.getByRole('button', { name: 'Next step', exact: true });
    this.previous = this.bench.getByRole('button', { name: 'Previous step', exact: true });
    this.moment = this.bench.getByRole('combobox', { name: 'Moment', exact: true });
    this.open = walk.locator('.walk-open');
    this.current = this.words.locator('a[aria-current="step"]');
  }

  sentence(stop: string): Locator {
    return this.words.locator(`lab-step[data-stop="${stop}"] a`);
  }

  /** A press of the pointer where a part is. Playwright's own click scrolls in Firefox, even to what can be seen. */
  async press(part: Locator): Promise<void> {
    // A sentence that wraps has a box for each of its lines.
    const [x, y] = await part.evaluate((element) => {
      const { left, top, width, height } = element.getClientRects()[0] ?? new DOMRect();
      return [left + width / 2, top + height / 2] as const;
    });
    await this.page.mouse.click(x, y);
  }

  /** Where a sentence begins, from the window's top; waits until the page is at rest. */
  async topOf(stop: string): Promise<number> {
    await this.rest();
    return this.sentence(stop).evaluate((link) => link.getClientRects()[0]?.top ?? 0);
  }

  /** A sentence comes to rest so far below the window's top. */
  async isNear(stop: string, height: number): Promise<void> {
    // On a busy machine a glide may begin later than some frames that are still.
    await expect
      .poll(async () => Math.abs((await this.topOf(stop)) - height), { message: stop })
      .toBeLessThanOrEqual(NEAR);
  }

  /** Waits until nothing has scrolled for so many frames. */
  async rest(frames = 12): Promise<void> {
    await this.page.evaluate(
      (frames) =>
        new Promise<void>((resolve) => {
          let last = scrollY;
          let still = 0;
          const look = (): void => {
            still = scrollY === last ? still + 1 : 0;
            last = scrollY;
            if (still > frames) resolve();
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      frames,
    );
  }

  /** Scrolls so that a sentence begins so far below the window's top. */
  async scrollTo(stop: string, top: number): Promise<void> {
    await this.sentence(stop).evaluate((link, top) => {
      scrollBy({ top: (link.getClientRects()[0]?.top ?? 0) - top, behavior: 'instant' });
    }, top);
    await this.rest();
  }

  /** The lab stands at a stop, and its sentence says so. */
  async isAt(stop: string): Promise<void> {
    await expect(this.moment).toHaveValue(stop);
    await expect(this.current).toHaveCount(1);
    await expect(this.sentence(stop)).toHaveAttribute('aria-current', 'step');
    await expect(this.page).toHaveURL(new RegExp(`#${LAB}/${stop}$`));
  }
}

async function openWalk(page: Page, size: { width: number; height: number }, hash = ''): Promise<Walk> {
  await page.setViewportSize(size);
  await page.goto(`en/inside-the-bootstrap/${hash}`);
  await page.waitForFunction(() => customElements.get('lab-walk') !== undefined);
  return new Walk(page);
}

for (const [size, height] of [
  [WIDE, 400],
  [PHONE, 560],
] as const) {
  const width = String(size.width);

  test(
    `a sentence that is pressed stays where it is, ${width} px`,
    bothIf(size === PHONE),
    async ({ page }) => {
      const walk = await openWalk(page, size);
      const entries = await page.evaluate(() => history.length);
      for (const stop of STOPS) {
        await walk.scrollTo(stop, height);
        await walk.press(walk.sentence(stop));
        await walk.isAt(stop);
        await walk.isNear(stop, height);
        await expect(walk.next).toBeInViewport({ ratio: 1 });
      }
      expect(await page.evaluate(() => history.length), 'the reader has gone nowhere').toBe(entries);
    },
  );

  test(
    `Next and Previous bring the sentence to the eyes, ${width} px`,
    bothIf(size === PHONE),
    async ({ page }) => {
      const walk = await openWalk(page, size);
      await walk.scrollTo('start', height);
      await walk.press(walk.next);
      for (const stop of STOPS.slice(1)) {
        await walk.press(walk.next);
        await walk.isAt(stop);
        await walk.isNear(stop, height);
      }
      for (const stop of STOPS.slice(4, -1).reverse()) {
        await walk.press(walk.previous);
        await walk.isAt(stop);
        await walk.isNear(stop, height);
      }
    },
  );

  test(
    `all of it by keys alone, and what has the focus is never covered, ${width} px`,
    BOTH,
    async ({ page }) => {
      const walk = await openWalk(page, size);
      await walk.scrollTo('start', height);
      await walk.sentence('start').focus();
      await page.keyboard.press('Enter');
      await walk.isAt('start');
      await walk.isNear('start', height);
      await expect(walk.sentence('start')).toBeFocused();
      await walk.next.focus();
      await page.keyboard.press('Enter');
      await walk.isAt('told-what-to-run');
      await walk.isNear('told-what-to-run', height);
      await expect(walk.next).toBeFocused();
      // Backwards through the words, against the edge at which the lab sticks.
      await walk.sentence('invocation-arrives').focus();
      for (let stop = 0; stop < 12; stop += 1) {
        await page.keyboard.press('Shift+Tab');
        await walk.rest();
        const message = await page.evaluate(() => document.activeElement?.outerHTML ?? '');
        await expect.poll(() => isCovered(page), { message }).toBe(false);
      }
    },
  );

  test(`quick presses of Next end at the height of the first, ${width} px`, async ({ page }) => {
    const walk = await openWalk(page, size);
    await walk.scrollTo('start', height);
    await walk.press(walk.sentence('start'));
    await walk.isAt('start');
    for (let press = 0; press < 4; press += 1) await walk.next.dispatchEvent('click');
    await walk.isAt('invocation-arrives');
    await walk.isNear('invocation-arrives', height);
  });

  test(`scrolling moves no lab, unless the reader asks for it, ${width} px`, BOTH, async ({ page }) => {
    const walk = await openWalk(page, size);
    await walk.scrollTo('start', height);
    await walk.press(walk.sentence('start'));
    await walk.isAt('start');
    await walk.scrollTo('import-module', height);
    await walk.isAt('start');
    if (size === PHONE) await walk.press(walk.open);
    await page.getByRole('checkbox', { name: 'Follow while I read' }).check();
    if (size === PHONE) await page.keyboard.press('Escape');
    // Just above the reading line.
    const line = await walk.words.evaluate(() => {
      const bench = document.querySelector<HTMLElement>('.walk-bench');
      const top = innerWidth < 1200 ? (bench?.offsetHeight ?? 0) : 0;
      return top + (innerHeight - top) / 3;
    });
    for (const stop of ['set-credentials', 'invocation-arrives', 'told-what-to-run']) {
      await walk.scrollTo(stop, line - 20);
      await walk.isAt(stop);
      await walk.isNear(stop, line - 20);
    }
  });

  test(
    `an address of a moment leads to its sentence, ${width} px`,
    bothIf(size === PHONE),
    async ({ page }) => {
      const walk = await openWalk(page, size, `#${LAB}/call-handler`);
      await walk.isAt('call-handler');
      await walk.rest();
      await expect(walk.sentence('call-handler')).toBeInViewport();
      await expect(walk.next).toBeInViewport({ ratio: 1 });
      await expect.poll(() => isCovered(page, walk.sentence('call-handler'))).toBe(false);
    },
  );
}

test('in a wide window the lab is at the right and whole', BOTH, async ({ page }) => {
  for (const size of [WIDE, { width: 1280, height: 720 }]) {
    const walk = await openWalk(page, size);
    await walk.scrollTo('import-module', 300);
    const [bench, words] = [await boxOf(walk.bench), await boxOf(walk.words)];
    expect(bench.x).toBeGreaterThan(words.x + words.width);
    expect(bench.height).toBeLessThanOrEqual(0.87 * size.height);
    expect(bench.y).toBeGreaterThanOrEqual(0);
    expect(bench.y + bench.height).toBeLessThanOrEqual(size.height);
    await expect(walk.open).toBeHidden();
    await walk.press(walk.sentence('import-module'));
    await walk.isAt('import-module');
    for (const name of ['Run', 'Share', 'Step into', 'Leave'])
      await expect(walk.bench.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
});

test('in a narrow window it keeps to half of it, and opens whole', BOTH, async ({ page }) => {
  for (const size of [PHONE, { width: 320, height: 568 }, { width: 1024, height: 768 }]) {
    const walk = await openWalk(page, size);
    await walk.scrollTo('import-module', size.height - 100);
    await walk.press(walk.sentence('import-module'));
    await walk.isAt('import-module');
    const bench = await boxOf(page.locator('.walk-bench'));
    expect(bench.y).toBe(0);
    expect(bench.height).toBeLessThanOrEqual(Math.min(size.height / 2, 384));
    await expect(walk.bench.locator('.is-marked')).toBeInViewport();
    const run = walk.bench.getByRole('button', { name: 'Run', exact: true });
    await expect(run).toBeHidden();
    const before = await walk.topOf('import-module');

    await walk.press(walk.open);
    await expect(walk.open).toHaveAccessibleName('Back to the text');
    await expect(walk.open).toHaveAttribute('aria-expanded', 'true');
    await expect(run).toBeInViewport();
    await expect(walk.open).toBeInViewport({ ratio: 1 });
    const whole = await boxOf(page.locator('.walk-bench'));
    expect([whole.x, whole.y, whole.height]).toEqual([0, 0, size.height]);
    // Where there is a scrollbar its room is kept.
    expect(size.width - whole.width).toBeLessThan(20);
    await page.keyboard.press('Escape');
    await expect(run).toBeHidden();
    await expect(walk.open).toBeFocused();
    await expect(walk.open).toHaveAccessibleName('Open the lab');
    await walk.isNear('import-module', before);
    // The focus that goes back to the words finds them.
    await walk.press(walk.open);
    await walk.sentence('import-module').focus();
    await expect(run).toBeHidden();
  }
});

test('in a low window nothing sticks, and a sentence leads to the lab', BOTH, async ({ page }) => {
  const walk = await openWalk(page, LOW);
  await walk.scrollTo('import-module', 200);
  await expect(walk.bench).not.toBeInViewport();
  await expect(page.locator('.walk-foot')).toBeHidden();
  await walk.press(walk.sentence('import-module'));
  await walk.isAt('import-module');
  await expect(walk.bench).toBeInViewport();
  // A page that is still on its way goes on after Back.
  await walk.rest(60);
  await page.evaluate(() => {
    history.back();
  });
  await expect(walk.sentence('import-module')).toBeInViewport();
});

test.describe('under reduced motion', () => {
  test.use({ reducedMotion: 'reduce' });

  // Firefox cannot be told here that a reader wants less motion.
  test('the page is there at once, and follows nobody', async ({ page }) => {
    const walk = await openWalk(page, WIDE);
    await expect(page.getByRole('checkbox', { name: 'Follow while I read' })).toBeHidden();
    await walk.scrollTo('start', 400);
    await walk.press(walk.sentence('start'));
    await walk.isAt('start');
    // In the very task in which the lab says that it has moved.
    const top = page.evaluate(
      () =>
        new Promise<number | undefined>((resolve) => {
          addEventListener(
            'lab-moment',
            () => {
              const link = document.querySelector('lab-step[data-stop="told-what-to-run"] a');
              resolve(link?.getClientRects()[0]?.top);
            },
            { once: true },
          );
        }),
    );
    await walk.press(walk.next);
    expect(Math.abs(((await top) ?? 0) - 400)).toBeLessThanOrEqual(NEAR);
  });
});

test('without scripts and on paper a walk is a lab, and words after it', async ({
  page,
  browser,
  baseURL,
}) => {
  const isFlow = async (of: Page): Promise<void> => {
    await expect(of.locator('.walk-bench')).toHaveCSS('position', 'static');
    await expect(of.locator('.walk-foot')).toBeHidden();
    const [bench, words] = [await boxOf(of.locator('.walk-bench')), await boxOf(of.locator('.walk-words'))];
    expect(words.y).toBeGreaterThanOrEqual(bench.y + bench.height);
  };
  await page.emulateMedia({ media: 'print' });
  await openWalk(page, WIDE);
  await isFlow(page);
  for (const viewport of [WIDE, PHONE]) {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport });
    const quiet = await context.newPage();
    await quiet.goto(new URL('en/inside-the-bootstrap/', baseURL).href);
    await isFlow(quiet);
    await quiet.locator('lab-step[data-stop="call-handler"] a').click();
    await expect(quiet.locator(`[id="${LAB}/call-handler"]`)).toBeInViewport();
    await context.close();
  }
});

test('a link beside each heading copies its address', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const [address, heading, name, said] of [
    ['en/who-called-me/', 'Ask the stack', 'Copy the address of Ask the stack', 'Copied'],
    [
      'ja/who-called-me/',
      'スタックに聞いてみる',
      '見出しの URL をコピー： スタックに聞いてみる',
      'コピーしました',
    ],
  ] as const) {
    await page.goto(address);
    await page.waitForFunction(() => customElements.get('copied-status') !== undefined);
    const title = page.getByRole('heading', { name: heading, exact: true });
    const link = page.getByRole('link', { name, exact: true });
    await expect(link).toHaveCSS('opacity', '0');
    await title.hover();
    await expect(link).toHaveCSS('opacity', '1');
    await link.focus();
    await new Walk(page).rest();
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    await expect(page.locator('copied-status')).toHaveText(said);
    await new Walk(page).rest();
    const id = (await title.getAttribute('id')) ?? '';
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const url = new URL(page.url());
    url.hash = id;
    expect(copied).toBe(url.href);
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await page.keyboard.press('Tab');
    await expect(page.locator('copied-status')).toBeEmpty();
  }
  // Every heading of the text has one.
  const headings = page.locator('.prose :is(h2, h3):not(lab-root *, lab-pair *)');
  expect(await headings.count()).toBeGreaterThan(5);
  await expect(page.locator('.prose .heading-link')).toHaveCount(await headings.count());
});

test('a heading’s link leads to the section where nothing may be copied', BOTH, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.goto('en/who-called-me/');
  await page.waitForFunction(() => customElements.get('copied-status') !== undefined);
  await page.getByRole('link', { name: 'Copy the address of Run it a second time', exact: true }).click();
  await expect(page).toHaveURL(/#run-it-a-second-time$/);
  await expect(page.getByRole('heading', { name: 'Run it a second time', exact: true })).toBeInViewport();
});

async function boxOf(part: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('It has no box.');
  return box;
}

/** Whether the beginning of what has the focus, or of a part, lies under something else or out of the window. */
async function isCovered(page: Page, part?: Locator): Promise<boolean> {
  return (part ?? page.locator(':focus')).evaluate((element) => {
    const [box] = element.getClientRects();
    if (box === undefined) return true;
    const top = document.elementFromPoint(box.left + 2, box.top + Math.min(8, box.height / 2));
    return top === null || !(element.contains(top) || top.contains(element));
  });
}
