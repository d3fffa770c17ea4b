import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { eventsToLog, type TraceEvent } from '../../../src/trace/format.ts';
import { runHandler, runToDeadline } from '../run-handler.ts';

const logsOf = (environments: readonly EnvironmentRecord[]): string[] =>
  environments.flatMap(({ runs }) => runs.map(({ events }) => eventsToLog(events)));

const COUNTER = `import boto3

runs = 0


def lambda_handler(event, context):
    global runs
    runs += 1
    print("run", runs)
    boto3.resource("s3").Object("b", str(runs)).put(Body=b"x" * runs)
    return {"runs": runs, "event": event}
`;

describe('the two ways of waiting', () => {
  it('show a reader the same', async () => {
    const events = ['{"n": 1}', '{"n": 2}', '{"n": 3}'];
    const suspended = await runHandler(COUNTER, { events });
    const queued = await runHandler(COUNTER, { events, waiting: 'queue' });
    assert.deepEqual(queued, suspended);
    assert.deepEqual(
      suspended.flatMap(({ runs }) => runs.map(({ beginning, outcome }) => [beginning.cold, outcome])),
      [1, 2, 3].map((n) => [
        n === 1,
        { status: 'returned', payload: `{"runs": ${String(n)}, "event": {"n": ${String(n)}}}` },
      ]),
    );
    assert.deepEqual(Object.keys(suspended[0]?.objects.b?.objects ?? {}), ['1', '2', '3']);
  });
});

describe('the simulated world', () => {
  it('gives the same run twice, clock, chance and all', async () => {
    const source =
      'import time, datetime, random, uuid, os\ndef lambda_handler(event, context):\n    time.sleep(0.5)\n    print(time.time(), datetime.datetime.now(), random.random(), uuid.uuid4(), os.urandom(4))\n';
    const [first, second] = [await runHandler(source), await runHandler(source)];
    assert.deepEqual(second, first);
    assert.match(logsOf(first)[0] ?? '', /\n1481673600\.\d+ 2016-12-14 00:00:00\.\d+ /);
  });
});

describe('a trace', () => {
  it('tells the phases in order, and every frame that is entered is left', async () => {
    const [environment] = await runHandler('def lambda_handler(event, context):\n    return 1\n', {
      events: ['1', '2'],
    });
    const events = environment?.runs.flatMap((one) => one.events) ?? [];
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : [])),
      ['init', 'wait', 'invoke', 'respond', 'wait', 'invoke', 'respond'],
    );
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'message' ? [`${event.from}: ${event.what}`] : [])),
      [
        'service: recv_start',
        'bootstrap: report_running',
        'service: receive_invoke',
        'bootstrap: report_done',
        'service: receive_invoke',
        'bootstrap: report_done',
      ],
    );
    const entered = new Map(
      events.flatMap((event) => (event.kind === 'call' ? [[event.frame, event.name]] : [])),
    );
    for (const event of events) if (event.kind === 'return') entered.delete(event.frame);
    // Those in which the process still stands: it has answered and not yet waited again.
    assert.deepEqual([...entered.values()], ['<module>', 'main', 'handle_event_request']);
  });

  it('puts the import of the handler into the first invocation when it is put off', async () => {
    const source = 'print("loading")\ndef lambda_handler(event, context):\n    return 1\n';
    const [[early], [late]] = [
      logsOf(await runHandler(source)),
      logsOf(await runHandler(source, { suppressInit: true })),
    ];
    assert.match(early ?? '', /^loading\nSTART /);
    assert.match(late ?? '', /^START [^\n]+\nloading\n/);
  });

  it('that reaches its cap says so once, and the run goes on', async () => {
    const [environment] = await runHandler(
      'def lambda_handler(event, context):\n    for n in range(100_000):\n        pass\n    return n\n',
      { limits: { events: 500, output: 100 } },
    );
    const [one] = environment?.runs ?? [];
    assert.deepEqual(one?.outcome, { status: 'returned', payload: '99999' });
    const isTraced = ({ kind }: TraceEvent): boolean => ['call', 'line', 'return', 'raise'].includes(kind);
    assert.equal(one.events.filter(isTraced).length, 500);
    assert.deepEqual(
      one.events.filter(({ kind }) => kind === 'cut'),
      [{ kind: 'cut', what: 'events', limit: 500 }],
    );
  });
});

