/**
 * How quick is a trace? `npm run bench -- trace`: a lab opens traces of 100 to 100,000 events and jumps about in them, in
 * the browser and as readers would, with everything that is drawn; and a run is timed with and without a recorder.
 */
import type { Page } from '@playwright/test';
import { runInNode } from '../../src/integrations/node-environment.ts';
import { readPlatform } from '../../src/integrations/platforms.ts';
import { contentsToFiles } from '../../src/trace/file-content.ts';
import type { RecordedRun, TraceEvent } from '../../src/trace/format.ts';
import type { BenchOptions, BenchResult } from './bench-result.ts';
import { median } from './median.ts';
import { withSite } from './site.ts';

/** Milliseconds: of opening a trace from its JSON to the first drawn step, and of a jump to its drawn moment. */
interface TraceFigures {
  readonly curve: readonly { readonly events: number; readonly open: number; readonly jumps: Figures }[];
  /** What recording so many events adds to a run. */
  readonly recording: { readonly events: number; readonly adds: number };
}

interface Figures {
  readonly median: number;
  readonly worst: number;
}

const LAB = 'print-the-stack--lambda-2016';
const SIZES = [100, 1_000, 10_000, 100_000] as const;
/** The size that the limits are for. */
const MEASURED = 10_000;
const LIMITS = { open: 100, jump: 16, recording: 150 } as const;

/** Measures all of it on the article's first lab, with sixty jumps a size, or `rounds` jumps. */
export async function bench({ rounds = 60 }: BenchOptions): Promise<BenchResult> {
  const curve = await withSite(async (browser, address) => {
    const rows = [];
    for (const events of SIZES) {
      const page = await browser.newPage();
      rows.push({ events, ...(await measurePage(page, address, makeRun(events), rounds)) });
      await page.close();
    }
    return rows;
  });
  const figures = { curve, recording: { events: MEASURED, adds: await measureRecording() } };
  return { figures, passed: printTrace(figures) };
}

/** Prints the curve; false when a limit is not held. */
function printTrace({ curve, recording }: TraceFigures): boolean {
  console.log('\nevents      open ms   jump ms: median / worst');
  for (const { events, open, jumps } of curve) {
    const row = [open.toFixed(0).padStart(8), jumps.median.toFixed(1).padStart(8), jumps.worst.toFixed(1)];
    console.log(`${String(events).padEnd(8)} ${row[0] ?? ''}   ${row[1] ?? ''} / ${row[2] ?? ''}`);
  }
  console.log(`recording ${recording.events} events adds ${recording.adds.toFixed(0)} ms to a run`);
  const measured = curve.find(({ events }) => events === MEASURED);
  return (
    measured !== undefined &&
    measured.open < LIMITS.open &&
    measured.jumps.median < LIMITS.jump &&
    recording.adds < LIMITS.recording
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
