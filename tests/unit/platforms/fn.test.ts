/** Fn from the call to the answer, in the lab's Python. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnvironmentRecord } from '../../../src/integrations/node-life.ts';
import { eventsToLog, type TraceEvent } from '../../../src/trace/format.ts';
import { createService } from '../../../src/platforms/fn/service.ts';
import { bytesToJson } from '../../../src/platforms/shared/border.ts';
import { runHandler, type Chosen } from '../run-handler.ts';
import { FakeWorld } from './fake-world.ts';

const run = (source: string, chosen: Chosen = {}): Promise<EnvironmentRecord[]> =>
  runHandler(source, { platform: 'fn', file: 'func.py', ...chosen });

const outcomesOf = (environments: readonly EnvironmentRecord[]): unknown[] =>
  environments.map(({ runs }) => runs.map(({ outcome }) => outcome));

const messagesOf = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'message' ? [event.what] : []));

const SOURCE = `import json, os, sys, time
print("imported")
calls = 0
async def later(value):
    return value
def handler(ctx, data):
    global calls
    calls += 1
    event = json.load(data)
    if event == "raise": raise LookupError("no")
    if event == "late": raise TimeoutError("late")
    if event == "exit": sys.exit(0)
    if event == "_exit": os._exit(4)
    if event == "sleep": time.sleep(60)
    if event == "await": return later("awaited")
    if event == "who": return json.dumps([ctx.CallID(), ctx.Deadline(), os.getcwd(), sys.argv, __name__])
    return json.dumps([event, calls])
`;

describe('a function of Fn', () => {
  const events = ['1', '"raise"', '"late"', '2', '"exit"', '3', '"_exit"', '4'];
  const message = (text: string): string => JSON.stringify({ message: text });
  const gone = message('error receiving function response');
  const failed = { status: 'raised', payload: message('function failed') };

  it('lives as long as its process, in both ways of waiting alike', async () => {
    const environments = await run(SOURCE, { events });
    assert.deepEqual(outcomesOf(environments), [
      [
        { status: 'returned', payload: '[1, 1]' },
        failed,
        failed,
        { status: 'returned', payload: '[2, 4]' },
        { status: 'exited', code: 0, payload: gone },
      ],
      [
        { status: 'returned', payload: '[3, 1]' },
        { status: 'exited', code: 4, payload: gone },
      ],
      [{ status: 'returned', payload: '[4, 1]' }],
    ]);
    assert.deepEqual(await run(SOURCE, { events, waiting: 'queue' }), environments);
    const logs = environments[0]?.runs.map(({ events }) => eventsToLog(events)) ?? [];
    assert.equal(logs[0], 'imported\n');
    assert.match(logs[1] ?? '', /^Traceback \(most recent call last\):\\n {2}File .*LookupError: no\\n\n$/);
  });

  it('is posted each call behind a socket that it has bound, and imported in the first one', async () => {
    const [environment] = await run(SOURCE, { events: ['1', '2'] });
    const [first, second] = environment?.runs ?? [];
    assert.ok(first && second);
    assert.deepEqual(messagesOf(first.events), ['bind', 'POST /call', '200']);
    assert.deepEqual(messagesOf(second.events), ['POST /call', '200']);
    const order = first.events.flatMap((event) => {
      if (event.kind === 'phase') return [event.phase];
      return event.kind === 'call' && event.owner === 'handler' ? [event.name] : [];
    });
    assert.deepEqual(order, ['init', 'wait', 'invoke', '<module>', 'handler', 'respond']);
  });

  it('is told its id and its deadline, and knows itself as func', async () => {
    const [environment] = await run(SOURCE, { events: ['"who"'] });
    const one = environment?.runs[0];
    assert.ok(one?.outcome.status === 'returned');
    const [id, deadline, ...rest] = JSON.parse(one.outcome.payload) as unknown[];
    assert.equal(id, one.beginning.request);
    assert.match(String(deadline), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(rest, [
      '/function',
      ['/python/fdk/__main__.py', '/function/func.py', 'handler'],
      'func',
    ]);
  });

  it('that takes too long is ended where it is, and one that cannot be imported fails its calls', async () => {
    const late = { status: 'timed-out', milliseconds: 3000, payload: message('Timed out') };
    assert.deepEqual(outcomesOf(await run(SOURCE, { events: ['"sleep"', '1'] })), [
      [late],
      [{ status: 'returned', payload: '[1, 1]' }],
    ]);
    for (const source of ['import no_such_module\n', 'def handler(ctx, data) pass\n', 'other = 1\n'])
      assert.deepEqual(outcomesOf(await run(source, { events: ['1', '2'] })), [[failed, failed]]);
  });

  it('that listens nowhere is a container that has failed to initialize', async () => {
    const environments = await run(SOURCE, { variables: { FN_FORMAT: 'json' } });
    const words =
      'Container failed to initialize, please ensure you are using the latest fdk and check the logs';
    assert.deepEqual(outcomesOf(environments), [[{ status: 'exited', code: 1, payload: message(words) }]]);
  });

  it('may be a coroutine where Python can wait', async () => {
    const [environment] = await run(SOURCE, { events: ['"await"'] });
    assert.deepEqual(environment?.runs[0]?.outcome, { status: 'returned', payload: 'awaited' });
  });
});

describe('the container of a function of Fn', () => {
  const setup = { handler: 'handler', suppressInit: false, timeout: 3000, variables: {} };

  it('is given thirty seconds for another call, and ends where it waits', () => {
    const world = new FakeWorld({ request: 'one', event: '1' });
    const service = createService(setup, world);
    const native = (name: string, ...args: Parameters<typeof service.call>[2]): unknown =>
      service.call('lab_unix', name, args);
    native('bind', '/tmp/iofs/phonylsnr.sock');
    assert.deepEqual(native('accept'), { value: 5 });
    const answer = new TextEncoder().encode('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    assert.deepEqual(native('send', 5, bytesToJson(answer)), { value: null });
    assert.deepEqual(native('receive', 6, 1), { error: 'the connection is not open' });
    assert.deepEqual(native('close', 5), { value: null });
    assert.deepEqual(world.outcomes, [['one', { status: 'returned', payload: 'ok' }]]);
    assert.deepEqual(native('accept'), { end: true });
    assert.deepEqual(world.patiences, [undefined, 30_000]);
  });

  it('that closes a connection without an answer fails its call, and may go on', () => {
    const world = new FakeWorld({ request: 'one', event: '1' }, { request: 'two', event: '2' });
    const service = createService(setup, world);
    assert.deepEqual(service.call('lab_unix', 'accept', []), { value: 5 });
    assert.deepEqual(service.call('lab_unix', 'close', [5]), { value: null });
    const payload = '{"message":"error receiving function response"}';
    assert.deepEqual(world.outcomes, [['one', { status: 'raised', payload }]]);
    assert.deepEqual(service.call('lab_unix', 'accept', []), { value: 6 });
    // It has not closed that one: nobody will answer, and nobody can say so before the time is up.
    assert.deepEqual(service.call('lab_unix', 'accept', []), { end: true });
    assert.equal(world.outcomes[1]?.[1].status, 'timed-out');
  });
});
