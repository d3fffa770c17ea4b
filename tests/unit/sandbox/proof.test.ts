/** An environment that is kept proves that it can begin another run: behind each run, and when the page is looked at again. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Outcome } from '../../../src/trace/format.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import {
  fakePage,
  nextTurn,
  notingObserver,
  request,
  sandboxOn,
  until,
  type FakePage,
  type FakeRunner,
} from './fakes.ts';

interface Answered {
  readonly page: FakePage;
  readonly sandbox: Sandbox;
  readonly inside: FakeRunner;
  readonly observer: ReturnType<typeof notingObserver>;
  readonly outcome: Promise<Outcome>;
}

/** A first run that has been answered; `proves` says whether its environment proves what it is asked for. */
async function answered(proves: boolean, settings: Partial<SandboxOptions> = {}): Promise<Answered> {
  const page = fakePage();
  const sandbox = sandboxOn(page, { deadline: 10_000, ...settings });
  const observer = notingObserver();
  const outcome = sandbox.run(request, observer);
  const inside = await page.runner(0);
  inside.proves = proves;
  inside.ready(settings.mayWait !== false);
  inside.begin();
  inside.answer('1');
  await nextTurn();
  return { page, sandbox, inside, observer, outcome };
}

const ANSWER = { status: 'returned', payload: '1' };

function pings({ posted }: FakeRunner): number[] {
  return posted.flatMap((message) => (message.type === 'ping' ? [message.number] : []));
}

suite('behind a run', () => {
  test('an environment that proves nothing is gone; the answer counts, and the next run is a cold start', async () => {
    const { page, sandbox, inside, outcome } = await answered(false);
    assert.equal(pings(inside).length, 1);
    assert.equal(sandbox.state, 'running');
    page.clock.pass(5000);
    assert.deepEqual(await outcome, ANSWER);
    await nextTurn();
    assert.deepEqual([sandbox.state, inside.removed], ['idle', true]);
    const observer = notingObserver();
    const second = sandbox.run(request, observer);
    const other = await page.runner(1);
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
    assert.deepEqual(observer.told, ['starting', 'began cold']);
  });

  test('a proof without shape, with another number or without a time is none', async () => {
    for (const forge of [
      (number: number) => ({ type: 'pong', number: number + 1, now: 1 }),
      (number: number) => ({ type: 'pong', number, now: NaN }),
      (number: number) => ({ type: 'pong', number, now: -1 }),
      (number: number) => ({ type: 'pong', number, now: '1' }),
      (number: number) => ({ type: 'pong', number }),
      () => ({ type: 'pong', now: 1 }),
      (run: number) => ({ type: 'finished', run, outcome: { status: 'returned', payload: '"another"' } }),
    ]) {
      const { page, sandbox, inside, outcome } = await answered(false);
      inside.forge(forge(pings(inside)[0] ?? 0));
      page.clock.pass(5000);
      assert.deepEqual(await outcome, ANSWER);
      await nextTurn();
      assert.deepEqual([sandbox.state, inside.removed], ['idle', true]);
    }
  });

  test('Stop, a crash and an end take the environment, and not the answer', async () => {
    for (const end of [
      ({ sandbox }: Answered): void => {
        sandbox.stop();
      },
      ({ inside }: Answered): void => {
        inside.say({ type: 'crashed', name: 'RangeError', message: 'too much' });
      },
      ({ inside }: Answered): void => {
        inside.say({ type: 'exited', code: 0, restarts: false });
      },
      ({ inside }: Answered): void => {
        inside.say({ type: 'exited', code: 0, restarts: true });
      },
    ]) {
      const run = await answered(false);
      end(run);
      assert.deepEqual(await run.outcome, ANSWER);
      await nextTurn();
      assert.deepEqual([run.sandbox.state, run.inside.removed], ['idle', true]);
    }
  });

  test('the time of the run is over: neither the page’s limit nor the function’s time-out ends it any more', async () => {
    const { page, sandbox, inside, outcome } = await answered(false);
    inside.tellTimeout(1);
    inside.record([{ kind: 'output', stream: 'stdout', text: 'late' }]);
    page.clock.show(false);
    page.clock.pass(60_000);
    assert.equal(sandbox.state, 'running');
    page.clock.show(true);
    inside.say({ type: 'pong', number: pings(inside)[0] ?? 0, now: 5.5 });
    assert.deepEqual(await outcome, ANSWER);
    assert.equal(sandbox.state, 'warm');
  });

  test('where none can wait nothing is asked, and the next run repeats', async () => {
    const { sandbox, inside, outcome } = await answered(true, { mayWait: false });
    assert.deepEqual(await outcome, ANSWER);
    assert.deepEqual([pings(inside), sandbox.state], [[], 'repeats']);
    sandbox.stop();
    assert.equal(sandbox.state, 'idle');
  });
});

suite('an environment that waits', () => {
  test('is asked when the page is looked at again, and taken back where a browser has ended it', async () => {
    const { page, sandbox, inside, observer, outcome } = await answered(true);
    await outcome;
    page.clock.show(false);
    page.clock.show(true);
    assert.equal(pings(inside).length, 1);
    await nextTurn();
    assert.equal(pings(inside).length, 2);
    page.clock.pass(5000);
    assert.equal(sandbox.state, 'warm');
    inside.proves = false;
    page.clock.show(false);
    page.clock.show(true);
    page.clock.pass(4999);
    assert.equal(sandbox.state, 'warm');
    page.clock.pass(1);
    assert.equal(sandbox.state, 'idle');
    assert.equal(observer.told.at(-1), 'left');
    // Python's library, which follows the run, is verified within a time of its own.
    await until(() => (page.clock.waiting === 0 ? true : null));
  });

  test('and does not begin the next run is replaced, once', async () => {
    const { page, sandbox, inside, outcome } = await answered(true);
    await outcome;
    const observer = notingObserver();
    const second = sandbox.run(request, observer);
    await until(() => (inside.queues.length === 2 ? true : null));
    page.clock.pass(5000);
    const other = await page.runner(1);
    assert.equal(inside.removed, true);
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
    assert.deepEqual(observer.told, ['starting', 'began cold']);
  });
});
