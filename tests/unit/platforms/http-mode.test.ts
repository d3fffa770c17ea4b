/** The 2016 runtime in http mode, run as the lab runs it: requests in, responses out, and what its trace tells. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { eventsToLog, type TraceEvent } from '../../../src/trace/format.ts';
import { runHandler, type Chosen } from '../run-handler.ts';

const serve = (source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> =>
  runHandler(source, { mode: 'http', handler: 'lambda_function.application', ...chosen });

const GREET = `import json

greeted = 0


def application(environ, start_response):
    global greeted
    greeted += 1
    name = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    print("greeting", name)
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{greeted}: {name}".encode()]
`;

const request = (body: string): string =>
  `POST / HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;

const response = (body: string): string =>
  `HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`;

const messagesOf = (events: readonly TraceEvent[]): string[][] =>
  events.flatMap((event) => (event.kind === 'message' ? [[event.from, event.what, event.body]] : []));

describe('http mode', () => {
  it('serves requests, warm after the first, and the same in both ways of waiting', async () => {
    const events = ['"Ada"', '"花子"'];
    const environments = await serve(GREET, { events });
    assert.deepEqual(await serve(GREET, { events, waiting: 'queue' }), environments);
    const [{ runs } = assert.fail(), ...others] = environments;
    assert.deepEqual(others, []);
    assert.deepEqual(
      runs.map(({ beginning, outcome }) => [beginning.cold, outcome]),
      [
        [true, { status: 'returned', payload: '1: Ada' }],
        [false, { status: 'returned', payload: '2: 花子' }],
      ],
    );
    assert.deepEqual(
      runs.map((run) =>
        messagesOf(run.events).filter(([, what]) => what === 'request' || what === 'response'),
      ),
      [
        [
          ['service', 'request', request('"Ada"')],
          ['bootstrap', 'response', response('1: Ada')],
        ],
        [
          ['service', 'request', request('"花子"')],
          ['bootstrap', 'response', response('2: 花子')],
        ],
      ],
    );
    assert.deepEqual(
      runs.flatMap((run) => run.events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : []))),
      ['init', 'wait', 'invoke', 'respond', 'wait', 'invoke', 'respond'],
    );
    assert.match(eventsToLog(runs[0]?.events ?? []), /^START .*\ngreeting Ada\nEND .*\nREPORT .*\n$/);
  });

  it('shows frames of its own on the way to the handler, and the messages between their lines', async () => {
    const [environment] = await serve(GREET, { events: ['"Ada"'] });
    const events = environment?.runs[0]?.events ?? [];
    const frames = new Map(
      events.flatMap((event) => (event.kind === 'call' ? [[event.frame, event] as const] : [])),
    );
    const handler = [...frames.values()].find(({ name }) => name === 'application');
    const stack: string[] = [];
    for (let frame = handler; frame !== undefined; frame = frames.get(frame.caller ?? 0))
      stack.unshift(`${frame.owner}: ${frame.source} ${frame.name}`);
    assert.deepEqual(stack, [
      'runtime: /var/runtime/awslambda/bootstrap.py <module>',
      'runtime: /var/runtime/awslambda/bootstrap.py main',
      'runtime: /var/runtime/awslambda/bootstrap.py handle_http_request',
      'runtime: /var/runtime/awslambda/wsgi.py run',
      'handler: /var/task/lambda_function.py application',
    ]);
    // Each is told while the runtime stands where it reads or writes.
    const placeOf = (what: string): string | undefined => {
      const at = events.findIndex((event) => event.kind === 'message' && event.what === what);
      const line = events.slice(0, at).findLast((event) => event.kind === 'line');
      return line?.kind === 'line' ? frames.get(line.frame)?.name : undefined;
    };
    assert.deepEqual(['request', 'response'].map(placeOf), ['read_line', 'write']);
  });

  it('logs an error and answers it, and goes on', async () => {
    const source =
      'def application(environ, start_response):\n    if environ["CONTENT_LENGTH"] == "1":\n        raise ValueError("one")\n    start_response("200 OK", [])\n    return [b"more"]\n';
    const environments = await serve(source, { events: ['1', '22'] });
    assert.equal(environments.length, 1);
    const [first, second] = environments[0]?.runs ?? [];
    assert.ok(first?.outcome.status === 'raised');
    const { stackTrace, ...error } = JSON.parse(first.outcome.payload) as { stackTrace: unknown[][] };
    assert.deepEqual(error, { errorType: 'ValueError', errorMessage: 'one' });
    assert.deepEqual(
      stackTrace.map(([, , name]) => name),
      ['application'],
    );
    assert.match(eventsToLog(first.events), /\none: ValueError\nTraceback (?:.*\n)*ValueError: one\n\nEND/);
    assert.match(
      messagesOf(first.events).find(([, what]) => what === 'response')?.[2] ?? '',
      /^HTTP\/1\.0 500 /,
    );
    assert.deepEqual(second?.outcome, { status: 'returned', payload: 'more' });
  });

  it('reads the end of the request where the caller has said all', async () => {
    const [environment] = await serve(
      'def application(environ, start_response):\n    body = environ["wsgi.input"]\n    start_response("200 OK", [])\n    return [body.readline(), body.read(), body.read(5)]\n',
      { events: ['{\n"a": 1}'] },
    );
    assert.deepEqual(environment?.runs[0]?.outcome, { status: 'returned', payload: '{\n"a": 1}' });
  });

  it('has one socket, and that only as long as its invocation', async () => {
    const source = `import socket
kept = []
def attempt(connection):
    try:
        return connection.recv(1).decode()
    except OSError as error:
        return str(error)
def application(environ, start_response):
    again = socket.fromfd(17, socket.AF_UNIX, socket.SOCK_STREAM)
    other = socket.fromfd(16, socket.AF_UNIX, socket.SOCK_STREAM)
    kept.append(environ["wsgi.input"])
    start_response("200 OK", [])
    return [" ".join([str(kept[0].closed), attempt(again), attempt(other)]).encode()]
`;
    const [environment] = await serve(source, { events: ['1', '2'] });
    assert.deepEqual(
      environment?.runs.map(({ outcome }) => outcome),
      ['False', 'True'].map((closed) => ({
        status: 'returned',
        payload: `${closed}  socket 16 is not open`,
      })),
    );
  });
});

describe('a process that ends', () => {
  const WAYS: Readonly<Record<string, readonly [string, number]>> = {
    'sys.exit': ['sys.exit(3)', 3],
    'sys.exit with words': ['sys.exit("words")', 1],
    'an interrupt': ['raise KeyboardInterrupt', -2],
    'os._exit': ['os._exit(5)', 5],
    abort: ['os.abort()', -6],
    'a signal': ['os.kill(os.getpid(), 9)', -9],
  };
  for (const mode of ['event', 'http'] as const) {
    it(`in ${mode} mode has not answered, whatever it ended by, and the next event finds a new one`, async () => {
      const names = Object.keys(WAYS);
      const cases = Object.entries(WAYS)
        .map(([name, [code]]) => `    if what == ${JSON.stringify(name)}: ${code}\n`)
        .join('');
      const source =
        `import json, os, sys\ndef end(what):\n${cases}` +
        'def lambda_handler(event, context):\n    end(event)\n' +
        'def application(environ, start_response):\n    end(json.load(environ["wsgi.input"]))\n';
      const environments = await runHandler(source, {
        mode,
        handler: `lambda_function.${mode === 'event' ? 'lambda_handler' : 'application'}`,
        events: names.map((name) => JSON.stringify(name)),
      });
      assert.deepEqual(
        environments.map(({ exit, runs }) => [exit, runs.map(({ outcome }) => outcome)]),
        names.map((name, index) => {
          const code = WAYS[name]?.[1];
          const id = environments[index]?.runs[0]?.beginning.request ?? '';
          const payload = `{"errorMessage":"RequestId: ${id} Process exited before completing request"}`;
          return [code, [{ status: 'exited', code, payload }]];
        }),
      );
    });
  }
});

describe('a time-out', () => {
  it('in http mode is the platform’s answer, whatever part of a response has gone out', async () => {
    const source =
      'import json, time\ndef application(environ, start_response):\n    write = start_response("200 OK", [])\n    if json.load(environ["wsgi.input"]):\n        write(b"part")\n        time.sleep(60)\n    return [b"all"]\n';
    const events = ['0', '1', '0'];
    const environments = await serve(source, { events });
    assert.deepEqual(await serve(source, { events, waiting: 'queue' }), environments);
    assert.deepEqual(
      environments.map(({ runs }) => runs.map(({ outcome }) => outcome.status)),
      [['returned', 'timed-out'], ['returned']],
    );
    const late = environments[0]?.runs[1]?.outcome;
    assert.match(
      late !== undefined && 'payload' in late ? late.payload : '',
      /Task timed out after 3\.00 seconds"\}$/,
    );
  });
});

describe('the variables of the process', () => {
  it('are those that were seen in 2016, the credentials as the control channel brought them', async () => {
    const [environment] = await runHandler(
      'import os\ndef lambda_handler(event, context):\n    return dict(os.environ)\n',
    );
    const outcome = environment?.runs[0]?.outcome;
    assert.ok(outcome?.status === 'returned');
    assert.deepEqual(JSON.parse(outcome.payload), {
      PATH: '/usr/local/bin:/usr/bin/:/bin',
      LD_LIBRARY_PATH: '/lib64:/usr/lib64:/var/runtime:/var/task:/var/task/lib',
      PYTHONPATH: '/var/runtime',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE00',
      AWS_SECRET_ACCESS_KEY: 'example-secret-that-opens-nothing',
      AWS_SESSION_TOKEN: 'example-session',
      AWS_SECURITY_TOKEN: 'example-session',
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/lab',
      AWS_LAMBDA_LOG_STREAM_NAME: '2016/12/14/[$LATEST]0123456789abcdef0123456789abcdef',
      AWS_LAMBDA_FUNCTION_NAME: 'lab',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      LAMBDA_CONTROL_SOCKET: '14',
      LAMBDA_CONSOLE_SOCKET: '16',
      LAMBDA_SHARED_MEM_FD: '11',
      LAMBDA_LOG_FD: '9',
      LAMBDA_RUNTIME_LOAD_TIME: '1481673600000',
    });
  });
});
