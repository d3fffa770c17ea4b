import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesFromJson, bytesToJson } from '../../../src/platforms/shared/border.ts';
import type { HttpRequest, HttpResponse } from '../../../src/platforms/shared/http.ts';
import { NativeClient } from '../../../src/platforms/lambda-today/native-client.ts';
import { createService } from '../../../src/platforms/lambda-today/service.ts';
import type { Answer, Json, Service } from '../../../src/platforms/service.ts';
import { FakeWorld } from './fake-world.ts';

const SETUP = {
  handler: 'lambda_function.lambda_handler',
  suppressInit: false,
  timeout: 3000,
  variables: {
    AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
    AWS_LAMBDA_FUNCTION_NAME: 'lab',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  },
};
const ONE = { request: 'request-1', event: '{"n": 1}' };
const TWO = { request: 'request-2', event: '{"n": 2}' };
const BASE = '/2018-06-01/runtime';
const INIT_START = `INIT_START Runtime Version: python:3.14.v38\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:${'0123456789abcdef'.repeat(4)}\n`;
const TOO_LARGE =
  '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | null): string => new TextDecoder().decode(value ?? undefined);

function start(world: FakeWorld): Service {
  const service = createService(SETUP, world);
  service.begin?.();
  void service.call('runtime_client', 'initialize_client', ['lab/1']);
  return service;
}

function next(service: Service): Answer {
  const answer = service.call('runtime_client', 'next', []);
  assert.ok(!(answer instanceof Promise));
  return answer;
}

function respond(service: Service, id: string, body: Uint8Array): unknown {
  return service.call('runtime_client', 'post_invocation_result', [
    id,
    bytesToJson(body),
    'application/json',
  ]);
}

