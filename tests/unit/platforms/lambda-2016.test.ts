import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json } from '../../../src/platforms/service.ts';
import { environment, logOf, type FakeWorld } from './fakes.ts';

const CREDENTIALS = ['ASIAEXAMPLEEXAMPLE00', 'example-secret-that-opens-nothing', 'example-session'];
const NO_CONTEXT = { clientcontext: null, cognitoidentityid: null, cognitopoolid: null };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:lab';
const NULL = { value: null };

const report = (request: string, duration: string, billed: number): string =>
  `REPORT RequestId: ${request}\tDuration: ${duration} ms\tBilled Duration: ${String(billed)} ms \tMemory Size: 128 MB\tMax Memory Used: 13 MB\n`;

/** What is told beside the log, one word or two for each. */
const storyOf = ({ events }: FakeWorld): string[] =>
  events.flatMap((event) => {
    if (event.kind === 'phase') return [`${event.phase} ${String(event.request)}`];
    if (event.kind === 'message') return [`${event.from} → ${event.to} ${event.what} ${event.body}`];
    return [];
  });

describe('the start of an environment', () => {
  it('says the mode, the handler, whether to put off its import, and the credentials', () => {
    for (const suppressInit of [false, true]) {
      const { native, world } = environment(1, { suppressInit });
      const value = ['id-1', 'event', 'lambda_function.lambda_handler', suppressInit, CREDENTIALS];
      assert.deepEqual(native('recv_start', 14), { value });
      assert.deepEqual(storyOf(world), [`service → bootstrap recv_start ${JSON.stringify(value)}`]);
      assert.equal(logOf(world), '');
    }
  });
});

describe('an invocation', () => {
  it('is handed out with its event as text, and everything the context is made of', () => {
    const { native } = environment();
    assert.deepEqual(native('receive_invoke', 14), {
      value: ['id-1', -1, CREDENTIALS, '1', NO_CONTEXT, ARN],
    });
  });

  it('has START, END and REPORT around its output, tabs and all', () => {
    const { native, world } = environment();
    void native('receive_invoke', 14);
    void native('log_bytes', 'hello\n', 1);
    void native('log_bytes', 'oh\n', 2);
    world.pass(0.89);
    void native('report_done', 'id-1', null, '{"a": 1}');
    assert.equal(
      logOf(world),
      'START RequestId: id-1 Version: $LATEST\nhello\noh\nEND RequestId: id-1\n' +
        report('id-1', '0.89', 100),
    );
    assert.deepEqual(
      world.events.flatMap((event) => (event.kind === 'output' ? [event.stream] : [])),
      ['platform', 'stdout', 'stderr', 'platform'],
    );
    assert.deepEqual(world.finished, [['id-1', { status: 'returned', payload: '{"a": 1}' }]]);
  });

  it('is told phase by phase, and each message that crosses is there in its order', () => {
    const { native, world } = environment(2);
    void native('recv_start', 14);
    void native('report_running', 'id-1');
    void native('receive_invoke', 14);
    void native('report_done', 'id-1', null, 'null');
    void native('receive_invoke', 14);
    void native('report_done', 'id-2', null, '[2]');
    const handedOut = (n: number): string =>
      JSON.stringify([`id-${String(n)}`, -1, CREDENTIALS, String(n), NO_CONTEXT, ARN]);
    assert.deepEqual(storyOf(world), [
      `service → bootstrap recv_start ${JSON.stringify(['id-1', 'event', 'lambda_function.lambda_handler', false, CREDENTIALS])}`,
      'bootstrap → service report_running ["id-1"]',
      'wait null',
      'invoke id-1',
      `service → bootstrap receive_invoke ${handedOut(1)}`,
      'respond id-1',
      'bootstrap → service report_done ["id-1",null,"null"]',
      'wait null',
      'invoke id-2',
      `service → bootstrap receive_invoke ${handedOut(2)}`,
      'respond id-2',
      'bootstrap → service report_done ["id-2",null,"[2]"]',
    ]);
    assert.deepEqual(world.finished, [
      ['id-1', { status: 'returned', payload: 'null' }],
      ['id-2', { status: 'returned', payload: '[2]' }],
    ]);
  });

  it('may be waited for', async () => {
    const { native, world } = environment(0, {}, true);
    const answer = native('receive_invoke', 14);
    assert.ok(answer instanceof Promise);
    assert.deepEqual(storyOf(world), ['wait null']);
    assert.equal(logOf(world), '');
    world.pass(60_000);
    world.bring({ request: 'late', event: '{}' });
    assert.deepEqual(await answer, { value: ['late', -1, CREDENTIALS, '{}', NO_CONTEXT, ARN] });
    world.pass(1);
    void native('report_done', 'late', null, '0');
    // Waiting costs nobody anything.
    assert.equal(
      logOf(world),
      'START RequestId: late Version: $LATEST\nEND RequestId: late\n' + report('late', '1.00', 100),
    );
  });

  it('that will not come ends the process where it waits', async () => {
    assert.deepEqual(environment(0).native('receive_invoke', 14), { end: true });
    const { native, world } = environment(0, {}, true);
    const answer = native('receive_invoke', 14);
    world.bring(null);
    assert.deepEqual(await answer, { end: true });
    assert.equal(logOf(world), '');
  });

  it('names the version, the memory and the function that the variables name', () => {
    const { native, world } = environment(1, {
      variables: {
        AWS_LAMBDA_FUNCTION_NAME: 'mine',
        AWS_LAMBDA_FUNCTION_VERSION: '7',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1536',
      },
    });
    assert.deepEqual(native('receive_invoke', 14), {
      value: [
        'id-1',
        -1,
        CREDENTIALS,
        '1',
        NO_CONTEXT,
        'arn:aws:lambda:us-east-1:123456789012:function:mine',
      ],
    });
    void native('report_done', 'id-1', null, 'null');
    assert.equal(
      logOf(world),
      'START RequestId: id-1 Version: 7\nEND RequestId: id-1\nREPORT RequestId: id-1\tDuration: 0.00 ms\tBilled Duration: 100 ms \tMemory Size: 1536 MB\tMax Memory Used: 13 MB\n',
    );
  });
});

