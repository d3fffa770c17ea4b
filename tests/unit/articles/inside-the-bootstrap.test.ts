/** What «Inside the bootstrap, line by line» claims. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { readPlatform } from '../../../src/integrations/platforms.ts';
import { eventsToLog, type RecordedRun, type TraceEvent } from '../../../src/trace/format.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { Replay } from '../../../src/trace/replay.ts';
import { runHandler } from '../run-handler.ts';
import { recordedRuns } from './example-runs.ts';

const EXAMPLE = 'count-the-calls';
const BOOTSTRAP = '/var/runtime/awslambda/bootstrap.py';

type Message = Extract<TraceEvent, { kind: 'message' }>;

/** The first two runs of the article's example: a cold one and a warm one. */
async function recorded(): Promise<readonly [RecordedRun, RecordedRun]> {
  const [cold, warm] = await recordedRuns(EXAMPLE);
  assert.ok(cold && warm, `${EXAMPLE} has two events`);
  assert.deepEqual([cold.beginning.cold, warm.beginning.cold], [true, false]);
  return [cold, warm];
}

function messagesOf({ events }: Pick<RecordedRun, 'events'>, what: string): readonly Message[] {
  return events.flatMap((event) => (event.kind === 'message' && event.what === what ? [event] : []));
}

const partsOf = (message: Message | undefined): readonly unknown[] =>
  JSON.parse(message?.body ?? '') as unknown[];

/** One environment for all questions: each event asks one, and each is a text, a number, an object or nothing. */
const EVENTS = [
  '"credentials"',
  '"credentials"',
  '{}',
  '{}',
  '["Mio"]',
  '7',
  'null',
  '"tuple"',
  '"keys"',
] as const;
const HANDLER = `import os

kept = []

def lambda_handler(what, who):
    global lambda_handler
    lambda_handler = None
    kept.append((what, who))
    if what == 'credentials':
        return [os.environ.pop(f'AWS_{name}', None) for name in ('ACCESS_KEY_ID', 'SESSION_TOKEN')]
    if what == 'tuple':
        return {1: ('a', 'b')}
    if what == 'keys':
        return {1: 'a', '1': 'b'}
    if isinstance(what, dict):
        what['seen'] = what.get('seen', 0) + 1
        others = kept[:-1]
        known = [what is event or who is context for event, context in others]
        ids = [context.aws_request_id for _, context in others]
        return [what['seen'], any(known), who.aws_request_id in ids]
    return [type(what).__name__, type(who).__name__]
`;

describe('the start', () => {
  // Claims: handler-arrives-as-text
  it('is told the handler by its name', async () => {
    const [cold] = await recorded();
    const [, mode, handler] = partsOf(messagesOf(cold, 'recv_start')[0]);
    assert.deepEqual([mode, handler], ['event', 'lambda_function.lambda_handler']);
  });

  // Claims: credentials-precede-your-module, module-runs-before-the-event
  it('sets credentials, then imports the module, and only then waits for an event', async () => {
    const [cold, warm] = await recorded();
    assert.match(eventsToLog(cold.events), /^Imported\. Is there a key\?\nTrue\nSTART /);
    assert.doesNotMatch(eventsToLog(warm.events), /Imported/);
    const calls = cold.events.flatMap((event, at) =>
      event.kind === 'call' && (event.name === 'set_credentials' || event.owner === 'handler')
        ? [[event.name, at] as const]
        : [],
    );
    assert.deepEqual(
      calls.map(([name]) => name),
      ['set_credentials', '<module>', 'set_credentials', 'lambda_handler'],
    );
    const [arrived] = messagesOf(cold, 'receive_invoke');
    assert.ok(arrived && cold.events.indexOf(arrived) > (calls[1]?.[1] ?? Infinity));
  });
});

describe('the start of the runtime of today', () => {
  // Claims: today-keeps-the-order
  it('has the same order: the module, the wait, the event, the handler, the response', async () => {
    const [cold, warm] = await recordedRuns(EXAMPLE, 'lambda-today');
    assert.ok(cold && warm);
    const orderOf = (events: readonly TraceEvent[]): readonly string[] =>
      events.flatMap((event) => {
        if (event.kind === 'call') return event.owner === 'handler' ? [event.name] : [];
        if (event.kind !== 'message') return [];
        if (event.what.endsWith('/invocation/next')) return ['wait'];
        return event.what.endsWith('/response') ? ['response'] : [];
      });
    assert.deepEqual(orderOf(cold.events).slice(0, 2), ['<module>', 'wait']);
    assert.deepEqual(orderOf(cold.events).slice(-2), ['lambda_handler', 'response']);
    assert.deepEqual(orderOf(warm.events).slice(-2), ['lambda_handler', 'response']);
    assert.ok(!orderOf(warm.events).includes('<module>'));
    assert.match(eventsToLog(cold.events), /^INIT_START .*\nImported\. Is there a key\?\nTrue\nSTART /);
  });

  // Claims: today-sets-credentials-once
  it('finds its credentials among the variables of the process, and sets them no more', async () => {
    const environments = await runHandler(HANDLER, {
      platform: 'lambda-today',
      events: ['"credentials"', '"credentials"'],
    });
    const answers = environments.flatMap(({ runs }) =>
      runs.map(({ outcome }) => (outcome.status === 'returned' ? outcome.payload : outcome.status)),
    );
    assert.match(answers[0] ?? '', /^\["[^"]+", "[^"]+"\]$/);
    assert.equal(answers[1], '[null, null]');
  });
});

