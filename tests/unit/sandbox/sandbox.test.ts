import type { TraceEvent } from '../../../src/trace/format.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BOOT_FILES, LIBRARY } from '../../../src/sandbox/python-files.ts';
import { RunnerBlocked } from '../../../src/sandbox/errors.ts';
import { Sandbox, type SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import {
  fakePage,
  nextTurn,
  notingObserver,
  request,
  until,
  type FakePage,
  type FakeRunner,
} from './fakes.ts';

/** A page, and a sandbox in it that never looks at a document: its runners are fakes. */
function open(settings: Partial<SandboxOptions> = {}): FakePage & { readonly sandbox: Sandbox } {
  const page = fakePage();
  const options = { base: new URL('http://host/base/'), document: null as unknown as Document, ...settings };
  return { ...page, sandbox: new Sandbox({ assets: page.assets, deadline: 10_000, ...options }, page) };
}

const line = { kind: 'output', stream: 'stdout', text: 'hello\n' } as const;

const about = { modified: 1, etag: 'e', type: 't', metadata: { a: 'b' } };

function put(key: string, blob: string): TraceEvent {
  return { kind: 'object', bucket: 'b', key, size: 1, blob, about };
}

suite('a run', () => {
  test('loads, starts, begins, records and returns', async () => {
    const { sandbox, runner } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    assert.equal(sandbox.state, 'loading');
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    assert.equal(sandbox.state, 'running');
    inside.record([line]);
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.equal(sandbox.state, 'warm');
    assert.deepEqual(observer.told, ['loading', 'starting', 'began cold', 'output']);
    const { environment } = inside.posted.find(({ type }) => type === 'start') as { environment: object };
    assert.deepEqual(environment, {
      platform: { ...(environment as { platform: object }).platform, entry: '/var/run.py' },
      image: { '/var/run.py': 'run()', '/var/run.so': new Uint8Array([1, 2]) },
      task: request.task,
      setup: request.setup,
      objects: {},
    });
  });

  test('of the same function is warm, and needs no network', async () => {
    const { sandbox, runner, host } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.answer('1');
    await first;
    const requests = host.requests.length;
    const observer = notingObserver();
    const second = sandbox.run({ ...request, event: '2' }, observer);
    assert.equal(sandbox.state, 'running');
    await runner(0, 2);
    assert.deepEqual(inside.queues.at(-1), [{ run: inside.lastRun, event: '2' }]);
    inside.begin(inside.lastRun, false);
    inside.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
    assert.deepEqual(observer.told, ['began warm']);
    assert.equal(host.requests.length, requests);
  });

  test('of an edited function is a cold start from the kept bytes', async () => {
    const { sandbox, runner, host } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.answer('1');
    await first;
    const requests = host.requests.length;
    const observer = notingObserver();
    const second = sandbox.run({ ...request, task: { '/var/task/main.py': 'edited' } }, observer);
    const other = await runner(1);
    assert.equal(inside.removed, true);
    other.ready();
    other.begin();
    other.answer('2');
    await second;
    assert.equal(host.requests.length, requests);
    assert.deepEqual(observer.told, ['starting', 'began cold']);
  });

  test('on an edited runtime is a cold start of that runtime, and of the platform’s own again without the edit', async () => {
    const { sandbox, runner } = open();
    const started = [];
    for (const image of [{}, { '/var/run.py': 'changed()' }, {}]) {
      const outcome = sandbox.run({ ...request, image }, notingObserver());
      const inside = await runner(started.length);
      inside.ready();
      inside.begin();
      inside.answer('1');
      await outcome;
      started.push(inside.posted.find(({ type }) => type === 'start'));
    }
    assert.deepEqual(
      started.map((message) => message?.type === 'start' && message.environment.image),
      ['run()', 'changed()', 'run()'].map((text) => ({
        '/var/run.py': text,
        '/var/run.so': new Uint8Array([1, 2]),
      })),
    );
  });

  test('is prepared for by loading and opening the frame', async () => {
    const { sandbox, runner, runners, clock } = open();
    sandbox.prepare();
    sandbox.prepare();
    await until(() => (runners[0]?.posted.length === 1 + BOOT_FILES.length ? true : null));
    // However long the reader takes: nothing was asked of Python yet.
    clock.pass(600_000);
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    assert.equal(runners.length, 1);
  });
});

suite('a run ends', () => {
  test('when it is stopped, whatever the environment is doing', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    sandbox.stop();
    await assert.rejects(outcome, { name: 'SandboxStopped' });
    await nextTurn();
    assert.equal(inside.removed, true);
    assert.equal(sandbox.state, 'idle');
  });

  test('when another one begins', async () => {
    const { sandbox, runner } = open();
    const first = sandbox.run(request, notingObserver());
    const stopped = assert.rejects(first, { name: 'SandboxStopped' });
    const second = sandbox.run(request, notingObserver());
    await stopped;
    // The first one's runner was never opened: its worker's script had not come yet.
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
  });

  test('after ten seconds in which the page was looked at', async () => {
    const { sandbox, runner, clock } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    clock.pass(9000);
    inside.ready();
    inside.begin();
    clock.pass(9000);
    clock.show(false);
    clock.pass(60_000);
    clock.show(true);
    clock.pass(999);
    assert.equal(sandbox.state, 'running');
    clock.pass(1);
    assert.deepEqual(await outcome, { status: 'limited', by: 'milliseconds' });
    assert.equal(sandbox.state, 'idle');
    assert.equal(clock.waiting, 0);
  });

  test('when the function’s time is up: the platform has the last word, and the next run is a cold start', async () => {
    const { sandbox, runner, clock } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.record([line]);
    inside.tellTimeout(3000, 'REPORT\n');
    clock.pass(2999);
    assert.equal(inside.removed, false);
    clock.visible = false;
    clock.show(false);
    clock.pass(60_000);
    clock.show(true);
    clock.pass(1);
    assert.deepEqual(await outcome, { status: 'timed-out', milliseconds: 3000, payload: '{"late": true}' });
    assert.deepEqual(observer.told.slice(-3), ['began cold', 'output', 'output']);
    assert.equal(inside.removed, true);
    assert.equal(sandbox.state, 'idle');
    assert.equal(clock.waiting, 0);
    void sandbox.run(request, notingObserver()).catch(() => undefined);
    assert.equal((await runner(1)).removed, false);
    sandbox.stop();
  });

  test('before its time is up when it is answered: then nothing is said later', async () => {
    const { sandbox, runner, clock } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.tellTimeout(3000, 'REPORT\n');
    inside.answer('1');
    assert.deepEqual(await outcome, { status: 'returned', payload: '1' });
    clock.pass(60_000);
    assert.equal(observer.told.at(-1), 'began cold');
    assert.equal(inside.removed, false);
  });

  test('when Python crashes, and the next one is a cold start', async () => {
    const { sandbox, runner } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.say({ type: 'crashed', name: 'RangeError', message: 'too much recursion' });
    await assert.rejects(first, {
      name: 'EnvironmentCrashed',
      failure: 'RangeError',
      detail: 'too much recursion',
    });
    const second = sandbox.run(request, notingObserver());
    const other = await runner(1);
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
  });

  test('when Python has used up its memory, and the next one is a cold start', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.say({ type: 'finished', run: inside.lastRun, outcome: { status: 'limited', by: 'memory' } });
    assert.deepEqual(await outcome, { status: 'limited', by: 'memory' });
    await nextTurn();
    assert.deepEqual([sandbox.state, inside.removed], ['idle', true]);
    const next = sandbox.run(request, notingObserver());
    const other = await runner(1);
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await next, { status: 'returned', payload: '2' });
  });

  test('when Python has its files and never starts', async () => {
    const { sandbox, runner, clock } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    await until(() =>
      inside.posted.some((message) => message.type === 'python' && message.file === LIBRARY) ? true : null,
    );
    await nextTurn();
    clock.pass(60_000);
    await assert.rejects(outcome, { name: 'BootStalled', seconds: 60 });
  });

  test('when the worker is blocked', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    (await runner(0)).block(new RunnerBlocked('worker'));
    await assert.rejects(outcome, { name: 'RunnerBlocked', part: 'worker' });
  });

  test('when a file is missing, and the next one fetches that file and what comes after', async () => {
    const { sandbox, living, host } = open();
    const wasm = host.files.get('_sandbox/wasm.bin') ?? assert.fail();
    host.files.delete('_sandbox/wasm.bin');
    await assert.rejects(sandbox.run(request, notingObserver()), {
      name: 'PythonFileMissing',
      file: 'pyodide.asm.wasm',
      status: 404,
    });
    host.files.set('_sandbox/wasm.bin', wasm);
    host.requests.length = 0;
    const second = sandbox.run(request, notingObserver());
    const inside = await living();
    inside.ready();
    inside.begin();
    inside.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
    assert.deepEqual(host.requests, ['_sandbox/wasm.bin', '_sandbox/zip.bin']);
  });
});