describe('the bill', () => {
  for (const [duration, shown, billed] of [
    [0, '0.00', 100],
    [0.004, '0.00', 100],
    [99.99, '99.99', 100],
    [100, '100.00', 100],
    [100.01, '100.01', 200],
    [1234.5, '1234.50', 1300],
  ] as const) {
    it(`of ${String(duration)} ms is for ${String(billed)} ms`, () => {
      const { native, world } = environment();
      void native('receive_invoke', 14);
      world.pass(duration);
      void native('report_done', 'id-1', null, 'null');
      // In the clock's own numbers a sum may be a little more than its parts: too little for the bill.
      assert.ok(logOf(world).endsWith(report('id-1', shown, billed)), logOf(world));
    });
  }
});

describe('http mode', () => {
  const REQUEST =
    'POST / HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1';
  const base64 = (text: string): { base64: string } => ({ base64: Buffer.from(text).toString('base64') });

  /** An environment in http mode with calls of its sockets. */
  const inHttpMode = (invocations = 1) => {
    const { native, service, world } = environment(invocations, { mode: 'http' });
    const on = (name: string, ...args: Json[]) => service.call('socket', name, args);
    return { native, world, on };
  };

  it('is named at the start, and each invocation has a socket in the place of its event', () => {
    const { native } = inHttpMode();
    assert.deepEqual(native('recv_start', 14), {
      value: ['id-1', 'http', 'lambda_function.lambda_handler', false, CREDENTIALS],
    });
    assert.deepEqual(native('receive_invoke', 14), {
      value: ['id-1', 17, CREDENTIALS, '', NO_CONTEXT, ARN],
    });
  });

  it('lets the request be read, in pieces and to its end', () => {
    const { native, on } = inHttpMode();
    void native('receive_invoke', 14);
    for (const size of [0, -1, 'x', null]) assert.deepEqual(on('receive', 17, size), { value: base64('') });
    assert.deepEqual(on('receive', 17, 20), { value: base64(REQUEST.slice(0, 20)) });
    assert.deepEqual(on('receive', 17, 8192), { value: base64(REQUEST.slice(20)) });
    assert.deepEqual(on('receive', 17, 8192), { value: base64('') });
  });

  it('tells of request and response what crossed, and answers with the body when all is done', () => {
    const { native, on, world } = inHttpMode();
    void native('receive_invoke', 14);
    void on('receive', 17, 20);
    void on('receive', 17, 8192);
    const head = 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n';
    assert.deepEqual(on('send', 17, base64(`${head}hel`)), NULL);
    assert.deepEqual(on('send', 17, base64('lo ☃')), NULL);
    assert.deepEqual(world.finished, []);
    void native('report_done', 'id-1', null, null);
    assert.deepEqual(world.finished, [['id-1', { status: 'returned', payload: 'hello ☃' }]]);
    assert.deepEqual(storyOf(world), [
      'wait null',
      'invoke id-1',
      `service → bootstrap receive_invoke ${JSON.stringify(['id-1', 17, CREDENTIALS, '', NO_CONTEXT, ARN])}`,
      `service → bootstrap request ${REQUEST}`,
      'respond id-1',
      `bootstrap → service response ${head}hel`,
      'bootstrap → service response lo ☃',
      'bootstrap → service report_done ["id-1",null,null]',
    ]);
  });

  it('gives the caller the body of an error as well, and that it is one', () => {
    const { native, on, world } = inHttpMode();
    void native('receive_invoke', 14);
    void on('send', 17, base64('HTTP/1.0 500 Internal Server Error\r\n\r\n{"errorMessage": "no"}'));
    void native('report_done', 'id-1', 'ValueError', null);
    assert.deepEqual(world.finished, [['id-1', { status: 'raised', payload: '{"errorMessage": "no"}' }]]);
  });

  it('tells a caller to whom no response came so', () => {
    for (const sent of ['', 'nonsense', 'HTTP/1.0 200 OK\r\n']) {
      const { native, on, world } = inHttpMode();
      void native('receive_invoke', 14);
      if (sent !== '') void on('send', 17, base64(sent));
      void native('report_done', 'id-1', null, '"a result"');
      const payload = '{"errorMessage":"RequestId: id-1 No response came back"}';
      assert.deepEqual(world.finished, [['id-1', { status: 'raised', payload }]], sent);
    }
  });

  it('refuses a response that is too long, in one piece or in many', () => {
    const most = 6 * 1024 * 1024;
    for (const [size, times, status] of [
      [most, 1, 'returned'],
      [most + 1, 1, 'raised'],
      [1024 * 1024, 5, 'returned'],
      [1024 * 1024, 8, 'raised'],
    ] as const) {
      const { native, on, world } = inHttpMode();
      void native('receive_invoke', 14);
      void on('send', 17, base64('HTTP/1.0 200 OK\r\n\r\n'));
      for (let time = 0; time < times; time += 1) void on('send', 17, base64('x'.repeat(size)));
      void native('report_done', 'id-1', null, null);
      const outcome = world.finished[0]?.[1];
      assert.ok(outcome !== undefined && 'payload' in outcome);
      assert.equal(outcome.status, status);
      if (status === 'raised') assert.equal(outcome.payload, '{"errorMessage":"body size is too long"}');
      else assert.equal(outcome.payload.length, size * times);
    }
  });

  it('opens each invocation’s socket anew, and no other', () => {
    const closed = { error: 'socket 17 is not open' };
    const { native, on, world } = inHttpMode(2);
    assert.deepEqual(on('receive', 17, 1), closed);
    void native('receive_invoke', 14);
    assert.deepEqual(on('receive', 14, 1), { error: 'socket 14 is not open' });
    assert.deepEqual(on('send', 17, 'text'), { error: 'a socket cannot send text' });
    assert.deepEqual(on('listen', 17, null), { error: 'a socket cannot listen null' });
    void on('receive', 17, 8192);
    void on('send', 17, base64('HTTP/1.0 200 OK\r\n\r\none'));
    void native('report_done', 'id-1', null, null);
    assert.deepEqual(on('send', 17, base64('late')), closed);
    void native('receive_invoke', 14);
    assert.deepEqual(on('receive', 17, 4), { value: base64('POST') });
    void on('send', 17, base64('HTTP/1.0 200 OK\r\n\r\ntwo'));
    void native('report_done', 'id-2', null, null);
    assert.deepEqual(
      world.finished.map(([, outcome]) => outcome),
      ['one', 'two'].map((payload) => ({ status: 'returned', payload })),
    );
    const event = environment();
    void event.native('receive_invoke', 14);
    assert.deepEqual(event.service.call('socket', 'receive', [17, 1]), closed);
  });
});

