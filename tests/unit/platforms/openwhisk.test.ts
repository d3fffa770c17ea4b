import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesFromJson, bytesToJson } from '../../../src/platforms/shared/border.ts';
import { createService as createActionLoop } from '../../../src/platforms/openwhisk-actionloop/service.ts';
import { createService as createFlask } from '../../../src/platforms/openwhisk-flask/service.ts';
import type { Answer, CreateService, Service } from '../../../src/platforms/service.ts';
import type { FunctionSetup } from '../../../src/trace/recording.ts';
import { FakeWorld } from './fake-world.ts';

const SETUP: FunctionSetup = {
  handler: 'main',
  suppressInit: false,
  timeout: 3000,
  variables: { __OW_WAIT_FOR_ACK: '1', STAGE: 'test' },
};
const INVOCATION = { request: 'id-1', event: '{"a": 1}' };
const END = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n';

const text = (answer: Answer | Promise<Answer>): string => {
  assert.ok(!(answer instanceof Promise) && 'value' in answer, JSON.stringify(answer));
  return new TextDecoder().decode(bytesFromJson(answer.value) ?? undefined);
};
const bytes = (words: string) => bytesToJson(new TextEncoder().encode(words));

function start(create: CreateService, task: FakeWorld['task'], ...queue: (typeof INVOCATION | null)[]) {
  const world = Object.assign(new FakeWorld(...queue), { task });
  return { world, service: create(SETUP, world) };
}

/** The body of a message of HTTP, as JSON. */
const bodyOf = (message: string | undefined): unknown =>
  JSON.parse(message?.slice(message.indexOf('\r\n\r\n') + 4) ?? '');

/** Sender and name of what crossed. */
const crossed = ({ messages }: FakeWorld): string[] => messages.map(([from, what]) => `${from}: ${what}`);