suite('an environment that exits', () => {
  test('with an answer is replaced at the next run', async () => {
    const { sandbox, runner } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    const outcome = { status: 'exited', code: 7, payload: '{}' } as const;
    inside.say({ type: 'finished', run: inside.lastRun, outcome });
    inside.say({ type: 'exited', code: 7, restarts: false });
    assert.deepEqual(await first, outcome);
    assert.equal(sandbox.state, 'idle');
  });

  for (const waits of [true, false]) {
    test(`as its answer leaves nothing to wait or to repeat (${waits ? 'suspended' : 'queue'})`, async () => {
      const { sandbox, runner } = open();
      const outcome = { status: 'completed', payload: '1' } as const;
      for (const at of [0, 1]) {
        const observer = notingObserver();
        const run = sandbox.run(request, observer);
        const inside = await runner(at);
        assert.deepEqual(inside.queues, [[{ run: inside.lastRun, event: request.event }]]);
        inside.ready(waits);
        inside.begin();
        inside.say({ type: 'finished', run: inside.lastRun, outcome });
        inside.say({ type: 'exited', code: 0, restarts: false });
        assert.deepEqual(await run, outcome);
        assert.equal(sandbox.state, 'idle');
        assert.equal(observer.told.at(-1), 'began cold');
      }
    });
  }

  for (const end of [
    { type: 'exited', code: 1, restarts: false },
    { type: 'crashed', name: 'E', message: '' },
  ] as const) {
    test(`after it has answered tells whoever believes that it waits (${end.type})`, async () => {
      const { sandbox, runner } = open();
      const observer = notingObserver();
      const first = sandbox.run(request, observer);
      const inside = await runner(0);
      inside.ready();
      inside.begin();
      inside.answer('1');
      await first;
      assert.equal(sandbox.state, 'warm');
      inside.say(end);
      await until(() => (sandbox.state === 'idle' ? true : null));
      assert.deepEqual(observer.told, ['loading', 'starting', 'began cold', 'left']);
    });
  }

  test('before it takes a run on leaves that run to a new one', async () => {
    const { sandbox, runner } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.answer('1');
    await first;
    const second = sandbox.run(request, notingObserver());
    inside.say({ type: 'exited', code: 1, restarts: false });
    const other = await runner(1);
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
  });

  test('and owes an answer has crashed', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.say({ type: 'exited', code: 1, restarts: false });
    await assert.rejects(outcome, { name: 'EnvironmentCrashed', failure: 'Exited' });
  });
});

