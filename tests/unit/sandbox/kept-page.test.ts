/** A page that was left and that the browser shows again, as it was: what came to life in it then may never do so. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fakePage, nextTurn, notingObserver, request, sandboxOn, until, type FakeRunner } from './fakes.ts';

/** Runs it to its answer, in an environment that has come to life meanwhile. */
function answer(inside: FakeRunner, payload: string): void {
  inside.begin();
  inside.answer(payload);
}

suite('in a page that is shown again', () => {
  test('a run whose environment had not come to life has another one', async () => {
    const page = fakePage();
    const observer = notingObserver();
    const outcome = sandboxOn(page).run(request, observer);
    const frozen = await page.runner(0);
    page.clock.restore();
    await until(() => (frozen.removed ? true : null));
    const inside = await page.runner(1);
    frozen.ready();
    inside.ready();
    answer(inside, '1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    const told = observer.told.filter((word) => word !== 'loading');
    assert.deepEqual(told, ['starting', 'starting', 'began cold']);
  });

  test('so often as it is left, and in the middle of a download too', async () => {
    const page = fakePage();
    const outcome = sandboxOn(page).run(request, notingObserver());
    page.host.silent.add('_sandbox/wasm.bin');
    await until(() => (page.host.requests.includes('_sandbox/wasm.bin') ? true : null));
    page.clock.restore();
    await nextTurn();
    page.host.silent.clear();
    page.clock.restore();
    const inside = await page.living();
    inside.ready();
    answer(inside, '1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.equal(page.runners.filter(({ removed }) => !removed).length, 1);
  });

  test('a run goes on, and an environment that waits stays', async () => {
    const page = fakePage();
    const sandbox = sandboxOn(page);
    const first = sandbox.run(request, notingObserver());
    const inside = await page.runner(0);
    inside.ready();
    inside.begin();
    page.clock.restore();
    inside.answer('1');
    assert.deepEqual(await first, { status: 'returned', payload: '1' });
    page.clock.restore();
    const second = sandbox.run(request, notingObserver());
    await page.runner(0, 2);
    inside.begin(inside.lastRun, false);
    inside.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
    assert.equal(page.runners.length, 1);
  });

  test('a run that does not begin in an environment that had come to life has another one', async () => {
    const page = fakePage();
    const outcome = sandboxOn(page).run(request, notingObserver());
    const frozen = await page.runner(0);
    frozen.ready();
    page.clock.restore();
    page.clock.pass(4999);
    await nextTurn();
    assert.equal(frozen.removed, false);
    page.clock.pass(1);
    const inside = await page.runner(1);
    inside.ready();
    answer(inside, '1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
  });

  test('a run that begins after that keeps its environment, and the time that it has', async () => {
    const page = fakePage();
    const outcome = sandboxOn(page).run(request, notingObserver());
    const inside = await page.runner(0);
    inside.ready();
    page.clock.restore();
    inside.begin();
    page.clock.pass(10_000);
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.equal(inside.removed, false);
  });

  test('a run behind others that are repeated repeats them once more', async () => {
    const page = fakePage();
    const sandbox = sandboxOn(page, { mayWait: false });
    const first = sandbox.run(request, notingObserver());
    const one = await page.runner(0);
    one.ready(false);
    answer(one, '1');
    await first;
    const second = sandbox.run(request, notingObserver());
    await page.runner(1);
    page.clock.restore();
    const inside = await page.runner(2);
    const queue = inside.queues[0] ?? assert.fail();
    assert.equal(queue.length, 2);
    inside.ready(false);
    inside.begin(queue[0]?.run);
    answer(inside, '2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
  });

  test('a spare that has not come to life is none, and one that has is taken', async () => {
    const page = fakePage();
    const sandbox = sandboxOn(page);
    sandbox.prepare();
    const frozen = await until(() => page.runners[0] ?? null);
    page.clock.restore();
    await until(() => (frozen.removed ? true : null));
    sandbox.prepare();
    const spare = await until(() => page.runners[1] ?? null);
    await until(() => (spare.posted.length > 4 ? true : null));
    spare.ready();
    page.clock.restore();
    const outcome = sandbox.run(request, notingObserver());
    assert.equal(await page.runner(1), spare);
    answer(spare, '1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
  });
});