describe('a handler', () => {
  // Claims: logging-is-set-before-your-module
  it('is imported when the root logger has a handler already, so that basicConfig does nothing', async () => {
    const source = `import logging
before = len(logging.root.handlers)
logging.basicConfig(level=logging.INFO)
def lambda_handler(event, context):
    return [before, len(logging.root.handlers), logging.getLevelName(logging.root.level)]
`;
    const [environment] = await runHandler(source);
    assert.deepEqual(environment?.runs[0]?.outcome, { status: 'returned', payload: '[1, 1, "WARNING"]' });
  });

  // Claims: print-goes-out-at-once
  it('has printed what it printed, though its process dies at once and flushes nothing', async () => {
    const source = `import os
def lambda_handler(event, context):
    print('the last words', end='')
    os._exit(3)
`;
    const [environment] = await runHandler(source);
    const [run] = environment?.runs ?? [];
    assert.equal(run?.outcome.status, 'exited');
    assert.match(eventsToLog(run.events), /^START .*\nthe last words/);
  });

  describe('that keeps what it is given, and gives its own name away', () => {
    let answers: readonly (readonly [event: string, payload: string])[] = [];
    const answersTo = (...asked: readonly (typeof EVENTS)[number][]): readonly unknown[] =>
      answers.flatMap(([event, payload]) => (asked.some((one) => one === event) ? [payload] : []));

    before(async () => {
      const environments = await runHandler(HANDLER, { events: EVENTS });
      answers = environments.flatMap(({ runs }) =>
        runs.map(({ beginning, outcome }) => {
          assert.ok(outcome.status === 'returned', JSON.stringify(outcome));
          return [beginning.event, outcome.payload] as const;
        }),
      );
      assert.equal(environments.length, 1);
    });

    // Claims: handler-is-looked-up-once
    it('is called for every event', () => {
      assert.deepEqual(
        answers.map(([event]) => event),
        EVENTS,
      );
    });

    // Claims: credentials-come-anew
    it('finds its credentials again when the invocation before took them away', () => {
      const [first = '', second] = answersTo('"credentials"');
      assert.match(String(first), /^\["[^"]+", "[^"]+"\]$/);
      assert.equal(second, first);
    });

    // Claims: event-and-context-are-new
    it('is given an event and a context that no invocation before was given', () => {
      assert.deepEqual(answersTo('{}'), ['[1, false, false]', '[1, false, false]']);
    });

    // Claims: event-may-be-any-json, arguments-go-by-place
    it('is given whatever JSON the caller sent, and the context, whatever its parameters are called', () => {
      assert.deepEqual(
        answersTo('["Mio"]', '7', 'null'),
        ['list', 'int', 'NoneType'].map((name) => `["${name}", "LambdaContext"]`),
      );
    });

    // Claims: json-keeps-less-than-python
    it('returns tuples as arrays, and numbers as texts where they are keys', () => {
      assert.deepEqual(answersTo('"tuple"', '"keys"'), ['{"1": ["a", "b"]}', '{"1": "a", "1": "b"}']);
    });
  });
});

describe('an invocation', () => {
  // Claims: waiting-stack-is-main
  it('is awaited with no frame but those of the script', async () => {
    const [cold] = await recorded();
    const replay = new Replay(cold);
    const steps = Array.from({ length: replay.length }, (_, index) => replay.at(index + 1));
    const waiting = steps.find(({ phase }) => phase === 'invoke');
    assert.deepEqual(
      waiting?.stack.map(({ name, owner }) => [name, owner]),
      [
        ['<module>', 'runtime'],
        ['main', 'runtime'],
      ],
    );
  });

  // Claims: event-crosses-as-text
  it('brings the event as the text that was typed', async () => {
    const [cold] = await recorded();
    const [, , , body] = partsOf(messagesOf(cold, 'receive_invoke')[0]);
    assert.equal(body, cold.beginning.event.trim());
    assert.match(cold.beginning.event, /^\{ "/, 'it has blanks that JSON does not need');
  });

  // Claims: answer-leaves-in-the-report
  it('is answered with the very text of the report', async () => {
    for (const run of await recorded()) {
      const [request, errorType, answer] = partsOf(messagesOf(run, 'report_done').at(-1));
      assert.deepEqual([request, errorType], [run.beginning.request, null]);
      assert.deepEqual(run.outcome, { status: 'returned', payload: answer });
    }
  });

  // Claims: second-answer-is-dropped, late-report-stands-in-the-next-run
  it('is answered once, when the script answers twice: the next run begins with the other report', async () => {
    const { files } = await readPlatform('lambda-2016');
    const text = String(contentsToFiles(files)[BOOTSTRAP]);
    const report = '    runtime.report_done(invokeid, errortype, answer)\n';
    assert.equal(text.split(report).length, 2);
    const twice = `${report}    runtime.report_done(invokeid, None, '"again"')\n`;
    const [environment] = await runHandler('def lambda_handler(event, context):\n    return None\n', {
      events: ['1', '2'],
      changed: { [BOOTSTRAP]: text.replace(report, twice) },
    });
    const [first, second] = environment?.runs ?? [];
    assert.ok(first && second);
    for (const { outcome } of [first, second]) {
      assert.deepEqual(outcome, { status: 'returned', payload: 'null' });
    }
    const reports = (run: RecordedRun): readonly unknown[] => messagesOf(run, 'report_done').map(partsOf);
    const [one, two] = [first.beginning.request, second.beginning.request];
    assert.notEqual(one, two);
    assert.deepEqual(reports(first), [[one, null, 'null']]);
    assert.deepEqual(reports(second), [
      [one, null, '"again"'],
      [two, null, 'null'],
    ]);
    const crossed = second.events.find(({ kind }) => kind === 'message');
    assert.equal(crossed, messagesOf(second, 'report_done')[0], 'it comes before the invocation');
  });
});