suite('where Python cannot wait', () => {
  test('a run repeats the earlier ones unseen, from what the buckets held at first', async () => {
    const { sandbox, runner } = open({ mayWait: false });
    const first = sandbox.run({ ...request, event: '1' }, notingObserver());
    const inside = await runner(0);
    inside.ready(false);
    inside.begin();
    inside.record([put('one', 'x')], { x: new Uint8Array([1]) });
    inside.answer('1');
    await first;

    const observer = notingObserver();
    const second = sandbox.run({ ...request, event: '2' }, observer);
    const other = await runner(1);
    assert.deepEqual(
      other.queues[0]?.map(({ event }) => event),
      ['1', '2'],
    );
    const [repeated] = other.queues[0];
    const start = other.posted.find((message) => message.type === 'start');
    assert.deepEqual(start?.environment.objects, {});
    assert.deepEqual(
      other.posted.find((message) => message.type === 'boot'),
      { type: 'boot', mayWait: false },
    );
    other.ready(false);
    other.begin(repeated?.run);
    other.record([line, put('one', 'x')], { x: new Uint8Array([1]) }, repeated?.run);
    other.answer('1', repeated?.run);
    assert.equal(sandbox.state, 'starting');
    other.begin(other.lastRun, false);
    other.record([line]);
    other.answer('2');
    assert.deepEqual(await second, { status: 'returned', payload: '2' });
    assert.deepEqual(observer.told, ['starting', 'began warm', 'output']);
    assert.equal(other.removed, true);
  });
});

suite('buckets', () => {
  test('outlive environments, even a crash', async () => {
    const { sandbox, runner } = open();
    const first = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.record([{ kind: 'bucket', bucket: 'b', created: 7 }]);
    inside.record([put('one', 'x'), put('two', 'y')], { x: new Uint8Array([1]), y: new Uint8Array([2]) });
    inside.record([{ kind: 'object', bucket: 'b', key: 'two', size: null, blob: null, about: null }]);
    inside.say({ type: 'crashed', name: 'Error', message: '' });
    await assert.rejects(first);
    const second = sandbox.run(request, notingObserver());
    const other = await runner(1);
    const start = other.posted.find((message) => message.type === 'start');
    assert.deepEqual(start?.environment.objects, {
      b: { created: 7, objects: { one: { bytes: new Uint8Array([1]), about } } },
    });
    sandbox.stop();
    await assert.rejects(second);
  });
});

