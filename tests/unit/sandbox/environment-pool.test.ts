import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Tenant } from '../../../src/sandbox/environment-pool.ts';
import { RunnerBlocked } from '../../../src/sandbox/errors.ts';
import { BOOT_FILES } from '../../../src/sandbox/python-files.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
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

/** A lab that notes what its environment tells it. */
class FakeTenant implements Tenant {
  readonly told: string[] = [];
  busy = false;
  readonly isBusy = (): boolean => this.busy;
  readonly evicted = (): void => void this.told.push('evicted');
  readonly suspended = (): void => void this.told.push('suspended');
  readonly restored = (): void => void this.told.push('restored');
  readonly handedOver = (): void => void this.told.push('handed over');
  readonly awaitsFile = (): void => void this.told.push('awaits a file');
  readonly message = ({ type }: { readonly type: string }): void => void this.told.push(type);
  readonly failed = ({ name }: Error): void => void this.told.push(name);
}

/** The runner numbered `index`, as soon as its frame is there. */
function opened(page: FakePage, index: number): Promise<FakeRunner> {
  return until(() => page.runners[index] ?? null);
}

function removals(page: FakePage): boolean[] {
  return page.runners.map(({ removed }) => removed);
}

/** Fills the pool with two tenants, the first of which was used longest ago. */
async function twoTenants(page: FakePage): Promise<[FakeTenant, FakeTenant]> {
  const [first, second] = [new FakeTenant(), new FakeTenant()];
  page.pool.open(first, true);
  await opened(page, 0);
  page.pool.open(second, true);
  await opened(page, 1);
  return [first, second];
}

/** A third lab's environment, made; what has become of the others shows. */
async function openThird(page: FakePage): Promise<void> {
  const count = page.runners.length;
  page.pool.open(new FakeTenant(), true);
  await opened(page, count);
}

suite('a spare', () => {
  test('at the lab is a frame and its worker, at Run it boots, and there is only one', async () => {
    const page = fakePage();
    page.pool.prepare(true, false);
    page.pool.prepare(true, false);
    const spare = await opened(page, 0);
    await nextTurn();
    assert.deepEqual(page.host.requests, ['_sandbox/worker.bin']);
    page.pool.prepare(true, true);
    await until(() => (spare.posted.length === 1 + BOOT_FILES.length ? true : null));
    assert.deepEqual(
      spare.posted.map((message) => (message.type === 'python' ? message.file : message.type)).sort(),
      ['boot', ...BOOT_FILES].sort(),
    );
    assert.equal(page.runners.length, 1);
  });

  test('is taken by whoever needs an environment next, and another one can be made then', async () => {
    const page = fakePage();
    page.pool.prepare(true, true);
    const spare = await opened(page, 0);
    const tenant = new FakeTenant();
    page.pool.open(tenant, true);
    await until(() => (spare.posted.length === 1 + BOOT_FILES.length ? true : null));
    await nextTurn();
    spare.ready();
    assert.equal(tenant.told.at(-1), 'ready');
    assert.equal(page.runners.length, 1);
    page.pool.prepare(true, false);
    await opened(page, 1);
    assert.deepEqual(removals(page), [false, false]);
  });

  test('is not taken by a lab whose Python may not wait', async () => {
    const page = fakePage();
    page.pool.prepare(true, false);
    await opened(page, 0);
    page.pool.open(new FakeTenant(), false);
    const other = await opened(page, 1);
    assert.deepEqual(other.posted[0], { type: 'boot', mayWait: false });
  });

  test('is not made where two environments are used', async () => {
    const page = fakePage();
    await twoTenants(page);
    page.pool.prepare(true, true);
    await nextTurn();
    assert.deepEqual(removals(page), [false, false]);
  });

  test('that fails is removed and tells nobody; the next one is a new one', async () => {
    const page = fakePage();
    page.pool.prepare(true, true);
    (await opened(page, 0)).block(new RunnerBlocked('worker'));
    await until(() => (page.runners[0]?.removed ? true : null));
    page.pool.prepare(true, false);
    assert.equal((await opened(page, 1)).removed, false);
  });

  test('whose files are missing tells whoever opens an environment then', async () => {
    const page = fakePage();
    page.host.files.delete('_sandbox/wasm.bin');
    page.pool.prepare(true, true);
    await until(() => (page.host.requests.includes('_sandbox/wasm.bin') ? true : null));
    const tenant = new FakeTenant();
    page.pool.open(tenant, true);
    await until(() => (tenant.told.length > 0 ? true : null));
    assert.deepEqual(tenant.told, ['PythonFileMissing']);
  });
});

