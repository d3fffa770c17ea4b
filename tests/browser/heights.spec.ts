/**
 * How much of a window a lab takes, how much of an article its labs, and how soon the first begins: every lab of every
 * article, in both languages. Each page is loaded once and then made narrow.
 */
import { expect, test, type Page } from '@playwright/test';

/** The most that a lab may be high, in CSS pixels, by its place; a group and a pair count as one lab. */
interface Limits {
  readonly width: number;
  readonly height: number;
  readonly most: Readonly<Record<'first' | 'other' | 'pair' | 'walk', number>>;
  /** How much of an article its labs may be. */
  readonly share: number;
  /** How far below the top of the page the first lab may begin. */
  readonly begins: number;
}

const WINDOWS: readonly Limits[] = [
  {
    width: 1440,
    height: 900,
    most: { first: 640, other: 420, pair: 760, walk: 780 },
    share: 1 / 3,
    begins: 900,
  },
  {
    width: 390,
    height: 844,
    most: { first: 844, other: 844, pair: 844, walk: 384 },
    share: 1,
    begins: 1200,
  },
];

for (const language of ['en', 'ja'] as const) {
  test(`no lab is higher than its place allows, and the first begins soon (${language})`, async ({
    page,
  }) => {
    test.slow();
    await page.goto(`${language}/articles/`);
    const articles = await page.locator('main a[href]').evaluateAll((links, name) => {
      const paths = links.map((link) => new URL((link as HTMLAnchorElement).href).pathname);
      return [...new Set(paths.filter((address) => new RegExp(`/${name}/[a-z0-9-]+/$`).test(address)))];
    }, language);
    expect(articles.length).toBeGreaterThan(10);
    let labs = 0;
    for (const address of articles) {
      const [{ width, height }] = WINDOWS as [Limits, ...Limits[]];
      await page.setViewportSize({ width, height });
      await page.goto(address);
      await page.waitForFunction(
        () => document.querySelector(':is(lab-root, lab-pair, lab-group, lab-walk):not(:defined)') === null,
      );
      for (const limits of WINDOWS) {
        await page.setViewportSize({ width: limits.width, height: limits.height });
        const { boxes, article } = await measure(page);
        labs += boxes.length;
        const where = `${address} at ${String(limits.width)} px`;
        for (const box of boxes) {
          expect(box.height, `${where}: a lab of the kind “${box.kind}”`).toBeLessThanOrEqual(
            limits.most[box.kind],
          );
        }
        const sum = boxes.reduce((total, box) => total + box.height, 0);
        expect.soft(sum / article, `${where}: what its labs take of it`).toBeLessThanOrEqual(limits.share);
        const begins = Math.min(...boxes.map(({ top }) => top));
        expect.soft(begins, `${where}: where its first lab begins`).toBeLessThanOrEqual(limits.begins);
      }
    }
    expect(labs).toBeGreaterThan(30);
  });
}

interface Box {
  readonly kind: keyof Limits['most'];
  readonly top: number;
  readonly height: number;
}

/** The labs of an article as they are laid out now, and its own height. */
function measure(page: Page): Promise<{ readonly boxes: readonly Box[]; readonly article: number }> {
  return page.evaluate(() => ({
    article: document.querySelector('main')?.getBoundingClientRect().height ?? 0,
    boxes: [...document.querySelectorAll<HTMLElement>('lab-group, lab-root, lab-pair')]
      .filter((lab) => lab.parentElement?.closest('lab-group, lab-pair') === null)
      .map((lab, index): Box => {
        const { top, height } = lab.getBoundingClientRect();
        const own = lab.matches('lab-pair') ? 'pair' : index === 0 ? 'first' : 'other';
        return { kind: lab.closest('lab-walk') === null ? own : 'walk', top: top + window.scrollY, height };
      }),
  }));
}
