/** What «Who calls the handler on OpenWhisk and IronFunctions?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { recordedMessage } from '../../../src/components/article/recorded-message.ts';
import { recordExample } from '../../../src/integrations/recordings.ts';
import { eventsToLog } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';
import { framesIn, recordedRuns, tellOf, type Told } from './example-runs.ts';

const YOURS = 'lambda_handler (lambda_function.py)';
const MARKER = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX';
const OPENWHISK = ['openwhisk-actionloop', 'openwhisk-flask'] as const;
const IRON = ['ironfunctions-default', 'ironfunctions-http'] as const;

/** The frames that the handler printed on a platform. */
async function stackOn(platform: string): Promise<readonly string[]> {
  const [run] = await recordedRuns('print-the-stack', platform);
  assert.ok(run);
  return framesIn(tellOf(run).log);
}

const adapterOf = (platform: string, file: string): Promise<string> =>
  readFile(`content/examples/print-the-stack/on/${platform}/${file}`, 'utf8');

describe('the stack of the same handler', () => {
  // Claims: launcher-calls-at-its-top
  it('begins with the launcher’s top level on OpenWhisk today, and all else is its owner’s', async () => {
    assert.deepEqual(await stackOn('openwhisk-actionloop'), [
      '<module> (exec__.py)',
      'main (main__.py)',
      YOURS,
    ]);
  });

  // Claims: server-is-the-program, text-has-no-line
  it('begins with a web server on the older one, and passes through a text that has no line', async () => {
    const frames = await stackOn('openwhisk-flask');
    assert.equal(frames[0], '<module> (proxy.py)');
    assert.deepEqual(frames.slice(-3), ['<module> (<string>)', 'main (__main__.py)', YOURS]);
    const [run] = await recordedRuns('print-the-stack', 'openwhisk-flask');
    assert.ok(run);
    assert.match(tellOf(run).log, / {2}File "<string>", line 1, in <module>\n {2}File /);
  });

  // Claims: script-is-the-process, own-loop-calls
  it('is its owner’s alone on IronFunctions, and no longer in the hot format', async () => {
    for (const platform of IRON) assert.deepEqual(await stackOn(platform), ['<module> (func.py)', YOURS]);
    assert.match(await adapterOf('ironfunctions-http', 'func.py'), /^while /m);
  });
});

describe('an action of OpenWhisk', () => {
  // Claims: other-keys-become-variables, markers-close-the-log
  it('finds all keys but the parameters in its environment, and a marker closes each stream of its log', async () => {
    const source = `import os

def main(params):
    return {name: os.environ[name] for name in os.environ if name.startswith('__OW_A')}
`;
    for (const platform of OPENWHISK) {
      const events = ['{}', '{}'];
      const [environment] = await runHandler(source, {
        platform,
        events,
        file: '__main__.py',
        handler: 'main',
      });
      assert.equal(environment?.runs.length, events.length);
      for (const run of environment.runs) {
        const { outcome, log } = tellOf(run);
        assert.ok(outcome.status === 'returned');
        const variables = JSON.parse(outcome.payload) as Record<string, string>;
        assert.equal(variables.__OW_ACTIVATION_ID, run.beginning.request.replaceAll('-', ''));
        assert.deepEqual(log.split('\n').slice(-3), [MARKER, MARKER, '']);
      }
    }
  });

  // Claims: no-import-but-exec
  it('is executed anew by the older proxy, under no module’s name', async () => {
    const source = `import sys
ran = globals().get('ran', 0) + 1

def main(params):
    return {'ran': ran, 'is a module': 'main__' in sys.modules, 'file': globals().get('__file__', '')}
`;
    const [environment] = await runHandler(source, {
      platform: 'openwhisk-flask',
      events: ['{}', '{}'],
      file: '__main__.py',
      handler: 'main',
    });
    const answers = environment?.runs.map(({ outcome }) => 'payload' in outcome && outcome.payload);
    assert.deepEqual(
      answers,
      [1, 2].map((ran) => `{"ran": ${String(ran)}, "is a module": false, "file": ""}`),
    );
  });
});

describe('a function of IronFunctions', () => {
  const source = `import traceback

def lambda_handler(event, context):
    traceback.print_stack()
    print('Hello')
`;

  // Claims: print-is-the-answer, both-prints-are-the-answer
  it('answers with all that it has printed', async () => {
    const [environment] = await runHandler(source, {
      platform: 'ironfunctions-default',
      handler: 'func.py',
      files: { 'func.py': await adapterOf('ironfunctions-default', 'func.py') },
    });
    assert.deepEqual(
      environment?.runs.map(({ outcome }) => outcome),
      [{ status: 'completed', payload: 'Hello\nnull' }],
    );
  });

  // Claims: word-before-the-head-fails
  it('fails in the hot format when a word stands before its response, which it may do later', async () => {
    const outcomesOf = async (text: string): Promise<unknown> => {
      const [environment] = await runHandler(text, {
        platform: 'ironfunctions-http',
        handler: 'func.py',
        files: { 'func.py': await adapterOf('ironfunctions-http', 'func.py') },
      });
      return environment?.runs.map(({ outcome }) => outcome.status);
    };
    assert.deepEqual(await outcomesOf(source), ['returned']);
    assert.deepEqual(await outcomesOf(source.replace("'Hello'", "'Hello', flush=True")), ['timed-out']);
  });

  // Claims: bytes-past-the-length-are-lost
  it('may write more than its response has room for: the next call is answered all the same', async () => {
    const adapter = await adapterOf('ironfunctions-http', 'func.py');
    const longer = adapter.replace('+ answer)', "+ answer + b'more')");
    assert.notEqual(longer, adapter);
    const [environment] = await runHandler('def lambda_handler(event, context):\n    return event\n', {
      platform: 'ironfunctions-http',
      handler: 'func.py',
      files: { 'func.py': longer },
      events: ['1', '2'],
    });
    assert.deepEqual(
      environment?.runs.map(({ outcome }) => outcome),
      ['1', '2'].map((payload) => ({ status: 'returned', payload })),
    );
  });

  // Claims: always-get, only-the-body-goes-on
  it('reads GET / with the caller’s method in a header, and only the body of its response goes on', async () => {
    const recording = await recordExample('print-the-stack', 'ironfunctions-http');
    const { text } = recordedMessage(recording, 1, 'stdin');
    assert.match(text, /^GET \/ HTTP\/1\.1$/m);
    assert.match(text, /^Method: POST$/m);
    assert.match(recordedMessage(recording, 1, 'stdout').text, /^HTTP\/1\.1 200 OK$/m);
    assert.deepEqual(recording.runs[0]?.outcome, { status: 'returned', payload: 'null' });
  });
});

