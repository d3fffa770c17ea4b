/** What «How much time is left?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { eventsToLog, type RecordedRun } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { recordedRuns, tellOf, type Told } from './example-runs.ts';

const TODAY = 'lambda-today';
const ITEMS = '{"items": ["a", "b", "c", "d", "e"]}';

const toldOf = async (example: string): Promise<Told[]> => (await recordedRuns(example, TODAY)).map(tellOf);
const sourceOf = (example: string): Promise<string> =>
  readFile(`content/examples/${example}/task/lambda_function.py`, 'utf8');

async function runSource(source: string, chosen: Chosen = {}): Promise<RecordedRun[]> {
  const environments = await runHandler(source, {
    platform: TODAY,
    events: [ITEMS],
    timeout: 30_000,
    ...chosen,
  });
  return environments.flatMap(({ runs }) => runs);
}

/** The milliseconds that a log names behind each item. */
const timesIn = (log: string): number[] =>
  Array.from(log.matchAll(/^[a-e] (\d+)$/gm), ([, milliseconds]) => Number(milliseconds));

describe('a handler that does not look at the clock', () => {
  // Claims: ends-in-the-middle, client-hears-sandbox-timedout, remaining-time-counts-down
  it('is ended in its fourth item, which its log does not name as a time-out', async () => {
    const [first, second] = await toldOf('work-until-the-end');
    assert.ok(first?.outcome.status === 'timed-out');
    assert.match(first.outcome.payload, /"Sandbox\.Timedout".*Task timed out after 30\.00 seconds/);
    assert.match(first.log, /\tStatus: timeout\n$/);
    assert.doesNotMatch(first.log, /Timedout|timed out/);
    const times = timesIn(first.log);
    assert.equal(times.length, 4);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
    );
    assert.match(second?.log ?? '', /^found: a b c $/m);
  });

  // Claims: tmp-survives, new-init-spends-your-time
  it('leaves its file in /tmp to a new process, whose import is in its time', async () => {
    const source = `import time\ntime.sleep(0.5)\ncalls = 0\n${await sourceOf('work-until-the-end')}`.replace(
      '    print("found',
      '    global calls\n    calls += 1\n    print("calls", calls)\n    print("found',
    );
    const runs = await runSource(source, { events: [ITEMS, ITEMS] });
    const logs = runs.map(({ events }) => eventsToLog(events));
    assert.match(logs[1] ?? '', /^calls 1\nfound: a b c $/m);
    const [first = 0, later = 0] = logs.map((log) => timesIn(log)[0] ?? 0);
    assert.ok(first - later >= 500, `${String(first)}, ${String(later)}`);
  });

  // Claims: timeout-runs-no-finally, timeout-cannot-be-caught
  it('can neither clean up nor catch anything', async () => {
    const source =
      'import time\ndef lambda_handler(event, context):\n' +
      '    try:\n        time.sleep(60)\n' +
      '    except BaseException:\n        print("caught")\n    finally:\n        print("cleaned")\n';
    const [run] = await runSource(source);
    assert.equal(run?.outcome.status, 'timed-out');
    assert.doesNotMatch(eventsToLog(run.events), /caught|cleaned/);
  });
});

// Claims: leaves-in-time
it('a handler that looks at the clock returns what is left', async () => {
  const [first, second] = await toldOf('leave-in-time');
  assert.deepEqual(first?.outcome, { status: 'returned', payload: '{"left": ["d", "e"]}' });
  assert.deepEqual(second?.outcome, { status: 'returned', payload: '{"left": []}' });
});

// Claims: too-little-is-kept
it('a handler that keeps less time than an item takes starts the fourth and is ended in it', async () => {
  const source = (await sourceOf('leave-in-time')).replace('NEEDED = 10_000', 'NEEDED = 5_000');
  const [run] = await runSource(source);
  assert.ok(run?.outcome.status === 'timed-out');
  assert.match(run.outcome.payload, /"Sandbox\.Timedout"/);
  const times = timesIn(eventsToLog(run.events));
  assert.equal(times.length, 4);
  assert.ok((times[3] ?? 0) > 5000 && (times[3] ?? 0) < 8000, String(times[3]));
});

describe('SIGTERM', () => {
  // Claims: sigterm-with-an-extension
  it('comes where there is an extension', async () => {
    const [removed] = await toldOf('hear-sigterm');
    assert.deepEqual(removed?.outcome, { status: 'shut-down', code: 0 });
    assert.match(removed.log, /\nSIGTERM: closing the connection\n$/);
  });

  // Claims: no-sigterm-without
  it('does not come where there is none', async () => {
    const events = ['{}', '{"eventType": "SHUTDOWN", "shutdownReason": "SPINDOWN"}'];
    const runs = await runSource(await sourceOf('hear-sigterm'), { events });
    assert.deepEqual(runs[1]?.outcome, { status: 'returned', payload: '"done"' });
    assert.doesNotMatch(eventsToLog(runs[1].events), /SIGTERM/);
  });
});