describe('a fault', () => {
  const faultLog = (message: string, value: string | null, trace: string | null): string => {
    const { native, world } = environment();
    assert.deepEqual(native('report_fault', 'id-1', message, value, trace), NULL);
    assert.deepEqual(storyOf(world), [
      'report-error id-1',
      `bootstrap → service report_fault ${JSON.stringify(['id-1', message, value, trace])}`,
    ]);
    assert.deepEqual(
      world.events.flatMap((event) => (event.kind === 'output' ? [event.stream] : [])),
      ['stderr'],
    );
    return logOf(world);
  };

  it('with a trace is logged with its message and type first and a blank line last', () => {
    const trace =
      'Traceback (most recent call last):\n  File "f.py", line 1, in f\n    x()\nValueError: no\n';
    assert.equal(faultLog('no', 'ValueError', trace), `no: ValueError\n${trace}\n`);
  });

  it('without a trace has the blank line too', () => {
    assert.equal(faultLog('Bad handler', 'it reads so', null), 'Bad handler: it reads so\n\n');
  });

  it('without a value is its message', () => {
    assert.equal(faultLog('Bad handler', null, null), 'Bad handler\n\n');
  });

  it('answers nobody: that is for report_done, and its error type makes the answer an error', () => {
    const { native, world } = environment();
    void native('receive_invoke', 14);
    void native('report_fault', 'id-1', 'no', 'ValueError', null);
    assert.deepEqual(world.finished, []);
    void native('report_done', 'id-1', 'ValueError', '{"errorMessage": "no"}');
    assert.deepEqual(world.finished, [['id-1', { status: 'raised', payload: '{"errorMessage": "no"}' }]]);
    assert.equal(
      logOf(world),
      'START RequestId: id-1 Version: $LATEST\nno: ValueError\n\nEND RequestId: id-1\n' +
        report('id-1', '0.00', 100),
    );
  });
});