/** Sends a request as a connection carries it; gives status line and body of the answer. */
function exchange(service: Service, head: string, body = ''): [string, string] {
  const request = bytes(
    `${head} HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
  );
  const answer = service.call('socket', 'exchange', [bytesToJson(request)]);
  assert.ok(!(answer instanceof Promise) && 'value' in answer);
  const [answered = '', rest = ''] = text(bytesFromJson(answer.value)).split('\r\n\r\n');
  return [answered.split('\r\n')[0] ?? '', rest];
}

describe('the native client', () => {
  interface Told {
    readonly answer: Answer;
    readonly log: string;
    readonly requests: readonly string[];
  }

  function ask(name: string, args: readonly Json[], response: HttpResponse): Told {
    const requests: string[] = [];
    let log = '';
    const send = ({ method, path }: HttpRequest): HttpResponse => {
      requests.push(`${method} ${path}`);
      return response;
    };
    const client = new NativeClient(
      '127.0.0.1:1',
      send,
      (text) => (log += text),
      () => 12_345.6,
    );
    const answer = client.call(name, args);
    assert.ok(!(answer instanceof Promise));
    return { answer, log, requests };
  }

  function handedOut(...more: readonly (readonly [string, string])[]): HttpResponse {
    const headers = [
      ['Lambda-Runtime-Aws-Request-Id', ' id-7 '],
      ['Content-Type', 'text/x'],
      ...more,
    ] as const;
    return { status: 200, headers, body: bytes('{}') };
  }

  it('has headers that may be blank or empty: what is cut off, and what is as none', () => {
    const response = handedOut(
      ['Lambda-Runtime-Trace-Id', '   '],
      ['Lambda-Runtime-Aws-Tenant-Id', ''],
      ['Lambda-Runtime-Invoked-Function-Arn', '\tarn : x  '],
    );
    const { answer } = ask('next', [], response);
    assert.deepEqual(answer, {
      value: [
        bytesToJson(bytes('{}')),
        {
          'lambda-runtime-aws-request-id': 'id-7',
          'content-type': 'text/x',
          'lambda-runtime-invoked-function-arn': 'arn : x',
        },
      ],
    });
    for (const type of ['', '  ']) {
      const headers = [
        ['Lambda-Runtime-Aws-Request-Id', 'x'],
        ['Content-Type', type],
      ] as const;
      assert.deepEqual(ask('next', [], { ...handedOut(), headers }).answer, { exit: -11 });
    }
  });

  const failed = { error: 'Failed to get next', type: 'RuntimeError' };
  const refusals: readonly (readonly [number, string])[] = [
    [410, 'Failed to get next invocation. Http Response code: 410'],
    [500, 'Failed to get next invocation. Http Response code: 500'],
    [202, 'Failed to find header lambda-runtime-aws-request-id in response'],
  ];
  for (const [status, line] of refusals)
    it(`says of a next that is answered by ${String(status)}: ${line}`, () => {
      const response = { status, headers: [['Content-Type', 'a/b']] as const, body: bytes('why') };
      const { answer, log } = ask('next', [], response);
      assert.deepEqual(answer, failed);
      assert.equal(log, `[ERROR] [12345] LAMBDA_RUNTIME ${line}\n`);
    });

  it('sends nothing to an id that makes no URL, and says nothing', () => {
    const body = bytesToJson(bytes('1'));
    for (const id of ['two words', 'tab\there', '']) {
      const isSent = id === '';
      for (const [name, what] of [
        ['post_invocation_result', 'response'],
        ['post_error', 'error'],
      ] as const) {
        const { answer, log, requests } = ask(name, [id, body, 'x'], { ...handedOut(), status: 202 });
        const error = { error: `Failed to post invocation ${what}`, type: 'RuntimeError' };
        assert.deepEqual(answer, isSent ? { value: null } : error);
        assert.deepEqual([log, requests.length], ['', isSent ? 1 : 0]);
      }
    }
  });
});

describe('the next invocation', () => {
  it('is handed out with the headers of the Runtime API', () => {
    const world = new FakeWorld(ONE);
    const answer = next(start(world));
    assert.ok('value' in answer && Array.isArray(answer.value));
    const [body, headers] = answer.value as [unknown, Record<string, string>];
    assert.equal(text(bytesFromJson(body)), ONE.event);
    assert.deepEqual(headers, {
      'content-type': 'application/json',
      'content-length': '8',
      'lambda-runtime-aws-request-id': 'request-1',
      'lambda-runtime-deadline-ms': String(world.time + SETUP.timeout),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:lab',
      'lambda-runtime-trace-id': headers['lambda-runtime-trace-id'],
      'lambda-runtime-invocation-id': headers['lambda-runtime-invocation-id'],
    });
    assert.match(
      headers['lambda-runtime-trace-id'] ?? '',
      /^Root=1-[0-9a-f]{8}-.{24};Parent=.{16};Sampled=0$/,
    );
  });

  it('crosses as HTTP, and the trace says so between its phases', () => {
    const world = new FakeWorld(ONE);
    next(start(world));
    assert.deepEqual(
      world.messages.map(([from, what]) => [from, what]),
      [
        ['bootstrap', `GET ${BASE}/invocation/next`],
        ['service', '200'],
      ],
    );
    const [asked, answered] = world.messages.map(([, , body]) => body);
    assert.equal(
      asked,
      `GET ${BASE}/invocation/next HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUser-Agent: lab/1\r\nAccept: */*\r\n\r\n`,
    );
    assert.match(
      answered ?? '',
      /^HTTP\/1\.1 200 OK\r\nContent-Type: application\/json\r\n(?:.*\r\n)*\r\n\{"n": 1\}$/,
    );
    assert.deepEqual(world.phases, [
      ['wait', null],
      ['invoke', 'request-1'],
    ]);
  });

  it('may come later', async () => {
    const world = new FakeWorld();
    const late = Object.assign(world, { next: () => Promise.resolve(ONE) });
    const answer = await start(late).call('runtime_client', 'next', []);
    assert.ok('value' in answer);
    assert.match(world.log, /^START RequestId: request-1 /m);
  });

  it('may never come: then the process ends where it waits', async () => {
    assert.deepEqual(next(start(new FakeWorld())), { end: true });
    const late = Object.assign(new FakeWorld(), { next: () => Promise.resolve(null) });
    assert.deepEqual(await start(late).call('runtime_client', 'next', []), { end: true });
  });
});

describe('an answer', () => {
  it('settles its invocation, and the log tells it; the init phase is told once', () => {
    const world = new FakeWorld(ONE, TWO);
    const service = start(world);
    world.time += 120.5;
    for (const [id, body] of [
      ['request-1', '{"a": 1}'],
      ['request-2', 'null'],
    ] as const) {
      next(service);
      world.time += 1.25;
      assert.deepEqual(respond(service, id, bytes(body)), { value: null });
    }
    assert.deepEqual(world.outcomes, [
      ['request-1', { status: 'returned', payload: '{"a": 1}' }],
      ['request-2', { status: 'returned', payload: 'null' }],
    ]);
    const report = (id: string, billed: number): string =>
      `REPORT RequestId: ${id}\tDuration: 1.25 ms\tBilled Duration: ${String(billed)} ms\tMemory Size: 256 MB\tMax Memory Used: 30 MB\t`;
    assert.equal(
      world.log,
      `${INIT_START}START RequestId: request-1 Version: $LATEST\nEND RequestId: request-1\n` +
        `${report('request-1', 122)}Init Duration: 120.50 ms\t\n` +
        'START RequestId: request-2 Version: $LATEST\nEND RequestId: request-2\n' +
        `${report('request-2', 2)}\n`,
    );
  });

  it('may be an error', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    next(service);
    const payload = '{"errorType": "É"}';
    void service.call('runtime_client', 'post_error', [
      'request-1',
      bytesToJson(bytes(payload)),
      '{"cause": "é"}',
    ]);
    assert.deepEqual(world.outcomes, [['request-1', { status: 'raised', payload }]]);
    assert.deepEqual(world.phases.at(-1), ['report-error', 'request-1']);
    assert.match(
      world.messages.at(-2)?.[2] ?? '',
      /\r\nLambda-Runtime-Function-XRay-Error-Cause: \{"cause": "é"\}\r\n/,
    );
  });

  it('of an error without a cause has no header for it, as libcurl sends none', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    next(service);
    void service.call('runtime_client', 'post_error', ['request-1', bytesToJson(bytes('{}')), '']);
    assert.doesNotMatch(world.messages.at(-2)?.[2] ?? '', /XRay/);
  });

  const refusals: readonly (readonly [string, string, Uint8Array, number])[] = [
    ['for an unknown invocation', 'request-9', bytes('1'), 400],
    ['too large', 'request-1', new Uint8Array(6_291_557).fill(32), 413],
  ];
  for (const [what, id, body, status] of refusals) {
    it(`${what} is refused, the client says so, and the call fails`, () => {
      const world = new FakeWorld(ONE);
      const service = start(world);
      next(service);
      const answer = respond(service, id, body);
      assert.deepEqual(answer, { error: 'Failed to post invocation response', type: 'RuntimeError' });
      assert.match(
        world.log,
        new RegExp(
          `\\[ERROR\\] \\[\\d{13}\\] LAMBDA_RUNTIME Failed to post handler success response\\. Http response code: ${String(status)}\\. \\{`,
        ),
      );
      assert.deepEqual(world.outcomes, []);
    });
  }

  it('too large ends with its process: the caller hears of the size, and not of the exit', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    next(service);
    respond(service, 'request-1', new Uint8Array(6_291_557).fill(32));
    service.exited(1);
    assert.deepEqual(world.outcomes, [['request-1', { status: 'exited', code: 1, payload: TOO_LARGE }]]);
    assert.ok(world.log.endsWith('\tStatus: error\tError Type: Function.ResponseSizeTooLarge\n'), world.log);
  });

  it('of the largest size is taken', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    next(service);
    assert.deepEqual(respond(service, 'request-1', new Uint8Array(6_291_556).fill(32)), { value: null });
    assert.equal(world.outcomes[0]?.[1].status, 'returned');
  });

  it('may send the id of its attempt back; that of another is refused', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    const handedOut = next(service);
    assert.ok('value' in handedOut && Array.isArray(handedOut.value));
    const id =
      (handedOut.value as [unknown, Record<string, string>])[1]['lambda-runtime-invocation-id'] ?? '';
    assert.notEqual(id, '');
    const head = `POST ${BASE}/invocation/request-1/response HTTP/1.1\r\nLambda-Runtime-Invocation-Id: `;
    const send = (attempt: string): string => {
      const answer = service.call('socket', 'exchange', [
        bytesToJson(bytes(`${head}${attempt}\r\nContent-Length: 1\r\n\r\n1`)),
      ]);
      assert.ok(!(answer instanceof Promise) && 'value' in answer);
      return text(bytesFromJson(answer.value));
    };
    assert.match(send('another'), /^HTTP\/1\.1 400 .*"errorType":"InvalidInvocationId"/s);
    assert.match(send(id), /^HTTP\/1\.1 202 /);
  });

  it('to the same invocation twice is refused the second time', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    next(service);
    respond(service, 'request-1', bytes('1'));
    assert.match(JSON.stringify(respond(service, 'request-1', bytes('2'))), /Failed to post/);
    assert.equal(world.outcomes.length, 1);
  });
});

describe('a connection', () => {
  it('reaches the same server', () => {
    const service = start(new FakeWorld(ONE));
    assert.deepEqual(exchange(service, `GET ${BASE}/restore/next`), ['HTTP/1.1 200 OK', '']);
    assert.deepEqual(exchange(service, `GET ${BASE}/invocation/next`), ['HTTP/1.1 200 OK', ONE.event]);
    assert.deepEqual(exchange(service, `POST ${BASE}/invocation/request-1/response`, '7'), [
      'HTTP/1.1 202 Accepted',
      '{"status":"OK"}',
    ]);
  });

  it('finds nothing elsewhere, and takes each place by its own method', () => {
    const service = start(new FakeWorld());
    for (const head of [
      'GET /',
      `GET ${BASE}/init/next`,
      `POST ${BASE}/invocation/x/next`,
      `GET ${BASE}/next`,
    ])
      assert.equal(exchange(service, head)[0], 'HTTP/1.1 404 Not Found', head);
    for (const head of [
      `GET ${BASE}/invocation/x/response`,
      `POST ${BASE}/invocation/next`,
      `PUT ${BASE}/init/error`,
    ])
      assert.equal(exchange(service, head)[0], 'HTTP/1.1 405 Method Not Allowed', head);
  });

  const transition = (from: string, to: string): [string, string] => [
    'HTTP/1.1 403 Forbidden',
    `{"errorMessage":"State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed","errorType":"InvalidStateTransition"}`,
  ];

  it('is told that an invocation is nobody’s, and that it was answered before', () => {
    const world = new FakeWorld(ONE, TWO);
    const service = start(world);
    const response = (id: string): string => `POST ${BASE}/invocation/${id}/response`;
    assert.deepEqual(exchange(service, response('request-1'), '0'), [
      'HTTP/1.1 400 Bad Request',
      '{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}',
    ]);
    exchange(service, `GET ${BASE}/invocation/next`);
    exchange(service, response('request-1'), '1');
    const second = transition('RuntimeResponseSentState', 'InvocationResponse');
    assert.deepEqual(exchange(service, response('request-1'), '2'), second);
    const error = exchange(service, `POST ${BASE}/invocation/request-1/error`, '{}');
    assert.deepEqual(error, transition('RuntimeResponseSentState', 'InvocationErrorResponse'));
    assert.deepEqual(world.outcomes, [['request-1', { status: 'returned', payload: '1' }]]);
  });

  it('gets no second invocation before it has answered the first, which keeps its own', () => {
    const world = new FakeWorld(ONE, TWO);
    const service = start(world);
    exchange(service, `GET ${BASE}/invocation/next`);
    const refused = exchange(service, `GET ${BASE}/invocation/next`);
    assert.deepEqual(refused, transition('InvocationRequested', 'Next'));
    exchange(service, `POST ${BASE}/invocation/request-1/response`, '1');
    assert.deepEqual(world.outcomes, [['request-1', { status: 'returned', payload: '1' }]]);
    assert.equal(exchange(service, `GET ${BASE}/invocation/next`)[1], TWO.event);
    assert.deepEqual(
      world.phases.filter(([phase]) => phase === 'invoke'),
      [
        ['invoke', 'request-1'],
        ['invoke', 'request-2'],
      ],
    );
  });

  it('cannot say that its init phase has failed when that is over', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    exchange(service, `GET ${BASE}/invocation/next`);
    for (const [place, to] of [
      ['init/error', 'InitError'],
      ['restore/error', 'RestoreError'],
    ] as const)
      assert.deepEqual(exchange(service, `POST ${BASE}/${place}`, '{}'), transition('Ready', to));
    assert.ok(!world.phases.some(([phase]) => phase === 'report-error'));
  });

  it('may send an answer of any type of content', () => {
    for (const type of ['text/plain', 'application/unknown', '']) {
      const world = new FakeWorld(ONE);
      const service = start(world);
      next(service);
      void service.call('runtime_client', 'post_invocation_result', [
        'request-1',
        bytesToJson(bytes('x')),
        type,
      ]);
      assert.deepEqual(world.outcomes, [['request-1', { status: 'returned', payload: 'x' }]], type);
    }
  });

  it('too large is told so with 413', () => {
    const service = start(new FakeWorld(ONE));
    next(service);
    assert.deepEqual(exchange(service, `POST ${BASE}/invocation/request-1/response`, ' '.repeat(6_291_557)), [
      'HTTP/1.1 413 Payload Too Large',
      '{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}',
    ]);
  });

  it('breaks when what is sent is no HTTP', () => {
    const service = start(new FakeWorld());
    for (const sent of [bytesToJson(bytes('hello\r\n\r\n')), bytesToJson(bytes('GET /')), 7, null]) {
      assert.deepEqual(service.call('socket', 'exchange', [sent]), { error: 'Connection reset by peer' });
    }
  });
});

describe('a process that ends', () => {
  const initErrors: readonly (readonly [string | null, string])[] = [
    ['Runtime.ImportModuleError', 'Runtime.ImportModuleError'],
    ['KeyError', 'Runtime.Unknown'],
    ['my.Error', 'Runtime.Unknown'],
    [null, 'Runtime.Unknown'],
  ];
  for (const [told, type] of initErrors)
    it(`in its init phase with ${String(told)}: the platform tries again, and answers with what comes of that`, () => {
      const payload = `{"errorType": "${String(told)}"}`;
      const fail = (world: FakeWorld): string => {
        const service = start(world);
        const header = told === null ? '' : `\r\nLambda-Runtime-Function-Error-Type: ${told}`;
        const length = String(payload.length);
        const head = `POST ${BASE}/init/error HTTP/1.1${header}\r\nContent-Length: ${length}`;
        void service.call('socket', 'exchange', [bytesToJson(bytes(`${head}\r\n\r\n${payload}`))]);
        assert.deepEqual(world.phases, [['report-error', null]]);
        world.time += 7;
        service.exited(1);
        return world.log;
      };
      const first = new FakeWorld(ONE);
      const report = (phase: string): string =>
        `INIT_REPORT Init Duration: 7.00 ms\tPhase: ${phase}\tStatus: error\tError Type: ${type}\n`;
      assert.equal(fail(first), INIT_START + report('init'));
      assert.deepEqual([first.restarts, first.outcomes], [1, []]);

      const second = new FakeWorld(ONE);
      second.earlierProcesses = 1;
      assert.equal(
        fail(second),
        `${report('invoke')}START RequestId: request-1 Version: $LATEST\nEND RequestId: request-1\n` +
          'REPORT RequestId: request-1\tDuration: 7.00 ms\tBilled Duration: 7 ms\tMemory Size: 256 MB\t' +
          `Max Memory Used: 30 MB\tStatus: error\tError Type: ${type}\n`,
      );
      assert.deepEqual(second.outcomes, [['request-1', { status: 'exited', code: 1, payload }]]);
      assert.equal(second.restarts, 0);
    });

  it('after a reset counts its init as a part of the invocation', () => {
    const world = new FakeWorld(ONE);
    world.earlierProcesses = 1;
    const service = start(world);
    const began = world.time;
    world.time += 400;
    next(service);
    world.time += 2.5;
    respond(service, 'request-1', bytes('1'));
    assert.equal(
      world.log,
      'START RequestId: request-1 Version: $LATEST\nEND RequestId: request-1\n' +
        'REPORT RequestId: request-1\tDuration: 402.50 ms\tBilled Duration: 403 ms\tMemory Size: 256 MB\tMax Memory Used: 30 MB\t\n',
    );
    assert.deepEqual(
      world.limits.map(([, milliseconds]) => milliseconds),
      [3000, 2600],
    );
    assert.match(
      world.limits[1]?.[2].log ?? '',
      /^END .*\nREPORT .*\tDuration: 3000\.00 ms\t.*\tStatus: timeout\n$/,
    );
    const answered = world.messages.at(1)?.[2] ?? '';
    assert.match(answered, new RegExp(`Lambda-Runtime-Deadline-Ms: ${String(began + 3000)}`));
  });

  it('after a reset may be too late before it is ready: init and invocation are told of', () => {
    const world = new FakeWorld(ONE);
    world.earlierProcesses = 1;
    start(world);
    assert.deepEqual(world.initLimits, []);
    assert.equal(
      world.limits[0]?.[2].log,
      'INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout\n' +
        'START RequestId: request-1 Version: $LATEST\nEND RequestId: request-1\n' +
        'REPORT RequestId: request-1\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 256 MB\tMax Memory Used: 30 MB\tStatus: timeout\n',
    );
  });

  const exits: readonly (readonly [number, string])[] = [
    [0, 'Runtime exited without providing a reason'],
    [7, 'Runtime exited with error: exit status 7'],
    [-9, 'Runtime exited with error: signal: killed'],
    [-15, 'Runtime exited with error: signal: terminated'],
    [-11, 'Runtime exited with error: signal: segmentation fault'],
  ];
  for (const [code, reason] of exits) {
    it(`with ${String(code)} in an invocation: the caller is told how, and REPORT that`, () => {
      const world = new FakeWorld(ONE);
      const service = start(world);
      next(service);
      service.exited(code);
      const errorMessage = `RequestId: request-1 Error: ${reason}`;
      const payload = JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage });
      assert.deepEqual(world.outcomes, [['request-1', { status: 'exited', code, payload }]]);
      assert.ok(world.log.endsWith('\tStatus: error\tError Type: Runtime.ExitError\n'), world.log);
      assert.doesNotMatch(world.log, /Runtime exited/);
    });
  }

  it('between two invocations leaves nobody without an answer', () => {
    const world = new FakeWorld(ONE);
    const service = start(world);
    next(service);
    respond(service, 'request-1', bytes('1'));
    service.exited(3);
    assert.equal(world.outcomes.length, 1);
  });
});

describe('a native function that there is not', () => {
  it('is an error', () => {
    assert.deepEqual(start(new FakeWorld()).call('runtime_client', 'fly', []), {
      error: 'the native module runtime_client has no function fly',
    });
  });
});

describe('the time-out', () => {
  it('is told with each invocation, and with it all that the platform will say then', () => {
    const world = new FakeWorld(ONE, TWO);
    const service = start(world);
    world.time += 12;
    next(service);
    const errorMessage = 'RequestId: request-1 Error: Task timed out after 3.00 seconds';
    const last = {
      log:
        'END RequestId: request-1\nREPORT RequestId: request-1\tDuration: 3000.00 ms\tBilled Duration: 3012 ms\t' +
        'Memory Size: 256 MB\tMax Memory Used: 30 MB\tInit Duration: 12.00 ms\tStatus: timeout\n',
      outcome: {
        status: 'timed-out',
        milliseconds: 3000,
        payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
      },
    };
    const initLog = 'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n';
    assert.deepEqual(world.initLimits, [[10_000, initLog]]);
    assert.deepEqual(world.limits, [['request-1', 3000, last]]);
    respond(service, 'request-1', bytes('1'));
    next(service);
    assert.deepEqual(
      world.limits.map(([request, , { log }]) => [request, log.includes('Init Duration')]),
      [
        ['request-1', true],
        ['request-2', false],
      ],
    );
  });
});
