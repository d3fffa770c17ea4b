/** How much of a window a lab takes, and how much of an article its labs: every lab of every article, in both languages. */
import { expect, test } from '@playwright/test';

/** The most that a lab may be high, in CSS pixels, by its place; a group and a pair count as one lab. */
const WINDOWS = [
  { width: 1440, height: 900, most: { first: 640, other: 420, pair: 760, walk: 780 }, share: 0.4 },
  { width: 390, height: 844, most: { first: 844, other: 844, pair: 844, walk: 384 }, share: 1 },
] as const;

for (const { width, height, most, share } of WINDOWS) {
  for (const language of ['en', 'ja'] as const) {
    test(`no lab is higher than its place allows at ${String(width)} px (${language})`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height });
      await page.goto(`${language}/articles/`);
      const articles = await page.locator('main a[href]').evaluateAll((links, name) => {
        const paths = links.map((link) => new URL((link as HTMLAnchorElement).href).pathname);
        return [...new Set(paths.filter((path) => new RegExp(`/${name}/[a-z0-9-]+/$`).test(path)))];
      }, language);
      expect(articles.length).toBeGreaterThan(10);
      let labs = 0;
      for (const address of articles) {
        await page.goto(address);
        await page.waitForFunction(
          () => document.querySelector(':is(lab-root, lab-pair, lab-group, lab-walk):not(:defined)') === null,
        );
        const { boxes, article } = await page.evaluate(() => ({
          article: document.querySelector('main')?.getBoundingClientRect().height ?? 0,
          boxes: [...document.querySelectorAll<HTMLElement>('lab-group, lab-root, lab-pair')]
            .filter((lab) => lab.parentElement?.closest('lab-group, lab-pair') === null)
            .map((lab, index) => ({
              kind: lab.closest('lab-walk')
                ? 'walk'
                : lab.matches('lab-pair')
                  ? 'pair'
                  : index === 0
                    ? 'first'
                    : 'other',
              height: lab.getBoundingClientRect().height,
            })),
        }));
        labs += boxes.length;
        for (const box of boxes) {
          const limit = most[box.kind as keyof typeof most];
          expect(box.height, `${address}: a lab of the kind “${box.kind}”`).toBeLessThanOrEqual(limit);
        }
        const sum = boxes.reduce((total, box) => total + box.height, 0);
        expect(sum / article, `${address}: what its labs take of it`).toBeLessThanOrEqual(share);
      }
      expect(labs).toBeGreaterThan(15);
    });
  }
}
