/** The page's side of an environment whose processes take its invocations in turn. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Changes } from '../../../src/sandbox/protocol.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { beforeOf, fakePage, notingObserver, request, type FakePage, type FakeRunner } from './fakes.ts';

function open(): FakePage & { readonly sandbox: Sandbox } {
  const page = fakePage({ processes: 2, directories: ['/tmp'] });
  const options = { base: new URL('http://host/base/'), document: null as unknown as Document };
  return { ...page, sandbox: new Sandbox({ assets: page.assets, deadline: 10_000, ...options }, page) };
}

/** What it was told with its last invocation that the others have changed. */
function changesOf({ queues }: FakeRunner): Changes | undefined {
  return queues.at(-1)?.at(-1)?.changes;
}

const file = (path: string, blob: string | null, size: number | null = 1) =>
  ({ kind: 'file', path, size, blob }) as const;
const ONE = new Uint8Array([1]);

/** Two runs, the first of which has left a file: now each process waits. */
async function runTwice(page: ReturnType<typeof open>, waits = true): Promise<[FakeRunner, FakeRunner]> {
  const runners: FakeRunner[] = [];
  for (const index of [0, 1]) {
    const outcome = page.sandbox.run({ ...request, event: String(index) }, notingObserver());
    const inside = await page.runner(index);
    inside.ready(waits);
    inside.begin();
    if (index === 0) inside.record([file('/tmp/a', 'a'), file('/home/b', 'a')], { a: ONE });
    inside.answer('1');
    await outcome;
    runners.push(inside);
  }
  return runners as [FakeRunner, FakeRunner];
}

suite('an environment of several processes', () => {
  test('hands its invocations to one after the other, and each finds what the others have left', async () => {
    const page = open();
    const { sandbox } = page;
    const [one, other] = await runTwice(page);
    assert.equal(beforeOf(one), undefined);
    assert.deepEqual(beforeOf(other), { count: 1, files: { '/tmp/a': ONE } });
    assert.equal(sandbox.state, 'turn');

    const third = sandbox.run({ ...request, event: '3' }, notingObserver());
    assert.equal(sandbox.state, 'running');
    await page.runner(0, 2);
    assert.deepEqual(changesOf(one), { files: {}, objects: null });
    one.begin(one.lastRun, false);
    one.record([file('/tmp/a', null, null), file('/tmp/c', 'c'), file('/tmp/large', null, 9e9)], { c: ONE });
    one.answer('3');
    await third;

    void sandbox.run({ ...request, event: '4' }, notingObserver());
    await page.runner(1, 2);
    assert.deepEqual(changesOf(other), { files: { '/tmp/a': null, '/tmp/c': ONE }, objects: null });
    assert.equal(page.runners.length, 2);
  });

  test('goes on with the other when one is ended, and starts another one in its place', async () => {
    const page = open();
    const { sandbox } = page;
    const [one, other] = await runTwice(page);
    const third = sandbox.run(request, notingObserver());
    await page.runner(0, 2);
    one.begin(one.lastRun, false);
    one.tellTimeout(1000);
    page.clock.pass(1000);
    assert.equal((await third).status, 'timed-out');
    assert.ok(one.removed);
    assert.equal(sandbox.state, 'turn');
    const fourth = sandbox.run(request, notingObserver());
    await page.runner(1, 2);
    other.begin(other.lastRun, false);
    other.answer('4');
    await fourth;
    void sandbox.run(request, notingObserver());
    assert.deepEqual(beforeOf(await page.runner(2)), { count: 2, files: { '/tmp/a': ONE } });
  });

  test('repeats in a new process what that had, with all that it was told', async () => {
    const page = open();
    const { sandbox } = page;
    const [one, other] = await runTwice(page, false);
    assert.ok(one.removed && other.removed);
    void sandbox.run({ ...request, event: '3' }, notingObserver());
    const again = await page.runner(2);
    assert.deepEqual(
      again.queues.at(-1)?.map(({ event, changes }) => ({ event, changes })),
      [
        { event: '0', changes: undefined },
        { event: '3', changes: { files: {}, objects: null } },
      ],
    );
    assert.equal(beforeOf(again), undefined);
  });

  test('is gone as a whole when it is stopped, or its function changes', async () => {
    for (const leave of [
      (sandbox: Sandbox) => {
        sandbox.stop();
        assert.equal(sandbox.state, 'idle');
      },
      () => undefined,
    ]) {
      const page = open();
      const runners = await runTwice(page);
      leave(page.sandbox);
      void page.sandbox.run({ ...request, task: { '/var/task/a.py': 'pass' } }, notingObserver());
      assert.equal(beforeOf(await page.living()), undefined);
      assert.ok(runners.every(({ removed }) => removed));
    }
  });

  test('loses one that ends while it waits, and nothing else', async () => {
    const page = open();
    const { sandbox } = page;
    const [one, other] = await runTwice(page);
    one.say({ type: 'exited', code: 1, restarts: false });
    void sandbox.run(request, notingObserver());
    assert.deepEqual(beforeOf(await page.runner(2)), { count: 2, files: { '/tmp/a': ONE } });
    assert.ok(one.removed && !other.removed);
  });
});
