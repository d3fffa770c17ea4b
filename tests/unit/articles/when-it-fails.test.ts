/** What «What does Lambda do when your function fails?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { runHandler } from '../run-handler.ts';
import { framesIn, recordedRuns, tellOf, type Told } from './example-runs.ts';

/** The first two runs of an example; the first is what a reader of the article sees. */
async function tell(example: string, platform?: string): Promise<[Told, Told]> {
  const [first, second] = (await recordedRuns(example, platform)).map(tellOf);
  assert.ok(first && second, `${example} has two events`);
  return [first, second];
}

/** What the caller got. */
function answerOf({ outcome }: Told): Record<string, unknown> {
  assert.ok('payload' in outcome);
  return JSON.parse(outcome.payload) as Record<string, unknown>;
}

/** How a case ends on the runtime of today: a row of the article's table. */
async function ending(example: string): Promise<readonly unknown[]> {
  const [first, second] = await tell(example, 'lambda-today');
  const count = (words: RegExp): number => first.log.match(words)?.length ?? 0;
  const [, status = null] = /^REPORT .*\tStatus: (\w+)/m.exec(first.log) ?? [];
  return [
    count(/^\[ERROR\] /gm),
    count(/^INIT_REPORT /gm),
    status,
    answerOf(first).errorType,
    second.cold ? 'ended' : 'kept',
  ];
}

// Claims: seven-endings
it('seven cases end as the table says', async () => {
  const table = {
    'raise-an-error': [1, 0, null, 'ZeroDivisionError', 'kept'],
    'import-what-is-not-there': [2, 2, 'error', 'Runtime.ImportModuleError', 'ended'],
    'break-the-syntax': [2, 2, 'error', 'Runtime.UserCodeSyntaxError', 'ended'],
    'return-what-json-lacks': [1, 0, null, 'Runtime.MarshalError', 'kept'],
    'leave-by-exit': [0, 0, 'error', 'Runtime.ExitError', 'ended'],
    'take-too-long': [0, 0, 'timeout', 'Sandbox.Timedout', 'ended'],
    'load-too-long': [0, 2, 'timeout', 'Sandbox.Timedout', 'ended'],
  };
  const cases = Object.keys(table);
  const rows = await Promise.all(cases.map(async (name) => [name, await ending(name)] as const));
  assert.deepEqual(Object.fromEntries(rows), table);
});

describe('an error in the handler', () => {
  it('is in the log and in the answer of 2016, with the same frames; the next run is warm', async () => {
    const [failed, next] = await tell('raise-an-error');
    assert.match(failed.log, /^division by zero: ZeroDivisionError\nTraceback /m);
    assert.ok(failed.outcome.status === 'raised');
    const payload = JSON.parse(failed.outcome.payload) as { stackTrace: [string, number, string, string][] };
    assert.deepEqual(Object.keys(payload), ['stackTrace', 'errorType', 'errorMessage']);
    assert.deepEqual(
      payload.stackTrace.map(([file, , name]) => `${name} (${file.split('/').at(-1) ?? ''})`),
      framesIn(failed.log),
    );
    assert.deepEqual([failed.cold, next.cold], [true, false]);
    assert.match(next.log, /^Call 2$/m);
  });

  // Claims: error-goes-to-log-and-caller, today-leaves-its-own-frames-out, error-keeps-the-environment
  it('is told today without the runtime’s frames, and with the id of the request; the process is kept', async () => {
    const [failed, next] = await tell('raise-an-error', 'lambda-today');
    const { stackTrace, ...told } = answerOf(failed);
    assert.deepEqual(Object.keys(told).toSorted(), ['errorMessage', 'errorType', 'requestId']);
    assert.deepEqual(framesIn((stackTrace as readonly string[]).join('')), [
      'lambda_handler (lambda_function.py)',
    ]);
    const errors =
      /^\[ERROR\] ZeroDivisionError: division by zero\nTraceback .*\n {2}File ".*lambda_function\.py"/m;
    assert.match(failed.log.replaceAll('\u00a0', ' '), errors);
    assert.doesNotMatch(failed.log, /bootstrap\.py/);
    assert.deepEqual([failed.cold, next.cold], [true, false]);
    assert.match(next.log, /^Call 2$/m);
  });
});