describe('a process that ends', () => {
  const exited = (request: string): string =>
    `RequestId: ${request} Process exited before completing request`;

  it('in an invocation fails it, and the log says so after REPORT', () => {
    const { native, service, world } = environment(2);
    void native('recv_start', 14);
    void native('receive_invoke', 14);
    world.pass(5);
    service.exited(1);
    assert.deepEqual(world.finished, [
      ['id-1', { status: 'exited', code: 1, payload: `{"errorMessage":"${exited('id-1')}"}` }],
    ]);
    assert.equal(
      logOf(world),
      `START RequestId: id-1 Version: $LATEST\nEND RequestId: id-1\n${report('id-1', '5.00', 100)}${exited('id-1')}\n`,
    );
  });

  it('before it asked for one fails the invocation that it was started for', () => {
    const { native, service, world } = environment();
    void native('recv_start', 14);
    service.output('stderr', 'Traceback …\n');
    service.exited(1);
    assert.deepEqual(world.finished, [
      ['id-1', { status: 'exited', code: 1, payload: `{"errorMessage":"${exited('id-1')}"}` }],
    ]);
    assert.equal(
      logOf(world),
      `Traceback …\nSTART RequestId: id-1 Version: $LATEST\nEND RequestId: id-1\n${report('id-1', '0.00', 100)}${exited('id-1')}\n`,
    );
  });

  it('between two invocations fails nobody', () => {
    const { native, service, world } = environment(1, {}, true);
    void native('receive_invoke', 14);
    void native('report_done', 'id-1', null, 'null');
    const log = logOf(world);
    service.exited(0);
    assert.equal(logOf(world), log);
    void native('receive_invoke', 14);
    service.exited(3);
    assert.equal(logOf(world), log);
    assert.deepEqual(
      world.finished.map(([request]) => request),
      ['id-1'],
    );
  });
});

