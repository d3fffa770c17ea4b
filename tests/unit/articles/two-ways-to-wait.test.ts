/** What «Two ways to wait for an event» claims. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToLog, type RecordedRun, type TraceEvent } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';
import { recordedRuns, tellOf } from './example-runs.ts';

const READ = 'environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))';

/** The runs of a WSGI application in http mode. */
async function serve(body: string, events = ['1']): Promise<readonly RecordedRun[]> {
  const source = `calls = 0\n\n\ndef application(environ, start_response):\n    global calls\n    calls += 1\n${body}`;
  const environments = await runHandler(source, {
    mode: 'http',
    handler: 'lambda_function.application',
    events,
  });
  return environments.flatMap(({ runs }) => runs);
}

/** What crossed on the data socket towards the client, piece by piece. */
function responsesOf(events: readonly TraceEvent[] = []): readonly string[] {
  return events.flatMap((event) =>
    event.kind === 'message' && event.what === 'response' ? [event.body] : [],
  );
}

function messageOf(run: RecordedRun | undefined, what: string): unknown {
  const found = run?.events.find((event) => event.kind === 'message' && event.what === what);
  assert.ok(found?.kind === 'message', `${what} crossed`);
  return JSON.parse(found.body);
}

describe('the process between two invocations', () => {
  // Claims: waits-inside-one-call
  it('runs no line until the invocation has come', async () => {
    for (const example of ['wait-by-event', 'wait-by-http']) {
      const [, warm] = await recordedRuns(example);
      const kinds = warm?.events.map((event) => (event.kind === 'message' ? event.what : event.kind)) ?? [];
      const wait = warm?.events.findIndex((event) => event.kind === 'phase' && event.phase === 'wait') ?? -1;
      const arrival = kinds.indexOf('receive_invoke');
      assert.ok(wait >= 0 && arrival > wait);
      const between = kinds.slice(wait, arrival);
      assert.deepEqual(
        between.filter((kind) => ['line', 'call', 'return', 'raise'].includes(kind)),
        [],
      );
      assert.equal(kinds[arrival + 1], 'line');
    }
  });

  // Claims: today-the-wait-is-a-request
  it('runs no line today either, until the open request has its response', async () => {
    const [, warm] = await recordedRuns('wait-by-event', 'lambda-today');
    const kinds = warm?.events.map((event) => (event.kind === 'message' ? event.what : event.kind)) ?? [];
    const asked = kinds.findIndex((kind) => kind.endsWith('/invocation/next'));
    const told = kinds.indexOf('200', asked);
    assert.ok(asked >= 0 && told > asked, kinds.join(' '));
    const isPython = (kind: string): boolean => ['line', 'call', 'return', 'raise'].includes(kind);
    assert.deepEqual(kinds.slice(asked, told).filter(isPython), []);
    assert.equal(
      kinds.slice(told + 1).find((kind) => kind !== 'phase'),
      'return',
    );
  });

  // Claims: both-ways-keep-globals
  it('keeps its globals in either mode', async () => {
    const served = await serve('    start_response("200 OK", [])\n    return [str(calls).encode()]\n', [
      '1',
      '2',
    ]);
    const called = await runHandler(
      'calls = 0\ndef lambda_handler(event, context):\n    global calls\n    calls += 1\n    return calls\n',
      { events: ['1', '2'] },
    );
    for (const runs of [served, called.flatMap((environment) => environment.runs)]) {
      assert.deepEqual(
        runs.map(({ beginning, outcome }) => [beginning.cold, outcome]),
        [
          [true, { status: 'returned', payload: '1' }],
          [false, { status: 'returned', payload: '2' }],
        ],
      );
    }
  });
});

