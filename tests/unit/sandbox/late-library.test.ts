/** A run whose Python waits for the standard library's archive, as the page sees it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LIBRARY, ZONES } from '../../../src/sandbox/python-files.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import {
  fakePage,
  nextTurn,
  notingObserver,
  request,
  until,
  type FakePage,
  type FakeRunner,
} from './fakes.ts';

const ARCHIVE = '_sandbox/zip.bin';

interface Opened extends FakePage {
  readonly sandbox: Sandbox;
  /** Lets the archive come, or its absence show. */
  readonly letCome: () => void;
}

/** A page whose host keeps the archive back. */
function open(): Opened {
  const page = fakePage();
  const { fetch } = page.host.network;
  const coming = Promise.withResolvers<null>();
  Object.assign(page.host.network, {
    fetch: async (...args: Parameters<typeof fetch>) => {
      if ((args[0] as URL).href.endsWith(ARCHIVE)) await coming.promise;
      return fetch(...args);
    },
  });
  const options = {
    assets: page.assets,
    base: new URL('http://host/base/'),
    document: null as unknown as Document,
  };
  const letCome = (): void => {
    coming.resolve(null);
  };
  return { ...page, sandbox: new Sandbox({ ...options, deadline: 10_000 }, page), letCome };
}

function hasArchive({ posted }: FakeRunner): true | null {
  return posted.some((message) => message.type === 'python' && message.file === LIBRARY) ? true : null;
}

suite('a run that waits for the archive', () => {
  test('in its middle loads, takes no time as long as it waits, and goes on', async () => {
    const { sandbox, runner, clock, letCome } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.tellTimeout(3000);
    clock.pass(2000);
    inside.say({ type: 'awaits', file: LIBRARY });
    assert.equal(sandbox.state, 'loading');
    // Neither the function's three seconds nor the page's ten.
    clock.pass(25_000);
    assert.equal(sandbox.state, 'loading');
    letCome();
    await until(() => hasArchive(inside));
    await until(() => (sandbox.state === 'running' ? true : null));
    clock.pass(999);
    assert.equal(sandbox.state, 'running');
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.deepEqual(observer.told.slice(-3), ['began cold', 'loading', 'resumed']);
    // What looks after the environment that waits is all that is left.
    assert.equal(clock.waiting, 1);
    sandbox.stop();
    assert.equal(clock.waiting, 0);
  });

  for (const [whose, milliseconds, status] of [
    ['the function’s', 3000, 'timed-out'],
    ['the page’s', 10_000, 'limited'],
  ] as const) {
    test(`has what is left of ${whose} time afterwards, and no more`, async () => {
      const { sandbox, runner, clock, letCome } = open();
      const outcome = sandbox.run(request, notingObserver());
      const inside = await runner(0);
      inside.ready();
      inside.begin();
      if (status === 'timed-out') inside.tellTimeout(milliseconds);
      clock.pass(1000);
      inside.say({ type: 'awaits', file: LIBRARY });
      clock.pass(20_000);
      letCome();
      await until(() => (sandbox.state === 'running' ? true : null));
      clock.pass(milliseconds - 1001);
      assert.equal(sandbox.state, 'running');
      clock.pass(1);
      assert.equal((await outcome).status, status);
    });
  }

  test('before it begins is loading, then starting, and may wait longer than a boot', async () => {
    const { sandbox, runner, clock, letCome } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    const inside = await runner(0);
    assert.equal(sandbox.state, 'starting');
    inside.say({ type: 'awaits', file: LIBRARY });
    assert.equal(sandbox.state, 'loading');
    clock.pass(25_000);
    letCome();
    await until(() => (sandbox.state === 'starting' ? true : null));
    inside.ready();
    inside.begin();
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.deepEqual(observer.told, ['loading', 'starting', 'loading', 'starting', 'began cold']);
  });

  test('gains no time by saying so once the archive has come', async () => {
    const { sandbox, runner, clock, letCome } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    letCome();
    await until(() => hasArchive(inside));
    await nextTurn();
    inside.say({ type: 'awaits', file: LIBRARY });
    assert.equal(sandbox.state, 'running');
    clock.pass(10_000);
    assert.deepEqual(await outcome, { status: 'limited', by: 'milliseconds' });
  });

  test('ends when the archive is missing, and the next run asks for it anew', async () => {
    const { sandbox, runner, host, letCome } = open();
    const archive = host.files.get(ARCHIVE) ?? assert.fail();
    host.files.delete(ARCHIVE);
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.say({ type: 'awaits', file: LIBRARY });
    letCome();
    await assert.rejects(outcome, { name: 'PythonFileMissing', file: LIBRARY, status: 404 });
    host.files.set(ARCHIVE, archive);
    const next = sandbox.run(request, notingObserver());
    const other = await runner(1);
    await until(() => hasArchive(other));
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await next, { status: 'returned', payload: '2' });
  });

  test('ends when the archive stops coming', async () => {
    const { sandbox, runner, host, clock, letCome } = open();
    host.silent.add(ARCHIVE);
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.say({ type: 'awaits', file: LIBRARY });
    letCome();
    await until(() => (host.requests.includes(ARCHIVE) ? true : null));
    clock.pass(30_000);
    await assert.rejects(outcome, { name: 'PythonFileStalled', file: LIBRARY });
  });

  test('for the time zones as well loads them, once, and goes on', async () => {
    const { sandbox, runner, host, clock } = open();
    const isZones = ({ posted }: FakeRunner): boolean =>
      posted.some((message) => message.type === 'python' && message.file === ZONES);
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    await nextTurn();
    assert.equal(isZones(inside), false, 'nothing asked for them');
    inside.say({ type: 'awaits', file: ZONES });
    assert.equal(sandbox.state, 'loading');
    await until(() => (isZones(inside) ? true : null));
    await until(() => (sandbox.state === 'running' ? true : null));
    // To say so again gains no time.
    inside.say({ type: 'awaits', file: ZONES });
    assert.equal(sandbox.state, 'running');
    assert.equal(host.requests.filter((path) => path === '_sandbox/zones.bin').length, 1);
    clock.pass(10_000);
    assert.deepEqual(await outcome, { status: 'limited', by: 'milliseconds' });
  });

  test('can be stopped', async () => {
    const { sandbox, runner, clock } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.say({ type: 'awaits', file: LIBRARY });
    sandbox.stop();
    await assert.rejects(outcome, { name: 'SandboxStopped' });
    assert.equal(inside.removed, true);
    clock.pass(29_000);
    assert.equal(sandbox.state, 'idle');
  });
});