describe('what is too much', () => {
  it('of printing is cut, and the platform’s own lines are not', async () => {
    const [environment] = await runHandler(
      'def lambda_handler(event, context):\n    for n in range(1_000_000):\n        print(n)\n',
      { limits: { events: 0, output: 1000 } },
    );
    const log = eventsToLog(environment?.runs[0]?.events ?? []);
    assert.ok(log.length < 2000, `${String(log.length)} characters`);
    assert.match(log, /^START (?:.*\n)*.*keeps the first 1000 characters(?:.*\n)*END (?:.*\n)REPORT .*\n$/);
  });

  it('of time ends the environment, and the next event finds a new one', async () => {
    const environments = await runToDeadline(
      'runs = 0\ndef lambda_handler(event, context):\n    global runs\n    runs += 1\n    print("run", runs)\n    while event:\n        try:\n            sum(range(10**6))\n        except:\n            pass\n    return runs\n',
      1,
      { events: ['0', '1', '0'] },
    );
    assert.deepEqual(
      environments.map(({ runs }) => runs.map(({ outcome }) => outcome)),
      [
        [
          { status: 'returned', payload: '1' },
          { status: 'limited', by: 'milliseconds' },
        ],
        [{ status: 'returned', payload: '1' }],
      ],
    );
    assert.match(logsOf(environments)[1] ?? '', /^START [^\n]+\nrun 2\n$/);
  });
});

const SLEEPER = `import time

runs = 0


def lambda_handler(event, context):
    global runs
    runs += 1
    print("run", runs)
    try:
        if event == "sleep":
            time.sleep(60)
        while event == "look":
            time.monotonic()
        while event == "loop":
            pass
    except BaseException:
        print("caught")
    return runs
`;

describe('the time-out of a function', () => {
  const endings = (environments: readonly EnvironmentRecord[]): unknown[] =>
    environments.map(({ runs, exit }) => [exit, ...runs.map(({ outcome }) => outcome.status)]);

  for (const [event, platform, waiting] of [
    ['"sleep"', 'lambda-2016', 'suspended'],
    ['"sleep"', 'lambda-2016', 'queue'],
    ['"look"', 'lambda-2016', 'suspended'],
    ['"sleep"', 'lambda-today', 'suspended'],
  ] as const) {
    it(`ends in no time whoever would ${event} for long (${platform}, ${waiting})`, async () => {
      const environments = await runHandler(SLEEPER, { platform, waiting, events: ['0', event, '0'] });
      assert.deepEqual(endings(environments), [
        [null, 'returned', 'timed-out'],
        [null, 'returned'],
      ]);
      const [, late] = environments[0]?.runs ?? [];
      assert.ok(late?.outcome.status === 'timed-out');
      const { errorMessage } = JSON.parse(late.outcome.payload) as { errorMessage: string };
      const { request } = late.beginning;
      const isOld = platform === 'lambda-2016';
      assert.match(
        errorMessage,
        isOld
          ? new RegExp(`^2016-12-14T00:00:03\\.\\d{3}Z ${request} Task timed out after 3\\.00 seconds$`)
          : new RegExp(`^RequestId: ${request} Error: Task timed out after 3\\.00 seconds$`),
      );
      const lines = eventsToLog(late.events).split('\n');
      assert.equal(lines[1], 'run 2');
      assert.equal(lines.includes(errorMessage), isOld);
      assert.ok(
        lines.some((line) => line.startsWith(`REPORT RequestId: ${request}\tDuration: 3000.00 ms\t`)),
      );
      assert.ok(!lines.includes('caught'));
    });
  }

  it('ends a loop that looks at no clock, told by the real one', async () => {
    const events = ['"loop"', '0'];
    const environments = await runHandler(SLEEPER, { events, timeout: 1000, world: 'real' });
    assert.deepEqual(endings(environments), [
      [null, 'timed-out'],
      [null, 'returned'],
    ]);
    const log = logsOf(environments)[0] ?? '';
    assert.match(
      log,
      /^START [^\n]+\nrun 1\nEND [^\n]+\nREPORT [^\n]+\n[^\n]+ Task timed out after 1\.00 seconds\n$/,
    );
    assert.match(log, /Duration: 1000\.00 ms/);
  });
});
