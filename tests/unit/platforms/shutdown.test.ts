/** An environment that the platform removes: what its process hears of it, by what runs beside it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

const SHUTDOWN = '{"eventType": "SHUTDOWN", "shutdownReason": "SPINDOWN"}';

async function end(source: string, chosen: Chosen = {}): Promise<{ code: number | null; log: string }> {
  const environments = await runHandler(source, {
    platform: 'lambda-today',
    extension: 'external',
    events: ['1', SHUTDOWN],
    ...chosen,
  });
  const run = environments.flatMap(({ runs }) => runs)[1];
  const code = run?.outcome.status === 'shut-down' ? run.outcome.code : null;
  return { code, log: eventsToLog(run?.events ?? []) };
}

const HANDLER = 'def lambda_handler(event, context):\n    return event\n';

suite('an environment that is removed', () => {
  const handlers: readonly (readonly [string, string, number, string])[] = [
    ['without a handler of its own ends at SIGTERM', '', -15, ''],
    ['that ignores SIGTERM is killed', 'signal.signal(signal.SIGTERM, signal.SIG_IGN)\n', -9, ''],
    [
      'whose handler returns is killed soon after',
      'signal.signal(signal.SIGTERM, lambda number, frame: print("bye", number, frame is not None))\n',
      -9,
      'bye 15 True\n',
    ],
    [
      'whose handler exits has that status, and its exit functions run',
      'atexit.register(print, "at exit")\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(3))\n',
      3,
      'at exit\n',
    ],
    [
      'whose handler takes too long is killed in it',
      'def stop(*_):\n    print("begun")\n    time.sleep(60)\n    print("never")\nsignal.signal(signal.SIGTERM, stop)\n',
      -9,
      'begun\n',
    ],
  ];
  for (const waiting of ['suspended', 'queue'] as const)
    for (const [what, setUp, code, log] of handlers)
      test(`${what} (${waiting})`, async () => {
        const source = `import atexit, signal, sys, time\n${setUp}${HANDLER}`;
        assert.deepEqual(await end(source, { waiting }), { code, log });
      });

  test('and whose handler raises writes what Python writes of it', async () => {
    const source = `import signal\ndef stop(*_):\n    raise ValueError("no")\nsignal.signal(signal.SIGTERM, stop)\n${HANDLER}`;
    const { code, log } = await end(source);
    assert.equal(code, 1);
    // The runtime takes it for a failure of its wait, as it takes all that is raised there.
    assert.match(log, /in stop\n[^]*\nValueError: no\n[^]*Failed to get next invocation: no/);
    assert.doesNotMatch(log, /harness/);
  });

  test('had the extension’s line before its first invocation', async () => {
    for (const extension of ['internal', 'external'] as const) {
      const [environment] = await runHandler(HANDLER, {
        platform: 'lambda-today',
        extension,
        events: ['1', '2'],
      });
      const logs = environment?.runs.map(({ events }) => eventsToLog(events)) ?? [];
      const events = extension === 'external' ? 'INVOKE, SHUTDOWN' : '';
      const line = `EXTENSION\tName: lab-${extension}\tState: Ready\tEvents: [${events}]\n`;
      assert.match(logs[0] ?? '', /^INIT_START .*\nEXTENSION\t.*\nSTART /);
      assert.ok(logs[0]?.includes(line), logs[0]);
      assert.doesNotMatch(logs[1] ?? '', /EXTENSION/);
    }
  });

  test('is a plain event where nothing runs beside the process', async () => {
    const environments = await runHandler(HANDLER, { platform: 'lambda-today', events: [SHUTDOWN] });
    assert.deepEqual(environments[0]?.runs[0]?.outcome, { status: 'returned', payload: SHUTDOWN });
  });

  test('is followed by a new one, whose disk is empty', async () => {
    const source =
      'import os, signal\ndef lambda_handler(event, context):\n    open("/tmp/x", "a").write("x")\n    return len(open("/tmp/x").read())\n';
    const environments = await runHandler(source, {
      platform: 'lambda-today',
      extension: 'external',
      events: ['1', '1', SHUTDOWN, '1'],
    });
    const runs = environments.flatMap((environment) => environment.runs);
    assert.deepEqual(
      runs.map(({ beginning: { cold, reset }, outcome }) => [
        cold,
        reset,
        outcome.status === 'returned' ? outcome.payload : outcome.status,
      ]),
      [
        [true, undefined, '1'],
        [false, undefined, '2'],
        [false, undefined, 'shut-down'],
        [true, undefined, '1'],
      ],
    );
  });
});
