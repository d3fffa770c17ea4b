/** Lighthouse, with its settings for a phone, on a page of each kind that others link to: for the check and for the bench. */
import { launch } from 'chrome-launcher';
import lighthouse, { type Result } from 'lighthouse';
import { embedPage, errorPage, momentPage, pagePath } from '../src/i18n/links.ts';
import { findBrowser } from './find-browser.ts';

/** What Lighthouse gives points for. */
export type Category = 'accessibility' | 'best-practices' | 'seo' | 'performance';

/** One page that is looked at. */
export interface LookedAt {
  readonly name: string;
  /** Below the base. */
  readonly path: string;
  /** False where the page is for no search, as it says itself. */
  readonly isListed: boolean;
}

/** A lab that is on the home page as well. */
const LAB = 'print-the-stack--lambda-today';

/** A page of each kind that others link to. */
export const PAGES: readonly LookedAt[] = [
  { name: 'home', path: pagePath('en', ''), isListed: true },
  { name: 'article', path: pagePath('en', 'who-called-me'), isListed: true },
  { name: 'error', path: pagePath('en', errorPage('import-module-error')), isListed: true },
  { name: 'moment', path: pagePath('en', momentPage(LAB, 'call-handler')), isListed: true },
  { name: 'embed', path: pagePath('en', embedPage(LAB)), isListed: false },
];

/** What came of a look: points from 0 to 100, and what they were lost for. */
export interface Look {
  readonly points: Readonly<Partial<Record<Category, number>>>;
  readonly faults: readonly string[];
  /** In milliseconds; 0 where performance was not looked at. */
  readonly blocking: number;
  readonly painted: number;
}

/** Looks at a page. */
export type LookAt = (address: string, categories: readonly Category[]) => Promise<Look>;

/** Starts Chromium, and ends it behind `use`. Throws RangeError when there is none. */
export async function withLighthouse<Value>(use: (lookAt: LookAt) => Promise<Value>): Promise<Value> {
  const found = findBrowser('chromium');
  if (found === null) throw new RangeError('Lighthouse needs Chromium: npm run install-browsers brings it.');
  const chrome = await launch({
    chromePath: found.path,
    chromeFlags: [...(found.launch.args ?? []), '--headless=new'],
    logLevel: 'silent',
  });
  try {
    return await use(async (address, categories) => {
      const result = await lighthouse(address, {
        port: chrome.port,
        logLevel: 'error',
        onlyCategories: [...categories],
        // It has two seconds for a file that a busy machine may serve later, and below a base path there is none.
        skipAudits: ['robots-txt'],
        disableFullPageScreenshot: true,
      });
      if (result === undefined) throw new Error(`Lighthouse said nothing of ${address}.`);
      return readLook(result.lhr, categories);
    });
  } finally {
    chrome.kill();
  }
}

function readLook({ categories, audits, runtimeError }: Result, wanted: readonly Category[]): Look {
  if (runtimeError !== undefined) throw new Error(runtimeError.message);
  const read = wanted.map((name) => {
    const { score = null, auditRefs = [] } = categories[name] ?? {};
    const lost = auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1);
    return { name, points: Math.round((score ?? 0) * 100), lost };
  });
  const faults = read
    .filter(({ name }) => name !== 'performance')
    .flatMap(({ name, lost }) => lost.map(({ id }) => `${name}: ${id}: ${audits[id]?.title ?? ''}`));
  return {
    points: Object.fromEntries(read.map(({ name, points }) => [name, points])),
    faults,
    blocking: audits['total-blocking-time']?.numericValue ?? 0,
    painted: audits['largest-contentful-paint']?.numericValue ?? 0,
  };
}
