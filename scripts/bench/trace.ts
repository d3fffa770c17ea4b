/**
 * How quick is a trace? `npm run bench -- trace`: a lab opens traces of 100 to 100,000 events and jumps about in them, in
 * the browser and as readers would, with everything that is drawn; runs throw at it what no honest one does; and a run is
 * timed with and without a recorder.
 */
import type { Browser, Page } from '@playwright/test';
import { runInNode } from '../../src/integrations/node-environment.ts';
import { readPlatform } from '../../src/integrations/platforms.ts';
import { contentsToFiles } from '../../src/trace/file-content.ts';
import type { RecordedRun, TraceEvent } from '../../src/trace/format.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { median } from './median.ts';
import { watchFrames } from './frames.ts';
import { openLab } from './lab.ts';
import { withSite } from './site.ts';
import { prepareToThrow, THROWN, throwNext, type ThrownName } from './thrown.ts';

/** Milliseconds: of opening a trace from its JSON to the first drawn step, and of a jump to its drawn moment. */
interface TraceFigures {
  readonly curve: readonly { readonly events: number; readonly open: number; readonly jumps: Figures }[];
  /** What recording so many events adds to a run. */
  readonly recording: { readonly events: number; readonly adds: number };
  /** The longest frame of the page while a run throws that much at it, and until it is all drawn. */
  readonly thrown: readonly { readonly name: ThrownName; readonly frame: number }[];
  /** The longest frame of stepping through `MEASURED` events, and of typing beside them. */
  readonly stepping: number;
  readonly typing: number;
}

interface Figures {
  readonly median: number;
  readonly worst: number;
}

const LAB = 'print-the-stack--lambda-2016';
const SIZES = [100, 1_000, 10_000, 100_000] as const;
/** The size that the limits are for. */
const MEASURED = 10_000;
const LIMITS = { open: 100, jump: 16, recording: 150, thrown: 100, stepping: 50 } as const;

/** Measures all of it on the article's first lab, with sixty jumps a size, or `rounds` jumps. */
export async function bench({ rounds = 60 }: BenchOptions): Promise<BenchResult> {
  const { curve, thrown, handling } = await withSite(async (browser, address) => {
    const rows = [];
    for (const events of SIZES) {
      const page = await browser.newPage();
      rows.push({ events, ...(await measurePage(page, address, makeRun(events), rounds)) });
      await page.close();
    }
    const page = await browser.newPage();
    const thrown = await measureThrown(page, address);
    await page.close();
    return { curve: rows, thrown, handling: await measureHandling(browser, address) };
  });
  const recording = { events: MEASURED, adds: await measureRecording() };
  const figures = { curve, recording, thrown, ...handling };
  return { figures, passed: printTrace(figures) };
}

/** Prints the curve; false when a limit is not held. */
function printTrace({ curve, recording, thrown, stepping, typing }: TraceFigures): boolean {
  console.log('\nevents      open ms   jump ms: median / worst');
  for (const { events, open, jumps } of curve) {
    const row = [open.toFixed(0).padStart(8), jumps.median.toFixed(1).padStart(8), jumps.worst.toFixed(1)];
    console.log(`${String(events).padEnd(8)} ${row[0] ?? ''}   ${row[1] ?? ''} / ${row[2] ?? ''}`);
  }
  console.log(`recording ${recording.events} events adds ${recording.adds.toFixed(0)} ms to a run`);
  for (const { name, frame } of thrown)
    console.log(`${name.padEnd(32)} longest frame ${frame.toFixed(0)} ms`);
  console.log(
    `stepping, typing: longest frames ${stepping.toFixed(0)}, ${typing.toFixed(0)} ms (0: none took 50)`,
  );
  const measured = curve.find(({ events }) => events === MEASURED);
  return (
    measured !== undefined &&
    measured.open < LIMITS.open &&
    measured.jumps.median < LIMITS.jump &&
    recording.adds < LIMITS.recording &&
    thrown.every(({ frame }) => frame < LIMITS.thrown) &&
    Math.max(stepping, typing) < LIMITS.stepping
  );
}

