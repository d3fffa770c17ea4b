/** One visit: the page is opened, Run is clicked, and the first output comes; what it took, and what Python booted from. */
import type { BrowserContext, Page } from '@playwright/test';
import { openLab } from './lab.ts';
import type { BenchServer } from './server.ts';

/** What is visited. */
export type Subject = 'site' | 'bare';

/** What a visit found. */
export interface Visit {
  /** Milliseconds from the click to the first output, by the page's own clock. */
  readonly milliseconds: number;
  /** Bytes on the line from the click to the first output, and all that followed it. */
  readonly before: Bytes;
  readonly after: Bytes;
  /** Whether this site's Python booted without its image. */
  readonly isPlain: boolean;
}

/** Python's standard library is counted apart: it may follow. */
interface Bytes {
  readonly library: number;
  readonly others: number;
}

/** Milliseconds that a pointer lies on Run before it is clicked. */
const INTENT = 400;

/** Far longer than a boot takes, on a busy machine too. */
const PATIENCE = 60_000;

/** What stands for a visit on which no output came. */
export const FAILED_VISIT: Visit = {
  milliseconds: Number.NaN,
  before: { library: Number.NaN, others: Number.NaN },
  after: { library: Number.NaN, others: Number.NaN },
  isPlain: false,
};

/** An expression that tells the two boots apart. Without an import of Pyodide's, for which a run would wait. */
export const IS_PLAIN = 'not hasattr(sys.modules["pyodide_js"]._api.config, "_loadSnapshot")';

/** The article's own handler, with a line at its end that tells how its Python has booted. */
export const HANDLER = `import sys, traceback

def lambda_handler(event, context):
    traceback.print_stack()
    print("booted plainly:", ${IS_PLAIN})
`;

/** The address of the page whose lab is run. */
export function articleOf(server: BenchServer): string {
  return `${server.address}en/who-called-me/`;
}

/** Opens a page of the context, runs and closes it when nothing more comes over the line. */
export async function visit(
  context: BrowserContext,
  server: BenchServer,
  subject: Subject,
  meant: boolean,
): Promise<Visit> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  if (subject === 'site') await openLab(page, articleOf(server), HANDLER);
  else await page.goto(`${server.address}bare/`);
  await server.line.quiet();
  server.line.forget();
  const milliseconds = await timeRun(page, subject, meant);
  const before = weigh(server);
  const isPlain = subject === 'site' && (await bootedPlainly(page));
  await server.line.quiet();
  const all = weigh(server);
  const after = { library: all.library - before.library, others: all.others - before.others };
  await page.close();
  return { milliseconds, before, after, isPlain };
}

/**
 * Clicks Run from inside the page, so that no pointer and no focus comes before: everything is made at the click. When
 * it is `meant`, a real pointer comes to lie on Run a moment earlier.
 */
export async function timeRun(page: Page, subject: Subject, meant: boolean): Promise<number> {
  const run = subject === 'site' ? 'lab-root .lab-run' : 'button';
  const button = page.locator(run).first();
  await button.waitFor();
  if (meant) await button.scrollIntoViewIfNeeded();
  const place = await button.boundingBox();
  const timing = await page.evaluateHandle(clickAndTime, {
    run,
    intent: meant ? INTENT : null,
    patience: PATIENCE,
  });
  if (meant && place !== null)
    await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2, { steps: 2 });
  return timing.evaluate(({ time }) => time);
}

/** What is clicked, how long after the pointer has come, and how long an output may take: milliseconds. */
interface Timing {
  readonly run: string;
  readonly intent: number | null;
  readonly patience: number;
}

/** Runs in the page. The time is in an object, or the driver would wait for it before the pointer moves. */
function clickAndTime({ run, intent, patience }: Timing): { time: Promise<number> } {
  const button = document.querySelector<HTMLElement>(run);
  if (button === null) throw new Error('The page has nothing to click on.');
  const lab = button.closest('lab-root');
  const time = new Promise<number>((resolve, reject) => {
    let clicked = 0;
    setTimeout(() => {
      reject(new Error('No output has come.'));
    }, patience);
    const observer = new MutationObserver(() => {
      const log = document.querySelector('lab-output pre') ?? document.querySelector('pre');
      const live = lab?.querySelector('.lab-origin')?.textContent.startsWith('your run') ?? true;
      const comes = live && log?.textContent.includes('in lambda_handler') === true;
      if (comes) resolve(performance.now() - clicked);
      else if (lab?.querySelector('.lab-retry:not([hidden])'))
        reject(new Error(lab.querySelector('[role="status"]')?.textContent));
      else return;
      observer.disconnect();
    });
    const click = (): void => {
      observer.observe(document.body, {
        attributes: true,
        childList: true,
        characterData: true,
        subtree: true,
      });
      clicked = performance.now();
      button.click();
    };
    if (intent === null) setTimeout(click);
    else button.addEventListener('pointerenter', () => setTimeout(click, intent), { once: true });
  });
  return { time };
}

/** Waits for the end of the run and reads what the handler has printed last. */
async function bootedPlainly(page: Page): Promise<boolean> {
  return (await readPrinted(page, 'booted plainly')) === 'True';
}

/** What the first lab's run has printed behind a name and a colon, once it has ended. */
export async function readPrinted(page: Page, name: string): Promise<string> {
  const lab = page.locator('lab-root').first();
  await lab
    .getByRole('status')
    .filter({ hasText: /^Finished/ })
    .waitFor({ timeout: PATIENCE });
  const log = (await lab.locator('lab-output pre').first().textContent()) ?? '';
  const printed = new RegExp(`^${name}: (.*)$`, 'm').exec(log)?.[1];
  if (printed === undefined) throw new Error(`The handler has not printed “${name}”.`);
  return printed;
}

function weigh({ line }: BenchServer): Bytes {
  let library = 0;
  let others = 0;
  for (const [name, bytes] of line.sent()) {
    if (name.includes('python_stdlib')) library += bytes;
    else others += bytes;
  }
  return { library, others };
}