describe('the mode', () => {
  // Claims: mode-is-told-once
  it('is told once in the life of a process, before the handler’s file is imported', async () => {
    for (const [example, mode] of [
      ['wait-by-event', 'event'],
      ['wait-by-http', 'http'],
    ] as const) {
      const [cold, warm] = await recordedRuns(example);
      assert.equal((messageOf(cold, 'recv_start') as unknown[])[1], mode);
      const names = cold?.events.flatMap((event) =>
        event.kind === 'message' ? [event.what] : event.kind === 'call' ? [event.source] : [],
      );
      const told = names?.indexOf('recv_start') ?? -1;
      assert.ok(told < (names?.indexOf('/var/task/lambda_function.py') ?? -1));
      assert.ok(!warm?.events.some((event) => event.kind === 'message' && event.what === 'recv_start'));
    }
  });

  // Claims: event-or-socket
  it('decides which of event and socket an invocation brings', async () => {
    const [[byEvent], [byHttp]] = await Promise.all([
      recordedRuns('wait-by-event'),
      recordedRuns('wait-by-http'),
    ]);
    const [, noSocket, , event] = messageOf(byEvent, 'receive_invoke') as unknown[];
    const [, socket, , nothing] = messageOf(byHttp, 'receive_invoke') as unknown[];
    assert.deepEqual([noSocket, event, nothing], [-1, byEvent?.beginning.event, '']);
    assert.ok(typeof socket === 'number' && socket > 2);
  });
});

describe('what goes in and out', () => {
  // Claims: event-mode-reads-the-json
  it('is read before the handler in event mode, and by the handler alone in http mode', async () => {
    const [environment] = await runHandler(
      'def lambda_handler(event, context):\n    print("called")\n    return event\n',
      { events: ['{no'] },
    );
    const run = environment?.runs[0];
    assert.equal(run?.outcome.status, 'raised');
    assert.doesNotMatch(eventsToLog(run.events), /called/);
    const [served] = await serve(
      `    body = ${READ}\n    start_response("200 OK", [])\n    return [body]\n`,
      ['{no'],
    );
    assert.deepEqual(served?.outcome, { status: 'returned', payload: '{no' });
  });

  // Claims: bytes-go-as-they-are
  it('is JSON with escapes in event mode, and the handler’s own bytes in http mode', async () => {
    const [[byEvent], [byHttp]] = await Promise.all([
      recordedRuns('wait-by-event'),
      recordedRuns('wait-by-http'),
    ]);
    assert.deepEqual(byEvent && tellOf(byEvent).outcome, {
      status: 'returned',
      payload: JSON.stringify('Hello, Zoë!').replace('ë', '\\u00eb'),
    });
    assert.deepEqual(byHttp && tellOf(byHttp).outcome, { status: 'returned', payload: 'Hello, Zoë!' });
  });

  // Claims: head-goes-with-first-piece
  it('leaves piece by piece, the head with the first', async () => {
    const [run] = await serve('    start_response("200 OK", [])\n    return [b"Hello, ", b"Ada", b"!"]\n');
    assert.deepEqual(responsesOf(run?.events), ['HTTP/1.0 200 OK\r\n\r\nHello, ', 'Ada', '!']);
    assert.deepEqual(run?.outcome, { status: 'returned', payload: 'Hello, Ada!' });
  });

  // Claims: pieces-go-at-once
  it('leaves before the next piece is made', async () => {
    const [run] = await serve(
      '    start_response("200 OK", [])\n    yield b"one"\n    print("making two")\n    yield b"two"\n',
    );
    const order = run?.events.flatMap((event) => {
      if (event.kind === 'message' && event.what === 'response') return [event.body.slice(-3)];
      return event.kind === 'output' && event.stream === 'stdout' ? [event.text.trim()] : [];
    });
    assert.deepEqual(
      order?.filter((text) => text !== ''),
      ['one', 'making two', 'two'],
    );
  });

  // Claims: late-error-cannot-be-told
  it('has status 500 for an error, unless a piece has left', async () => {
    const [early] = await serve('    raise ValueError("early")\n');
    assert.match(responsesOf(early?.events).join(''), /^HTTP\/1\.0 500 /);
    const [late] = await serve(
      '    start_response("200 OK", [])\n    yield b"one"\n    raise ValueError("late")\n',
    );
    assert.deepEqual(responsesOf(late?.events), ['HTTP/1.0 200 OK\r\n\r\none']);
    assert.match(eventsToLog(late?.events ?? []), /^late: ValueError$/m);
  });
});