describe('the time-out', () => {
  it('is told with each invocation, and with it all that the platform will say then', () => {
    const { native, world } = environment(2, { timeout: 10_000 });
    assert.deepEqual(world.limits, []);
    void native('recv_start', 14);
    void native('receive_invoke', 14);
    const message = (request: string, second: string): string =>
      `2016-12-14T00:00:${second}Z ${request} Task timed out after 10.00 seconds`;
    const told = (request: string, second: string): unknown => [
      request,
      10_000,
      {
        log: `END RequestId: ${request}\n${report(request, '10000.00', 10_000)}${message(request, second)}\n`,
        outcome: {
          status: 'timed-out',
          milliseconds: 10_000,
          payload: `{"errorMessage":"${message(request, second)}"}`,
        },
      },
    ];
    assert.deepEqual(world.limits, [told('id-1', '10.000')]);
    world.pass(1500.5);
    void native('report_done', 'id-1', null, 'null');
    void native('receive_invoke', 14);
    assert.deepEqual(world.limits, [told('id-1', '10.000'), told('id-2', '11.500')]);
    // Until it comes to that, none of it is said.
    assert.doesNotMatch(logOf(world), /timed out/);
  });
});

describe('the time that is left', () => {
  it('counts down from the function’s time-out in whole milliseconds, and stays at nothing', () => {
    const { native, world } = environment(1, { timeout: 3000 });
    const left = (): unknown => native('get_remaining_time');
    assert.deepEqual(left(), { value: 3000 });
    world.pass(500);
    void native('receive_invoke', 14);
    assert.deepEqual(left(), { value: 3000 });
    world.pass(0.25);
    assert.deepEqual(left(), { value: 2999 });
    world.pass(2999);
    assert.deepEqual(left(), { value: 0 });
    world.pass(1000);
    assert.deepEqual(left(), { value: 0 });
    void native('report_done', 'id-1', null, 'null');
    assert.deepEqual(left(), { value: 3000 });
  });
});

describe('output past the runtime', () => {
  it('reaches the log by its stream', () => {
    const { service, world } = environment();
    service.output('stdout', 'a\n');
    service.output('stderr', 'b\n');
    service.output('stdout', '');
    assert.deepEqual(world.events, [
      { kind: 'output', stream: 'stdout', text: 'a\n' },
      { kind: 'output', stream: 'stderr', text: 'b\n' },
    ]);
  });
});