describe('an import that fails', () => {
  // Claims: failed-import-is-told-after-start, failed-import-answers-every-time
  it('is told of behind START, in every run of the same environment', async () => {
    const [first, second] = await tell('import-what-is-not-there');
    assert.match(first.log, /^START .*\nUnable to import module /);
    assert.equal(second.cold, false);
    assert.deepEqual(second.outcome, first.outcome);
    assert.equal(first.outcome.status, 'raised');
  });

  // Claims: bad-syntax-runs-no-line
  it('runs no line of a file that does not compile', async () => {
    const [first] = await tell('break-the-syntax');
    assert.match(first.log, /^START .*\nSyntax error in module 'lambda_function'/);
    const source = await readFile('content/examples/break-the-syntax/task/lambda_function.py', 'utf8');
    assert.match(source, /^print\(/, 'its first line would be seen');
    const [today] = await tell('break-the-syntax', 'lambda-today');
    assert.doesNotMatch(today.log, /Here I am/);
  });

  // Claims: today-failed-import-ends-the-process
  it('is told of twice before START today, with its reason, and the next run fails alike in a new process', async () => {
    const [first, second] = await tell('import-what-is-not-there', 'lambda-today');
    const [before = ''] = first.log.split(/^START /m);
    assert.equal(before.match(/Unable to import module /g)?.length, 2);
    assert.equal(before.match(/^INIT_REPORT /gm)?.length, 2);
    assert.match(String(answerOf(first).errorMessage), /No module named 'requets'/);
    assert.equal(second.cold, true);
    assert.deepEqual(second.outcome, first.outcome);
    assert.equal(first.outcome.status, 'exited');
  });

  // Claims: today-tells-the-caller-the-line
  it('tells the caller of today the line of bad syntax, and not the caller of 2016', async () => {
    const told = await Promise.all(
      ['lambda-2016', 'lambda-today'].map(async (platform) => {
        const [first] = await tell('break-the-syntax', platform);
        return JSON.stringify(answerOf(first)).includes('line 3');
      }),
    );
    assert.deepEqual(told, [false, true]);
  });
});

describe('a result that JSON lacks', () => {
  it('is, in 2016, an error without a frame of the handler’s, and the environment is kept', async () => {
    const [first, second] = await tell('return-what-json-lacks');
    assert.equal(first.outcome.status, 'raised');
    const frames = framesIn(first.log);
    assert.ok(frames.length > 0);
    assert.deepEqual(
      frames.filter((frame) => frame.includes('lambda_function.py')),
      [],
    );
    assert.equal(second.cold, false);
  });

  // Claims: today-unwritable-result-has-no-frames, unwritable-result-keeps-the-environment
  it('has no frames today, and a class of the runtime’s', async () => {
    const [first, second] = await tell('return-what-json-lacks', 'lambda-today');
    const { errorType, stackTrace } = answerOf(first);
    assert.deepEqual([errorType, stackTrace], ['Runtime.MarshalError', []]);
    assert.deepEqual(framesIn(first.log), []);
    assert.equal(second.cold, false);
  });
});

describe('leaving by the exit', () => {
  // Claims: exit-is-a-failure-without-traceback, exit-ends-the-environment
  it('is a failure without a traceback, and the next run is a cold start', async () => {
    const [first, second] = await tell('leave-by-exit');
    assert.ok(first.outcome.status === 'exited');
    assert.equal(first.outcome.code, 0);
    assert.match(first.outcome.payload, /Process exited before completing request/);
    assert.doesNotMatch(first.log, /Traceback/);
    assert.equal(second.cold, true);
    assert.match(second.log, /^A new process\n/);
    const [today, next] = await tell('leave-by-exit', 'lambda-today');
    assert.ok(today.outcome.status === 'exited');
    assert.equal(today.outcome.code, 0);
    assert.match(today.outcome.payload, /Runtime exited without providing a reason/);
    assert.doesNotMatch(today.log, /Traceback/);
    assert.equal(next.cold, true);
    assert.match(today.log, /^REPORT .*\tStatus: error\tError Type: Runtime\.ExitError\n?$/m);
  });

  // Claims: today-a-reset-keeps-tmp
  it('leaves today an environment whose `/tmp` is kept, and whose next init counts as the invocation’s', async () => {
    const source =
      'import os, sys\ndef lambda_handler(event, context):\n    open("/tmp/x", "a").write("x")\n    if event: sys.exit(0)\n    return os.path.getsize("/tmp/x")\n';
    const environments = await runHandler(source, { platform: 'lambda-today', events: ['1', '0'] });
    const [, second] = environments.flatMap((environment) => environment.runs.map(tellOf));
    assert.ok(second);
    assert.deepEqual(second.outcome, { status: 'returned', payload: '2' });
    assert.doesNotMatch(second.log, /INIT_START|Init Duration/);
  });

  // Claims: bare-except-holds-an-exit
  it('is held by an except without a class, and let pass by one for Exception', async () => {
    const source = `import sys
def lambda_handler(event, context):
    try:
        try:
            sys.exit(0)
        except Exception:
            return 'never'
    except:
        return 'fine'
`;
    for (const platform of ['lambda-2016', 'lambda-today']) {
      const environments = await runHandler(source, { platform, events: ['1', '2'] });
      const runs = environments.flatMap((environment) => environment.runs.map(tellOf));
      assert.deepEqual(
        runs.map(({ cold, outcome }) => [cold, outcome]),
        [true, false].map((cold) => [cold, { status: 'returned', payload: '"fine"' }]),
        platform,
      );
    }
  });
});

describe('running out of time', () => {
  // Claims: time-out-raises-nothing, time-out-ends-the-environment
  it('meets no finally, and the next run is a cold start', async () => {
    for (const platform of ['lambda-2016', 'lambda-today']) {
      const [late, inTime] = await tell('take-too-long', platform);
      assert.equal(late.outcome.status, 'timed-out', platform);
      assert.match(late.log, /^Waiting$/m);
      assert.doesNotMatch(late.log, /Cleaning up|Traceback/);
      assert.equal(inTime.cold, true);
      assert.match(inTime.log, /^Waiting\nCleaning up$/m);
    }
  });

  // Claims: time-out-line-has-moved
  it('is the last thing that the log of 2016 says; today REPORT tells of it, and the caller reads the words', async () => {
    const [then] = await tell('take-too-long');
    const [now] = await tell('take-too-long', 'lambda-today');
    assert.match(then.log, /^END [^]*^REPORT [^]*^.* Task timed out after [^]*$/m);
    assert.doesNotMatch(now.log, /Task timed out/);
    assert.match(now.log, /^REPORT .*\tStatus: timeout\n?$/m);
    assert.match(String(answerOf(now).errorMessage), / Task timed out after /);
    assert.doesNotMatch(now.log, /Cleaning up|Traceback/);
  });
});

describe('an init that takes too long', () => {
  // Claims: slow-init-times-out-twice, slow-init-fails-every-time
  it('is ended twice, by two limits; the next event begins with an init that is ended as well', async () => {
    const [first, second] = await tell('load-too-long', 'lambda-today');
    const inits = ({ log }: Told): string[] => log.match(/^INIT_REPORT .*$/gm) ?? [];
    assert.deepEqual(inits(first), [
      'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout',
      'INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout',
    ]);
    assert.deepEqual(inits(second), [
      'INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout',
    ]);
    for (const run of [first, second]) {
      assert.match(String(answerOf(run).errorMessage), / Task timed out after 3\.00 seconds$/);
      assert.doesNotMatch(run.log, /^Loaded$/m);
    }
  });
});
