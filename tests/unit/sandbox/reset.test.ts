/** The page's side of an environment that a platform resets: another process in it, with what the last one left. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import {
  beforeOf,
  fakePage,
  notingObserver,
  request,
  until,
  type FakePage,
  type FakeRunner,
} from './fakes.ts';

function open(resets: readonly string[] | null = ['/tmp']): FakePage & { readonly sandbox: Sandbox } {
  const page = fakePage(resets === null ? {} : { resets });
  const options = { base: new URL('http://host/base/'), document: null as unknown as Document };
  return { ...page, sandbox: new Sandbox({ assets: page.assets, deadline: 10_000, ...options }, page) };
}

/** Begins a run, which leaves two files on the disk. */
function beginWithFiles(inside: FakeRunner): void {
  inside.ready();
  inside.begin();
  const file = (path: string, blob: string | null) => ({ kind: 'file', path, size: 1, blob }) as const;
  inside.record(
    [file('/tmp/a', 'a'), file('/home/b', 'b'), file('/tmp/large', null), file('/tmp/gone', 'a')],
    { a: new Uint8Array([1]), b: new Uint8Array([2]) },
  );
  inside.record([{ kind: 'file', path: '/tmp/gone', size: null, blob: null }]);
}

const KEPT = { count: 1, files: { '/tmp/a': new Uint8Array([1]) } };
const EXITED = { status: 'exited', code: 7, payload: '{}' } as const;

function exit(inside: FakeRunner): void {
  inside.say({ type: 'finished', run: inside.lastRun, outcome: EXITED });
  inside.say({ type: 'exited', code: 7, restarts: false });
}

suite('an environment whose process has ended', () => {
  test('is reset for the next run of its function, with the files of the folders that are kept', async () => {
    const { sandbox, runner } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    beginWithFiles(inside);
    assert.equal(beforeOf(inside), undefined);
    exit(inside);
    assert.deepEqual(await first, EXITED);
    assert.equal(sandbox.state, 'reset');
    const second = sandbox.run({ ...request, event: '2' }, notingObserver());
    const other = await runner(1);
    assert.deepEqual(beforeOf(other), KEPT);
    other.ready();
    other.begin();
    exit(other);
    await second;
    void sandbox.run(request, notingObserver());
    assert.deepEqual(beforeOf(await runner(2)), { ...KEPT, count: 2 });
  });

  test('is reset after a time-out as well', async () => {
    const { sandbox, runner, clock } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    beginWithFiles(inside);
    inside.tellTimeout(1000);
    clock.pass(1000);
    assert.equal((await first).status, 'timed-out');
    assert.equal(sandbox.state, 'reset');
    void sandbox.run(request, notingObserver());
    assert.deepEqual(beforeOf(await runner(1)), KEPT);
  });

  const others: readonly (readonly [string, (page: ReturnType<typeof open>) => void])[] = [
    ['another function', () => undefined],
    [
      'Stop',
      ({ sandbox }) => {
        sandbox.stop();
      },
    ],
  ];
  for (const [what, act] of others)
    test(`is given up for ${what}`, async () => {
      const page = open();
      const { sandbox, runner } = page;
      const first = sandbox.run(request, notingObserver());
      const inside = await runner(0);
      beginWithFiles(inside);
      exit(inside);
      await first;
      act(page);
      const next = what === 'Stop' ? request : { ...request, task: { '/var/task/main.py': 'another' } };
      void sandbox.run(next, notingObserver());
      assert.equal(beforeOf(await runner(1)), undefined);
    });

  test('is given up where the platform keeps nothing', async () => {
    const { sandbox, runner } = open(null);
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    beginWithFiles(inside);
    exit(inside);
    await first;
    assert.equal(sandbox.state, 'idle');
    void sandbox.run(request, notingObserver());
    assert.equal(beforeOf(await runner(1)), undefined);
  });
});

suite('a run whose process ends in the init phase', () => {
  for (const how of ['exits', 'takes too long'] as const)
    test(`goes on in another process when it ${how}, under the same id`, async () => {
      const { sandbox, runner, runners, clock } = open();
      const observer = notingObserver();
      const outcome = sandbox.run(request, observer);
      const inside = await runner(0);
      beginWithFiles(inside);
      if (how === 'exits') inside.say({ type: 'exited', code: 1, restarts: true });
      else {
        inside.say({
          type: 'timeout',
          run: inside.lastRun,
          milliseconds: 5000,
          log: 'late\n',
          outcome: null,
        });
        clock.pass(5000);
      }
      const other = await runner(1);
      assert.ok(inside.removed);
      assert.deepEqual(beforeOf(other), KEPT);
      assert.deepEqual(other.queues, [[{ run: inside.lastRun, event: '{}', request: 'r' }]]);
      other.ready();
      other.answer('1');
      assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
      assert.equal(runners.length, 2);
      assert.equal(observer.told.filter((word) => word === 'began cold').length, 1);
      assert.equal(observer.told.includes('output'), how === 'takes too long');
    });

  test('goes on once: what says so again has crashed', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    beginWithFiles(inside);
    inside.say({ type: 'exited', code: 1, restarts: true });
    const other = await runner(1);
    other.ready();
    other.say({ type: 'exited', code: 1, restarts: true });
    await assert.rejects(outcome, { name: 'EnvironmentCrashed' });
  });

  test('has no limit of the init phase any more when an invocation’s time counts', async () => {
    const { sandbox, runner, clock } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    const { lastRun: run } = inside;
    inside.say({ type: 'timeout', run, milliseconds: 1000, log: '', outcome: null });
    inside.tellTimeout(3000);
    clock.pass(2000);
    assert.equal(inside.removed, false);
    // A later message may say something else; it gains no time.
    inside.say({ type: 'timeout', run, milliseconds: 9000, log: '', outcome: { ...EXITED, code: 1 } });
    clock.pass(1000);
    assert.deepEqual(await outcome, { ...EXITED, code: 1 });
    await until(() => (inside.removed ? true : null));
  });
});
