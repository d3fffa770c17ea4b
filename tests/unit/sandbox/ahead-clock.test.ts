/** A run whose clock goes ahead of the machine's. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aheadWorld } from '../../../src/sandbox/ahead-clock.ts';
import { realWorld } from '../../../src/sandbox/world.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

/** A process at whose clocks the test turns. */
function makeProcess(): {
  process: { Date: { now: () => number }; performance: { now: () => number } };
  pass: (by: number) => void;
} {
  let time = 1000;
  return {
    process: { Date: { now: () => time + 5000 }, performance: { now: () => time } },
    pass: (by) => {
      time += by;
    },
  };
}

describe('a world whose clock runs ahead', () => {
  it('goes on by itself, and by what is skipped', () => {
    const { process, pass } = makeProcess();
    const world = aheadWorld(process, realWorld());
    pass(10);
    world.skip(11_000);
    pass(20);
    assert.deepEqual([process.Date.now(), process.performance.now()], [17_030, 12_030]);
  });

  it('rings at its time, by whichever way that comes, and once', () => {
    const { process, pass } = makeProcess();
    const world = aheadWorld(process, realWorld());
    const rung: number[] = [];
    const ring = (): void => {
      rung.push(process.performance.now());
    };
    world.alarm?.(3000, ring);
    world.skip(2000);
    pass(999);
    assert.deepEqual([process.performance.now(), rung], [3999, []]);
    // A sleep ends where the alarm rings.
    world.skip(60_000);
    assert.deepEqual(rung, [4000]);
    world.alarm?.(10, ring);
    pass(11);
    assert.equal(process.Date.now(), 9011);
    assert.deepEqual(rung, [4000, 4011]);
    world.alarm?.(10, ring)();
    world.skip(100);
    assert.deepEqual(rung, [4000, 4011]);
  });
});

const SLEEPING = `import asyncio, queue, threading, time

def clocks():
    return time.time(), time.monotonic(), time.perf_counter(), time.time_ns() / 1e9

def since(before):
    return [round(now - then) for now, then in zip(clocks(), before)]

began = clocks()
time.sleep(9)
init = since(began)

async def wait():
    await asyncio.gather(asyncio.sleep(300), asyncio.sleep(200))

def lambda_handler(event, context):
    before = clocks()
    time.sleep(100)
    slept = since(before)
    asyncio.run(wait())
    waited = since(before)
    happened = threading.Event().wait(20)
    try:
        queue.Queue().get(timeout=30)
    except queue.Empty:
        return [init, slept, waited, since(before), happened]
`;

/** Far less than is slept, and far more than a run takes. */
const DEADLINE = 30_000;

async function outcomeOf(source: string, chosen: Chosen): Promise<{ outcome: unknown; log: string }> {
  const [environment] = await runHandler(source, {
    platform: 'lambda-today',
    world: 'real',
    clock: 'ahead',
    deadline: DEADLINE,
    ...chosen,
  });
  const run = environment?.runs[0];
  return { outcome: run?.outcome, log: eventsToLog(run?.events ?? []) };
}

describe('a run whose clock goes ahead', () => {
  for (const waiting of ['suspended', 'queue'] as const) {
    it(`sleeps in no time, and all clocks have moved on (${waiting})`, async () => {
      const { outcome, log } = await outcomeOf(SLEEPING, { waiting, timeout: 900_000 });
      const all = (seconds: number): number[] => [seconds, seconds, seconds, seconds];
      const told = [all(9), all(100), all(400), all(450), false];
      assert.deepEqual(outcome, { status: 'returned', payload: JSON.stringify(told).replaceAll(',', ', ') });
      const [, duration = 0, init = 0] = (
        /\tDuration: ([\d.]+) ms.*Init Duration: ([\d.]+) ms/s.exec(log) ?? []
      ).map(Number);
      assert.ok(Math.abs(duration - 450_000) < 30_000 && duration >= 450_000, log);
      assert.ok(init >= 9000 && init < 39_000, log);
    });
  }

  it('times out by that clock, at once', async () => {
    const source =
      'import time\n\ndef lambda_handler(event, context):\n    print("a")\n    time.sleep(20 * 60)\n    print("b")\n';
    const { outcome, log } = await outcomeOf(source, { timeout: 899_000 });
    assert.equal((outcome as { status: string }).status, 'timed-out');
    assert.match(JSON.stringify(outcome), /Task timed out after 899\.00 seconds/);
    assert.match(log, /\na\nEND /);
    assert.doesNotMatch(log, /\nb\n/);
  });

  it('that does nothing but count is timed out by the machine’s clock', async () => {
    const source = 'def lambda_handler(event, context):\n    while True: pass\n';
    const { outcome } = await outcomeOf(source, { timeout: 300 });
    assert.equal((outcome as { status: string }).status, 'timed-out');
  });

  it('refuses what is no time to sleep in Python’s words', async () => {
    const source = `import time
def lambda_handler(event, context):
    told = []
    for wrong in (-1, "x", float("nan")):
        try:
            time.sleep(wrong)
        except (TypeError, ValueError) as error:
            told.append(f"{type(error).__name__}: {error}")
    time.sleep(0)
    return told
`;
    const { outcome } = await outcomeOf(source, {});
    const { outcome: real } = await outcomeOf(source, { clock: undefined } as unknown as Chosen);
    assert.deepEqual(outcome, real);
    assert.match(JSON.stringify(outcome), /TypeError/);
  });
});