async function measurePage(
  page: Page,
  address: string,
  run: RecordedRun,
  rounds: number,
): Promise<{ open: number; jumps: Figures }> {
  await page.route('**/traces/*.json', (route) => route.fulfill({ json: run }));
  await page.goto(`${address}en/who-called-me/`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  const times = await page.evaluate(openAndJump, { lab: LAB, jumps: rounds, steps: countSteps(run) });
  return { open: times.open, jumps: { median: median(times.jumps), worst: Math.max(...times.jumps) } };
}

/** Runs the article's own example, and throws at the page meanwhile; the run before it has made all that is made once. */
async function measureThrown(page: Page, address: string): Promise<TraceFigures['thrown']> {
  await prepareToThrow(page);
  await openLab(page, `${address}en/who-called-me/`, null);
  await runOnce(page);
  const rows = [];
  for (const name of Object.keys(THROWN) as ThrownName[]) {
    // What else the machine does only adds: the best of three rounds is the page's own.
    let frame = Infinity;
    for (let round = 0; round < 3; round += 1) {
      await throwNext(page, name);
      const longest = await watchFrames(page);
      await runOnce(page);
      frame = Math.min(frame, await longest());
      await throwNext(page, null);
      // The next run has to work, and takes away what this one has left.
      await page.evaluate(() => document.querySelector<HTMLElement>('lab-root .lab-reset')?.click());
      await runOnce(page);
    }
    rows.push({ name, frame });
  }
  return rows;
}

/** Runs the first lab, and waits until it says how the run ended. */
async function runOnce(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const lab = document.querySelector('lab-root');
        const run = lab?.querySelector<HTMLElement>('.lab-run');
        if (!lab || !run) {
          reject(new Error('The page has no lab to run.'));
          return;
        }
        run.click();
        const observer = new MutationObserver(() => {
          if (run.getAttribute('aria-disabled') === 'true') return;
          observer.disconnect();
          resolve();
        });
        observer.observe(run, { attributes: true, attributeFilter: ['aria-disabled'] });
      }),
  );
}

/** Steps through a trace of the measured size and types beside it, as fast as keys repeat. */
async function measureHandling(
  browser: Browser,
  address: string,
): Promise<Pick<TraceFigures, 'stepping' | 'typing'>> {
  const page = await browser.newPage();
  const run = makeRun(MEASURED);
  await page.route('**/traces/*.json', (route) => route.fulfill({ json: run }));
  await page.goto(`${address}en/who-called-me/`);
  await page.waitForFunction(() => customElements.get('lab-root') !== undefined);
  await page.evaluate(openAndJump, { lab: LAB, jumps: 1, steps: countSteps(run) });
  let longest = await watchFrames(page);
  const into = page.locator(`#${LAB} button[value="into"]`);
  for (let step = 0; step < 40; step += 1)
    await into.evaluate((button: HTMLElement) => {
      button.click();
    });
  const stepping = await longest();
  await page.locator(`#${LAB} .time-leave`).evaluate((button: HTMLElement) => {
    button.click();
  });
  await page.locator(`#${LAB} lab-editable pre`).first().click();
  await page.locator(`#${LAB} .lab-editor`).first().waitFor();
  longest = await watchFrames(page);
  await page.keyboard.type('    # typed while a trace of ten thousand events is open\n');
  const typing = await longest();
  await page.close();
  return { stepping, typing };
}

/** Runs in the page. What is timed ends when the browser has laid out what it was told to draw. */
async function openAndJump({ lab, jumps, steps }: { lab: string; jumps: number; steps: number }): Promise<{
  open: number;
  jumps: number[];
}> {
  const root = document.getElementById(lab);
  const slider = root?.querySelector<HTMLInputElement>('input[type="range"]');
  const next = root?.querySelector<HTMLButtonElement>('button[value="next"]');
  if (!root || !slider || !next) throw new Error(`The page has no lab ${lab} to step through.`);
  const changed = (): Promise<number> =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        // Reading a size makes the browser lay it out now.
        if (root.offsetHeight > 0) resolve(performance.now());
      });
      observer.observe(slider, { attributes: true, attributeFilter: ['aria-valuetext'] });
    });
  const opened = changed();
  next.click();
  const drawn = await opened;
  const arrival = performance.getEntriesByType('resource').find(({ name }) => name.includes('/traces/'));
  if (!(arrival instanceof PerformanceResourceTiming)) throw new Error('The lab fetched no trace.');
  const open = drawn - arrival.responseEnd;
  const times: number[] = [];
  for (let turn = 1; turn <= jumps; turn += 1) {
    // The file of the first step has to be there: its coming is the network's time.
    await new Promise(requestAnimationFrame);
    const drawn = changed();
    const begun = performance.now();
    slider.value = String(1 + ((turn * 7919) % steps));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    times.push((await drawn) - begun);
  }
  return { open, jumps: times };
}