suite('an archive that does not come', () => {
  test('ends no run that needs nothing of it; one that waits for it later loads it again at once', async () => {
    const { sandbox, runner, host, letCome } = open();
    const archive = host.files.get(ARCHIVE) ?? assert.fail();
    host.files.delete(ARCHIVE);
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    letCome();
    await until(() => (host.requests.includes(ARCHIVE) ? true : null));
    inside.ready();
    inside.begin();
    inside.answer('1');
    assert.deepEqual(await first, { status: 'returned', payload: '1' });
    await nextTurn();
    host.files.set(ARCHIVE, archive);
    const observer = notingObserver();
    const second = sandbox.run(request, observer);
    await runner(0, 2);
    inside.begin(inside.lastRun, false);
    inside.say({ type: 'awaits', file: LIBRARY });
    assert.deepEqual(observer.told, ['began warm', 'loading']);
    await until(() => (sandbox.state === 'running' ? true : null));
    inside.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
  });
});

suite('a boot image that does not come', () => {
  test('is nobody’s fault: Python is told that there is none, and has the archive before it starts', async () => {
    const { sandbox, runner, host, letCome } = open();
    host.files.delete('_sandbox/image.bin');
    letCome();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    await until(() => (sandbox.state === 'starting' ? true : null));
    const image = inside.posted.find((message) => message.type === 'python' && message.file === 'boot.image');
    assert.deepEqual(image, { type: 'python', file: 'boot.image', bytes: null, packing: 'none' });
    assert.equal(hasArchive(inside), true);
    inside.ready();
    inside.begin();
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.equal(host.requests.filter((path) => path === ARCHIVE).length, 1);
  });
});