describe('OpenWhisk behind the ActionLoop proxy', () => {
  const TASK = { '/action/1/bin/main__.py': 'def main(p): ...\n' };
  const write = (service: Service, line: string): unknown => service.call('pipe', 'write', [3, bytes(line)]);
  const read = (service: Service): Answer | Promise<Answer> => service.call('pipe', 'read', [0, 8192]);

  it('hands over the code once, then an activation at a time, and marks the end of each in the log', () => {
    const { world, service } = start(createActionLoop, TASK, INVOCATION);
    assert.equal(service.begin?.(), true);
    write(service, '{"ok": true}\n');
    const line = text(read(service));
    const deadline = String(world.now() + SETUP.timeout);
    assert.deepEqual(JSON.parse(line), {
      value: { a: 1 },
      namespace: 'guest',
      action_name: '/guest/lab',
      api_host: 'https://openwhisk.example',
      api_key: 'example-key-that-opens-nothing',
      activation_id: 'id1',
      transaction_id: 'id-1',
      deadline,
    });
    service.output('stdout', 'hello\n');
    write(service, '{"b": 2}\n');
    assert.deepEqual(read(service), { end: true });
    assert.deepEqual(crossed(world), [
      'caller: POST /init',
      'bootstrap: fd 3',
      'service: 200',
      'caller: POST /run',
      'service: stdin',
      'bootstrap: fd 3',
      'service: 200',
    ]);
    assert.deepEqual(bodyOf(world.messages[0]?.[2]), {
      value: {
        name: 'lab',
        main: 'main',
        code: 'def main(p): ...\n',
        binary: false,
        env: { STAGE: 'test' },
      },
    });
    assert.deepEqual(world.phases, [
      ['wait', null],
      ['invoke', 'id-1'],
      ['respond', 'id-1'],
      ['wait', null],
    ]);
    assert.equal(world.log, `hello\n${END}${END}`);
    assert.deepEqual(world.outcomes, [['id-1', { status: 'returned', payload: '{"b": 2}' }]]);
    assert.deepEqual(
      world.limits.map(([request, milliseconds]) => [request, milliseconds]),
      [['id-1', 3000]],
    );
  });

  it('sends several files as a zip, the first one by the name that its owner gave', () => {
    const task = { ...TASK, '/action/1/bin/other.py': '' };
    const { world, service } = start(createActionLoop, task, INVOCATION);
    service.begin?.();
    const init = bodyOf(world.messages[0]?.[2]) as { value: { code: string; binary: boolean } };
    assert.equal(init.value.binary, true);
    const zip = atob(init.value.code);
    assert.ok(zip.startsWith('PK\u0003\u0004') && zip.includes('__main__.py') && zip.includes('other.py'));
  });

  it('does not start the process of an action without code, and answers with the refusal', () => {
    const { world, service } = start(createActionLoop, { '/action/1/bin/main__.py': '' }, INVOCATION);
    assert.equal(service.begin?.(), false);
    service.exited(0);
    const payload = '{"error":"Missing main/no code to execute."}';
    assert.deepEqual(world.outcomes, [['id-1', { status: 'raised', payload }]]);
    assert.deepEqual(world.phases, [['report-error', null]]);
  });

  it('takes an error for what it is, in an answer with 200 as well', () => {
    for (const [line, payload] of [
      ['{"error": "no"}\n', '{"error": "no"}'],
      ['null\n', '{"error":"The action did not return a dictionary or array."}'],
    ] as const) {
      const { world, service } = start(createActionLoop, TASK, INVOCATION);
      service.begin?.();
      write(service, '{"ok": true}\n');
      void read(service);
      write(service, line);
      assert.deepEqual(world.outcomes, [['id-1', { status: 'raised', payload }]]);
      assert.equal(world.log, END + END);
    }
  });

  it('answers for a process that ends: before its ack, during a run, and not at all between two', () => {
    const { world, service } = start(createActionLoop, TASK, INVOCATION);
    service.begin?.();
    service.exited(1);
    const [early] = world.outcomes;
    assert.ok(early?.[1].status === 'exited' && early[1].code === 1);
    assert.equal(world.messages.at(-1)?.[1], '502');

    const during = start(createActionLoop, TASK, INVOCATION);
    during.service.begin?.();
    write(during.service, '{"ok": true}\n');
    void read(during.service);
    during.service.exited(3);
    const exited = { status: 'exited', code: 3, payload: '{"error":"command exited"}' };
    assert.deepEqual(during.world.outcomes, [['id-1', exited]]);
    assert.equal(during.world.log, END + END);

    const between = start(createActionLoop, TASK, INVOCATION);
    between.service.begin?.();
    write(between.service, '{"ok": true}\n');
    void read(between.service);
    write(between.service, '{}\n');
    between.service.exited(0);
    assert.equal(between.world.outcomes.length, 1);
  });

  it('ends the run of a launcher that reads again before it has answered, with the words of the time-out', () => {
    const { world, service } = start(createActionLoop, TASK, INVOCATION, { ...INVOCATION, request: 'id-2' });
    service.begin?.();
    write(service, '{"ok": true}\n');
    void read(service);
    assert.deepEqual(read(service), { end: true });
    const payload = '{"error":"The action exceeded its time limits of 3000 milliseconds."}';
    assert.deepEqual(world.outcomes, [['id-1', { status: 'timed-out', milliseconds: 3000, payload }]]);
  });

  it('knows no other calls', () => {
    const { service } = start(createActionLoop, TASK, INVOCATION);
    for (const [name, args] of [
      ['read', [5, 1]],
      ['write', [4, bytes('x')]],
      ['write', [3, 'no bytes']],
      ['close', [3]],
    ] as const)
      assert.ok('error' in (service.call('pipe', name, args) as object), name);
  });
});