suite('reader code that forges messages', () => {
  test('gains no time by telling another time-out', async () => {
    const { sandbox, runner, clock } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.tellTimeout(5000, '', inside.lastRun + 1);
    inside.tellTimeout(3000);
    inside.tellTimeout(9000);
    clock.pass(3000);
    assert.equal((await outcome).status, 'timed-out');
  });

  test('gains no time by beginning again, and no run by naming another', async () => {
    const { sandbox, runner, clock } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    clock.pass(6000);
    inside.begin();
    inside.begin(99);
    inside.ready();
    inside.record([line], {}, 99);
    inside.answer('forged', 99);
    clock.pass(4000);
    assert.deepEqual(await outcome, { status: 'limited', by: 'milliseconds' });
    assert.deepEqual(observer.told, ['loading', 'starting', 'began cold']);
  });

  const nonsense: readonly [string, (inside: FakeRunner) => unknown][] = [
    ['what is no message', () => 'nonsense'],
    ['what cannot be read', () => null],
    [
      'an end that only the page may tell',
      ({ lastRun }) => {
        const outcome = { status: 'limited', by: 'milliseconds' };
        return { type: 'finished', run: lastRun, outcome };
      },
    ],
    [
      'a record with a part that makes no sense',
      ({ lastRun: run }) => {
        return { type: 'recorded', run, events: [line, { kind: 'jump' }], blobs: {} };
      },
    ],
  ];
  for (const [name, forge] of nonsense) {
    test(`loses its environment by ${name}, and the page says so`, async () => {
      const { sandbox, runner } = open();
      const observer = notingObserver();
      const outcome = sandbox.run(request, observer);
      const inside = await runner(0);
      inside.ready();
      inside.begin();
      inside.forge(forge(inside));
      inside.record([line]);
      assert.deepEqual(await outcome, { status: 'limited', by: 'senseless' });
      assert.deepEqual(observer.told, ['loading', 'starting', 'began cold']);
      assert.equal(inside.removed, true);
      assert.equal(sandbox.state, 'idle');
    });
  }

  test('loses a warm environment by nonsense, and whoever believes that it waits is told', async () => {
    const { sandbox, runner } = open();
    const observer = notingObserver();
    const outcome = sandbox.run(request, observer);
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    inside.answer('1');
    await outcome;
    inside.forge({ type: 'ready' });
    assert.equal(observer.told.at(-1), 'left');
    assert.equal(sandbox.state, 'idle');
  });

  test('loses its environment by sending more than a run may, whatever run it names', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    const blob = new Uint8Array(50_000_000);
    for (const [index, key] of ['1', '2', '3'].entries())
      inside.record([put(key, 'x')], { x: blob }, inside.lastRun + index);
    assert.deepEqual(await outcome, { status: 'limited', by: 'sent', what: 'bytes', most: 128_000_000 });
  });

  test('loses its environment by messages without end, though there is nothing in them', async () => {
    const { sandbox, runner } = open();
    const outcome = sandbox.run(request, notingObserver());
    const inside = await runner(0);
    inside.ready();
    inside.begin();
    for (let i = 0; i < 10_001; i += 1) inside.record([], {}, 99);
    assert.deepEqual(await outcome, { status: 'limited', by: 'sent', what: 'messages', most: 10_000 });
  });

  test('fills no buckets over many runs: they are emptied, and the next run works', async () => {
    const { sandbox, runner } = open();
    const blob = new Uint8Array(100_000_000);
    const outcomes: unknown[] = [];
    const inside = [await runOnce(0), await runOnce(1), await runOnce(2)];
    async function runOnce(index: number): Promise<FakeRunner> {
      const outcome = sandbox.run(request, notingObserver());
      const one = await runner(0, index + 1);
      if (index === 0) one.ready();
      one.begin();
      one.record([put(String(index), 'x')], { x: blob });
      one.answer('1');
      outcomes.push(await outcome);
      return one;
    }
    assert.equal(inside[2], inside[0]);
    assert.deepEqual(outcomes[2], { status: 'limited', by: 'sent', what: 'kept', most: 256_000_000 });
    const next = sandbox.run(request, notingObserver());
    const other = await runner(1);
    const start = other.posted.find((message) => message.type === 'start');
    assert.deepEqual(start?.environment.objects, {});
    other.ready();
    other.begin();
    other.answer('2');
    assert.deepEqual(await next, { status: 'returned', payload: '2' });
  });
});