suite('where there is no room for another environment', () => {
  test('the spare goes first, whoever else is idle', async () => {
    const page = fakePage();
    const first = new FakeTenant();
    page.pool.open(first, true);
    await opened(page, 0);
    page.pool.prepare(true, false);
    await opened(page, 1);
    // One that may not wait cannot take the spare.
    page.pool.open(new FakeTenant(), false);
    await opened(page, 2);
    assert.deepEqual(removals(page), [false, true, false]);
    assert.ok(!first.told.includes('evicted'));
  });

  test('the idle one that was used longest ago goes, and its lab is told', async () => {
    const page = fakePage();
    const [first, second] = await twoTenants(page);
    await openThird(page);
    assert.deepEqual(removals(page), [true, false, false]);
    assert.deepEqual(
      [first, second].map(({ told }) => told.includes('evicted')),
      [true, false],
    );
  });

  test('one that was used again stays', async () => {
    const page = fakePage();
    const first = new FakeTenant();
    const environment = page.pool.open(first, true);
    await opened(page, 0);
    const second = new FakeTenant();
    page.pool.open(second, true);
    await opened(page, 1);
    page.pool.touch(environment);
    await openThird(page);
    assert.deepEqual(removals(page), [false, true, false]);
    assert.equal(second.told.at(-1), 'evicted');
  });

  test('one in which a run goes on stays as long as another one is idle', async () => {
    const page = fakePage();
    const [first, second] = await twoTenants(page);
    first.busy = true;
    await openThird(page);
    assert.deepEqual(removals(page), [false, true, false]);
    assert.equal(second.told.at(-1), 'evicted');
  });

  test('the oldest of those in which runs go on has to go', async () => {
    const page = fakePage();
    const [first, second] = await twoTenants(page);
    first.busy = second.busy = true;
    await openThird(page);
    assert.deepEqual(removals(page), [true, false, false]);
    assert.equal(first.told.at(-1), 'evicted');
  });

  test('nothing that one says is heard after it has gone', async () => {
    const page = fakePage();
    const [first] = await twoTenants(page);
    await openThird(page);
    const { length } = first.told;
    page.runners[0]?.ready();
    page.runners[0]?.block(new RunnerBlocked('worker'));
    assert.equal(first.told.length, length);
  });
});

test('where neighbours share room, each use of an environment is told to them, and it goes when they crowd it out', async () => {
  const told: string[] = [];
  let crowd = (): void => undefined;
  const page = fakePage(
    {},
    {
      tell: () => void told.push('told'),
      onCrowded: (callback) => (crowd = callback),
    },
  );
  const tenant = new FakeTenant();
  tenant.busy = true;
  const environment = page.pool.open(tenant, true);
  await opened(page, 0);
  page.pool.touch(environment);
  assert.equal(told.length, 2);
  crowd();
  await until(() => (page.runners[0]?.removed ? true : null));
  assert.equal(tenant.told.at(-1), 'evicted');
  page.pool.open(tenant, true);
  assert.equal((await opened(page, 1)).removed, false);
});

/** Runs to the end in the runner numbered `index`, once it was asked for `count` runs. */
async function runIn(
  page: FakePage,
  sandbox: Sandbox,
  index: number,
  observer = notingObserver(),
): Promise<string[]> {
  const outcome = sandbox.run(request, observer);
  const inside = await page.runner(index);
  inside.ready();
  inside.begin();
  inside.answer('1');
  await outcome;
  return observer.told;
}