describe('OpenWhisk before the older proxy', () => {
  const TASK = { '/action/__main__.py': 'def main(p): ...\n' };
  const accept = (service: Service): Answer | Promise<Answer> => service.call('socket', 'accept', []);
  /** Takes the next request and answers it; gives the request's first line. */
  function serve(service: Service, status: string, body: string): string {
    const answer = accept(service);
    assert.ok(!(answer instanceof Promise) && 'value' in answer, JSON.stringify(answer));
    const descriptor = answer.value;
    const request = text(service.call('socket', 'receive', [descriptor, 65_536]));
    void service.call('socket', 'send', [descriptor, bytes(`HTTP/1.1 ${status}\r\nX: y\r\n\r\n`)]);
    void service.call('socket', 'send', [descriptor, bytes(body)]);
    void service.call('socket', 'close', [descriptor]);
    return request.split('\r\n', 1)[0] ?? '';
  }

  it('connects for /init once and for each /run, and takes the answer when the connection is closed', () => {
    const { world, service } = start(createFlask, TASK, INVOCATION);
    assert.equal(serve(service, '200 OK', 'OK'), 'POST /init HTTP/1.1');
    assert.equal(serve(service, '200 OK', '{"b": 2}'), 'POST /run HTTP/1.1');
    assert.deepEqual(accept(service), { end: true });
    assert.deepEqual(crossed(world), [
      'service: POST /init',
      'bootstrap: 200',
      'service: POST /run',
      'bootstrap: 200',
    ]);
    assert.deepEqual(world.phases, [
      ['wait', null],
      ['invoke', 'id-1'],
      ['respond', 'id-1'],
      ['wait', null],
    ]);
    assert.deepEqual(world.outcomes, [['id-1', { status: 'returned', payload: '{"b": 2}' }]]);
    assert.equal(world.log, '');
  });

  it('gives a container up whose /init fails', () => {
    const { world, service } = start(createFlask, TASK, INVOCATION);
    serve(service, '502 Bad Gateway', '{"error": "no"}');
    assert.deepEqual(world.outcomes, [['id-1', { status: 'raised', payload: '{"error": "no"}' }]]);
    assert.deepEqual(world.phases, [['report-error', null]]);
    assert.deepEqual(accept(service), { end: true });
  });

  it('answers for a process that ends or that answers nothing', () => {
    const payload = '{"error":"The action ended without an answer."}';
    const early = start(createFlask, TASK, INVOCATION);
    early.service.exited(1);
    assert.deepEqual(early.world.outcomes, [['id-1', { status: 'exited', code: 1, payload }]]);

    const during = start(createFlask, TASK, INVOCATION);
    serve(during.service, '200 OK', 'OK');
    void accept(during.service);
    during.service.exited(3);
    assert.deepEqual(during.world.outcomes, [['id-1', { status: 'exited', code: 3, payload }]]);

    const silent = start(createFlask, TASK, INVOCATION);
    serve(silent.service, '200 OK', 'OK');
    const answer = accept(silent.service) as { readonly value: number };
    void silent.service.call('socket', 'close', [answer.value]);
    assert.deepEqual(silent.world.outcomes, []);
    assert.deepEqual(accept(silent.service), { end: true });
    assert.deepEqual(silent.world.outcomes, [['id-1', { status: 'raised', payload }]]);
  });

  it('ends the run of a server that wants another connection before it has closed the one before', () => {
    const { world, service } = start(createFlask, TASK, INVOCATION);
    serve(service, '200 OK', 'OK');
    void accept(service);
    assert.deepEqual(accept(service), { end: true });
    assert.equal(world.outcomes[0]?.[1].status, 'timed-out');
  });

  it('knows one connection, and no other calls', () => {
    const { service } = start(createFlask, TASK, INVOCATION);
    const fails = (name: string, ...args: Parameters<Service['call']>[2]): void => {
      assert.ok('error' in (service.call('socket', name, args) as object), name);
    };
    fails('receive', 5, 100);
    void accept(service);
    fails('receive', 6, 100);
    fails('send', 5, 'no bytes');
    fails('exchange', 5);
  });
});