/** The runtime is a file that the reader edits: anything may come across. */
describe('a runtime that somebody has changed', () => {
  it('may answer an invocation that is not open: nobody hears it', () => {
    const { native, world } = environment(2);
    assert.deepEqual(native('report_done', 'id-1', null, '"too early"'), NULL);
    void native('receive_invoke', 14);
    assert.deepEqual(native('report_done', 'id-2', null, '"another’s"'), NULL);
    assert.deepEqual(native('report_done', null, null, '"nobody’s"'), NULL);
    assert.deepEqual(world.finished, []);
    void native('report_done', 'id-1', null, '"first"');
    void native('report_done', 'id-1', null, '"second"');
    void native('report_done', 'id-1', 'ValueError', '"third"');
    assert.deepEqual(world.finished, [['id-1', { status: 'returned', payload: '"first"' }]]);
    assert.equal(logOf(world).match(/^REPORT /gm)?.length, 1);
  });

  it('may answer twice: the second is told, is no phase of its own, and changes nothing', () => {
    const { native, world } = environment(2);
    void native('receive_invoke', 14);
    void native('report_done', 'id-1', null, '1');
    const before = storyOf(world);
    void native('report_done', 'id-1', 'ValueError', '2');
    assert.deepEqual(storyOf(world), [
      ...before,
      'bootstrap → service report_done ["id-1","ValueError","2"]',
    ]);
    void native('receive_invoke', 14);
    assert.deepEqual(world.finished, [['id-1', { status: 'returned', payload: '1' }]]);
  });

  it('may wait again before it has answered: its time runs out, and nothing is handed to it', () => {
    for (const waits of [false, true]) {
      const { native, world } = environment(2, { timeout: 5000 }, waits);
      void native('receive_invoke', 14);
      world.pass(2);
      assert.deepEqual(native('receive_invoke', 14), { end: true });
      const message = '2016-12-14T00:00:05.000Z id-1 Task timed out after 5.00 seconds';
      assert.deepEqual(world.finished, [
        [
          'id-1',
          { status: 'timed-out', milliseconds: 5000, payload: JSON.stringify({ errorMessage: message }) },
        ],
      ]);
      assert.equal(
        logOf(world),
        `START RequestId: id-1 Version: $LATEST\nEND RequestId: id-1\n${report('id-1', '5000.00', 5000)}${message}\n`,
      );
    }
  });

  it('may hand over what is no text', () => {
    const { native, world } = environment();
    void native('receive_invoke', 14);
    void native('log_bytes', 5, 1);
    void native('log_bytes', ['a', null], 'stderr');
    void native('report_fault', { id: 1 }, 2, false, ['trace']);
    void native('report_done', 'id-1', null, { not: 'text' });
    assert.deepEqual(
      world.events.flatMap((event) =>
        event.kind === 'output' && event.stream !== 'platform' ? [event] : [],
      ),
      [
        { kind: 'output', stream: 'stdout', text: '5' },
        { kind: 'output', stream: 'stdout', text: '["a",null]' },
        { kind: 'output', stream: 'stderr', text: '2: false\n["trace"]\n' },
      ],
    );
    assert.deepEqual(world.finished, [['id-1', { status: 'returned', payload: '{"not":"text"}' }]]);
  });

  it('may leave arguments out: that is no success', () => {
    for (const name of [
      'log_bytes',
      'report_fault',
      'report_done',
      'report_running',
      'send_console_message',
    ]) {
      const { native, world } = environment();
      void native('receive_invoke', 14);
      assert.deepEqual(native(name), NULL, name);
      assert.deepEqual(world.finished, [], name);
      // Each of its events is one that the page takes: nothing in it is left out.
      for (const event of world.events) assert.deepEqual(JSON.parse(JSON.stringify(event)), event, name);
    }
    const { native, world } = environment();
    void native('receive_invoke', 14);
    void native('report_done', 'id-1');
    assert.deepEqual(world.finished, [['id-1', { status: 'raised', payload: 'null' }]]);
  });

  it('may call what is not there', () => {
    const { native, world } = environment();
    assert.deepEqual(native('receive_nothing'), {
      error: 'the native module runtime has no function receive_nothing',
    });
    assert.deepEqual(world.events, []);
  });

  it('starts with the parts that a runtime of later years takes, in its order', () => {
    const { native } = environment();
    const answer = native('receive_start', [
      'mode',
      'throttled',
      'handler',
      'namedCredentials',
      'unheard of',
    ]);
    assert.ok('value' in answer && Array.isArray(answer.value));
    assert.deepEqual(answer.value.slice(0, 2), ['event', false]);
    assert.deepEqual(Object.keys(answer.value[3] as object), ['key', 'secret', 'session']);
    assert.equal(answer.value[4], null);
  });

  it('may send the console a message: it is told, and not in the log', () => {
    const { native, world } = environment();
    assert.deepEqual(native('send_console_message', 'hello'), NULL);
    assert.deepEqual(storyOf(world), ['bootstrap → service send_console_message ["hello"]']);
    assert.equal(logOf(world), '');
  });
});