/** A run as a loop in a handler would leave it: calls of a few lines each, with locals that change and some output. */
function makeRun(count: number): RecordedRun {
  const runtime = '/var/runtime/awslambda/bootstrap.py';
  const task = '/var/task/lambda_function.py';
  const events: TraceEvent[] = [
    {
      kind: 'call',
      frame: 1,
      caller: null,
      source: runtime,
      line: 1,
      name: '<module>',
      owner: 'runtime',
      locals: {},
    },
    { kind: 'line', frame: 1, line: 458 },
    {
      kind: 'call',
      frame: 2,
      caller: 1,
      source: runtime,
      line: 423,
      name: 'main',
      owner: 'runtime',
      locals: {},
    },
    { kind: 'line', frame: 2, line: 454, changed: { invokeid: "'41840000'", event_body: "'{}'" } },
  ];
  const names = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`name_${index}`, `'value ${index}'`]),
  );
  for (let frame = 3; events.length < count; frame += 1) {
    const source = frame % 4 === 0 ? runtime : task;
    const owner = source === task ? 'handler' : 'runtime';
    events.push(
      {
        kind: 'call',
        frame,
        caller: 2,
        source,
        line: 3,
        name: 'work',
        owner,
        locals: { ...names, turn: String(frame) },
      },
      { kind: 'line', frame, line: 325 },
      { kind: 'line', frame, line: 4, changed: { total: String(frame * 2) } },
      { kind: 'output', stream: 'stdout', text: `turn ${frame}\n` },
      { kind: 'line', frame, line: 326, changed: { name_3: `'${frame}'` } },
      { kind: 'return', frame, value: 'None' },
    );
  }
  return {
    beginning: {
      format: 'trace/1',
      platform: 'lambda-2016',
      python: '',
      cold: true,
      request: '',
      event: '{}',
    },
    events: events.slice(0, count),
    outcome: { status: 'returned', payload: 'null' },
  };
}

function countSteps({ events }: RecordedRun): number {
  return events.filter(({ kind }) => kind === 'call' || kind === 'line' || kind === 'return').length;
}

/** What the recorder adds to a handler of so many lines: the handler's own time, once recorded and once not. */
async function measureRecording(): Promise<number> {
  const { description, files } = await readPlatform('lambda-2016');
  const source =
    'import time\n\ndef lambda_handler(event, context):\n    begun = time.perf_counter()\n' +
    `    for turn in range(${MEASURED / 2}):\n        last = turn\n    print((time.perf_counter() - begun) * 1000)\n`;
  const time = async (events: number): Promise<number> => {
    const [record] = await runInNode(
      {
        platform: description,
        image: contentsToFiles(files),
        task: { '/var/task/lambda_function.py': source },
        setup: {
          handler: 'lambda_function.lambda_handler',
          suppressInit: false,
          timeout: 60_000,
          variables: description.variables,
        },
        objects: {},
      },
      ['{}', '{}', '{}'],
      { limits: { events, output: 65_536 }, deadline: 120_000, waiting: 'suspended', world: 'real' },
    );
    const printed = record?.runs.map(({ events: all }) =>
      all.flatMap((event) =>
        event.kind === 'output' && event.stream === 'stdout' ? [Number(event.text)] : [],
      ),
    );
    // The first run also warms the interpreter up.
    const figures = (printed ?? []).flat().filter((figure) => figure > 0);
    return Math.min(...figures);
  };
  return (await time(40_000)) - (await time(0));
}