suite('several labs on a page', () => {
  test('have two environments between them; the third run ends the first’s, whose lab is told that the next run is cold', async () => {
    const page = fakePage();
    const labs = [sandboxOn(page), sandboxOn(page), sandboxOn(page)];
    const told: string[][] = [];
    for (const [index, lab] of labs.entries()) told.push(await runIn(page, lab, index));
    assert.deepEqual(removals(page), [true, false, false]);
    assert.deepEqual(
      labs.map(({ state }) => state),
      ['idle', 'warm', 'warm'],
    );
    assert.deepEqual(
      told.map((words) => words.at(-1)),
      ['left', 'began cold', 'began cold'],
    );
    assert.equal((await runIn(page, labs[0] ?? assert.fail(), 3)).at(-1), 'began cold');
    assert.deepEqual(removals(page), [true, true, false, false]);
  });

  test('whose two runs go on lose the older one to a third: there was no room', async () => {
    const page = fakePage();
    const first = sandboxOn(page).run(request, notingObserver());
    await page.runner(0);
    const second = sandboxOn(page).run(request, notingObserver());
    await page.runner(1);
    const third = sandboxOn(page);
    const outcome = third.run(request, notingObserver());
    assert.deepEqual(await first, { status: 'limited', by: 'room' });
    third.stop();
    await assert.rejects(outcome, { name: 'SandboxStopped' });
    assert.equal(page.runners[1]?.removed, false);
    page.runners[1].ready();
    page.runners[1].begin();
    page.runners[1].answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
  });
});

suite('a spare beside a run', () => {
  test('is made when the run takes longer than half a second, and the run after Stop is in it', async () => {
    const page = fakePage();
    const sandbox = sandboxOn(page);
    const outcome = sandbox.run(request, notingObserver());
    const inside = await page.runner(0);
    inside.ready();
    inside.begin();
    page.clock.pass(499);
    await nextTurn();
    assert.equal(page.runners.length, 1);
    page.clock.pass(1);
    const spare = await opened(page, 1);
    sandbox.stop();
    await assert.rejects(outcome, { name: 'SandboxStopped' });
    const observer = notingObserver();
    const next = sandbox.run(request, observer);
    assert.equal(await page.runner(1), spare);
    spare.ready();
    spare.begin();
    spare.answer('2');
    assert.deepEqual(await next, { status: 'returned', payload: '2' });
    assert.deepEqual([page.runners.length, observer.told.at(-1)], [2, 'began cold']);
  });

  test('is made at Stop as well, however short the run was', async () => {
    const page = fakePage();
    const sandbox = sandboxOn(page);
    const outcome = sandbox.run(request, notingObserver());
    const inside = await page.runner(0);
    inside.ready();
    inside.begin();
    sandbox.stop();
    await assert.rejects(outcome);
    await opened(page, 1);
    assert.deepEqual(removals(page), [true, false]);
  });

  for (const [where, settings, waits] of [
    ['on a small device', { maySpare: false }, true],
    ['where data is to be saved', { mayPrepare: false }, true],
    ['where Python cannot wait', {}, false],
  ] as const) {
    test(`is not made ${where}`, async () => {
      const page = fakePage();
      const sandbox = sandboxOn({ ...page, ...settings });
      const outcome = sandbox.run(request, notingObserver());
      const inside = await page.runner(0);
      inside.ready(waits);
      inside.begin();
      page.clock.pass(5000);
      sandbox.stop();
      await assert.rejects(outcome);
      await nextTurn();
      assert.equal(page.runners.length, 1);
    });
  }

  test('is not made ahead of the click where data is to be saved', async () => {
    const page = fakePage();
    const sandbox = sandboxOn({ ...page, mayPrepare: false });
    sandbox.prepare(false);
    sandbox.prepare();
    await nextTurn();
    assert.deepEqual([page.runners.length, page.host.requests], [0, []]);
  });
});