describe('a function of Fn', () => {
  // Claims: kit-calls-you, imported-in-the-first-call
  it('is called by the kit, and imported in the first call', async () => {
    assert.deepEqual((await stackOn('fn')).slice(-3), ['call (runner.py)', 'handler (func.py)', YOURS]);
    const { events } = (await recordExample('print-the-stack', 'fn')).runs[0] ?? assert.fail();
    const invoked = events.findIndex((event) => event.kind === 'phase' && event.phase === 'invoke');
    const imported = events.findIndex((event) => event.kind === 'call' && event.owner === 'handler');
    assert.ok(invoked >= 0 && imported > invoked);
  });

  // Claims: print-is-no-answer
  it('may print what it likes', async () => {
    const source = "def lambda_handler(event, context):\n    print('Hello')\n    return event\n";
    const [environment] = await runHandler(source, {
      platform: 'fn',
      files: { 'func.py': await adapterOf('fn', 'func.py') },
    });
    const [run] = environment?.runs ?? [];
    assert.deepEqual(run?.outcome, { status: 'returned', payload: '{}' });
    assert.equal(eventsToLog(run.events), 'Hello\n');
  });
});

describe('a handler that fails', () => {
  const [DIVIDES, AFTER_ERROR, EXITS, AFTER_EXIT] = [0, 1, 2, 3] as const;
  const told = async (platform: string): Promise<readonly Told[]> =>
    (await recordedRuns('fail-anywhere', platform)).map(tellOf);

  // Claims: launcher-answers-errors, older-proxy-tells-less
  it('is answered for by either proxy of OpenWhisk, which goes on', async () => {
    for (const platform of OPENWHISK) {
      const runs = await told(platform);
      assert.deepEqual(
        [DIVIDES, AFTER_ERROR].map((run) => [runs[run]?.cold, runs[run]?.outcome.status]),
        [
          [true, 'raised'],
          [false, 'returned'],
        ],
      );
      assert.match(runs[DIVIDES]?.log ?? '', /^ZeroDivisionError: division by zero$/m);
      const outcome = runs[DIVIDES]?.outcome;
      assert.ok(outcome !== undefined && 'payload' in outcome);
      assert.equal(outcome.payload.includes('division by zero'), platform === 'openwhisk-actionloop');
    }
  });

  // Claims: kit-answers-errors
  it('is answered for by Fn’s kit, which goes on and keeps the words to itself', async () => {
    const runs = await told('fn');
    assert.deepEqual(runs[DIVIDES]?.outcome, { status: 'raised', payload: '{"message":"function failed"}' });
    assert.match(runs[DIVIDES].log, /^Traceback .*ZeroDivisionError: division by zero\\n$/m);
    assert.equal(runs[AFTER_ERROR]?.cold, false);
  });

  // Claims: no-runtime-no-catch, hot-failure-is-a-time-out
  it('ends its process on IronFunctions, and the caller is told of that alone, or of the time', async () => {
    for (const platform of IRON) {
      const runs = await told(platform);
      const outcome = runs[DIVIDES]?.outcome;
      assert.ok(outcome !== undefined && 'payload' in outcome);
      const { error } = JSON.parse(outcome.payload) as { error: { message: string } };
      assert.deepEqual(
        [outcome.status, error.message],
        platform === 'ironfunctions-http'
          ? ['timed-out', 'Timed out']
          : ['exited', 'the function ended with status 1'],
      );
      assert.equal(runs[AFTER_ERROR]?.cold, true);
    }
  });

  // Claims: exit-ends-them-all, exit-can-be-an-answer
  it('ends its process by an exit everywhere, and only the default format takes that for an answer', async () => {
    for (const platform of [...OPENWHISK, ...IRON, 'fn']) {
      const runs = await told(platform);
      assert.equal(runs[AFTER_EXIT]?.cold, true, platform);
      const status = runs[EXITS]?.outcome.status;
      const ends = { 'ironfunctions-default': 'completed', 'ironfunctions-http': 'timed-out' };
      assert.equal(status, (ends as Record<string, string>)[platform] ?? 'exited', platform);
    }
    const [, , exits] = await recordedRuns('fail-anywhere', 'ironfunctions-default');
    assert.ok(exits);
    assert.deepEqual(exits.outcome, { status: 'completed', payload: '' });
    assert.equal(eventsToLog(exits.events), '');
  });
});
