/**
 * How long does a page stand still when a code link is opened? `npm run bench -- link`: the longest frame from the link's coming
 * to the drawn difference, for a link of as many characters as one may have, and for those that unpack to the most.
 */
import type { Page } from '@playwright/test';
import { MAX_LINK, writeCodeLink } from '../../src/lab/link/code-link.ts';
import { MAX_LINES } from '../../src/lab/link/code-record.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { watchFrames } from './frames.ts';
import { median } from './median.ts';
import { withSite } from './site.ts';

const LAB = 'print-the-stack--lambda-2016';
const FILE = '/var/task/lambda_function.py';
const LIMIT = 100;

/** One link, and its longest frames. */
interface LinkFigure {
  readonly name: string;
  readonly characters: number;
  readonly unpacked: number;
  /** Milliseconds of each round; 0 where no frame took 50. */
  readonly frames: readonly number[];
}

/** Opens each link five times, or `rounds` times, each in a page that has been loaded anew. */
export async function bench({ rounds = 5 }: BenchOptions): Promise<BenchResult> {
  const texts = {
    'code, as long as a link may be': await longestCode(),
    'one line without end': 'x'.repeat(65_000),
    'as many lines as a text may have': 'pass\n'.repeat(MAX_LINES - 1),
  };
  const figures = await withSite(async (browser, address) => {
    const rows: LinkFigure[] = [];
    for (const [name, text] of Object.entries(texts)) {
      const link = await writeCodeLink({ at: LAB, files: { [FILE]: text } });
      const frames: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const page = await browser.newPage();
        frames.push(await measure(page, address, link));
        await page.close();
      }
      rows.push({ name, characters: link.length, unpacked: text.length, frames });
    }
    return rows;
  });
  console.log('\nlink                              characters  unpacked   longest frame ms: median / worst');
  for (const { name, characters, unpacked, frames } of figures)
    console.log(
      `${name.padEnd(34)} ${String(characters).padStart(9)} ${String(unpacked).padStart(9)}   ${median(frames).toFixed(0)} / ${Math.max(...frames).toFixed(0)}`,
    );
  return { figures, passed: figures.every(({ frames }) => median(frames) < LIMIT) };
}

async function measure(page: Page, address: string, link: string): Promise<number> {
  await page.goto(`${address}en/who-called-me/#${LAB}`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  // Its scripts and words are there, as they are for all but the first link.
  await page.evaluate((lab) => {
    location.hash = `#${lab}~`;
  }, LAB);
  await page.locator('.lab-link-fault').waitFor();
  // The page's own start, with its dozen labs, is another figure (`-- lighthouse`).
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const longest = await watchFrames(page);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  await page.locator(`#${LAB} .lab-difference ins`).first().waitFor({ state: 'attached' });
  return longest();
}

/** Functions one after the other, as many as a link of the greatest length carries. */
async function longestCode(): Promise<string> {
  let text = '';
  for (let at = 0; ; at += 1) {
    const value = Math.abs(Math.sin(at + 1))
      .toString(36)
      .slice(2, 12);
    const next = `${text}def ${value}(event, count=${String((at * 7919) % 997)}):\n    # ${value.split('').reverse().join('')}\n    return event["${value.slice(3)}"] * count\n\n\n`;
    const fits = await writeCodeLink({ at: LAB, files: { [FILE]: next } }).then(
      ({ length }) => length <= MAX_LINK,
      () => false,
    );
    if (!fits) return text;
    text = next;
  }
}
