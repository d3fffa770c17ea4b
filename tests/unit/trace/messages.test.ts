import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Owner, TraceEvent } from '../../../src/trace/format.ts';
import { eventsToMessages, lanesOf } from '../../../src/trace/messages.ts';

const call = (frame: number, caller: number | null, owner: Owner, locals = {}): TraceEvent => ({
  kind: 'call',
  frame,
  caller,
  source: owner === 'handler' ? '/var/task/lambda_function.py' : '/var/runtime/bootstrap.py',
  line: 1,
  name: owner === 'handler' ? 'lambda_handler' : 'main',
  owner,
  locals,
});
const line = (frame: number): TraceEvent => ({ kind: 'line', frame, line: 2 });
const back = (frame: number, value = 'None'): TraceEvent => ({ kind: 'return', frame, value });
const raised = (frame: number): TraceEvent => ({ kind: 'raise', frame, line: 2, error: 'ValueError: no' });
const into = { from: 'bootstrap', to: 'handler' } as const;
const out = { from: 'handler', to: 'bootstrap' } as const;

test('phases, messages, calls into the handler and returns are the rows, each with its event', () => {
  const events: TraceEvent[] = [
    { kind: 'phase', phase: 'wait', request: null },
    { kind: 'output', stream: 'platform', text: 'START\n' },
    { kind: 'message', from: 'service', to: 'bootstrap', what: 'receive_invoke', body: '["1"]' },
    call(1, null, 'runtime'),
    line(1),
    call(2, 1, 'handler', { event: "{'a': 1}", context: '<LambdaContext object>' }),
    line(2),
    back(2, '42'),
    line(1),
    { kind: 'phase', phase: 'respond', request: '1' },
    { kind: 'message', from: 'bootstrap', to: 'service', what: 'report_done', body: '["1",null,"42"]' },
    { kind: 'cut', what: 'events', limit: 11 },
  ];
  assert.deepEqual(eventsToMessages(events), [
    { kind: 'phase', at: 0, phase: 'wait' },
    { kind: 'message', at: 2, from: 'service', to: 'bootstrap', what: 'receive_invoke', body: '["1"]' },
    {
      kind: 'call',
      at: 5,
      ...into,
      what: 'lambda_handler',
      body: "event={'a': 1}, context=<LambdaContext object>",
    },
    { kind: 'return', at: 7, ...out, what: 'lambda_handler', body: '42' },
    { kind: 'phase', at: 9, phase: 'respond' },
    {
      kind: 'message',
      at: 10,
      from: 'bootstrap',
      to: 'service',
      what: 'report_done',
      body: '["1",null,"42"]',
    },
    { kind: 'cut', at: 11 },
  ]);
});

test('what the handler’s code calls, and what calls it back from there, is no crossing', () => {
  const events = [
    call(1, null, 'runtime'),
    call(2, 1, 'handler'),
    call(3, 2, 'handler'),
    back(3),
    call(4, 2, 'runtime'),
    call(5, 4, 'handler'),
    back(5),
    back(4),
    back(2),
    back(1),
  ];
  assert.deepEqual(
    eventsToMessages(events).map(({ kind, at }) => [kind, at]),
    [
      ['call', 1],
      ['return', 8],
    ],
  );
});

for (const [how, events, expected] of [
  ['leaves the handler', [raised(2), back(2), raised(1)], 'raise'],
  ['leaves the handler as the run ends', [raised(2), back(2)], 'raise'],
  ['is caught in the handler', [raised(2), line(2), back(2), line(1), raised(1)], 'return'],
  ['leaves the handler by way of a finally', [raised(2), line(2), back(2), raised(1)], 'raise'],
] as const) {
  test(`an exception that ${how} comes back as a ${expected}`, () => {
    const rows = eventsToMessages([call(1, null, 'runtime'), call(2, 1, 'handler'), line(2), ...events]);
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['call', expected],
    );
    const last = rows.at(-1);
    assert.equal(
      last !== undefined && 'body' in last ? last.body : null,
      expected === 'raise' ? 'ValueError: no' : 'None',
    );
  });
}

test('a script that the platform starts itself is called by the platform, and there are two parties', () => {
  const events: TraceEvent[] = [
    { kind: 'message', from: 'service', to: 'handler', what: 'stdin', body: '{}' },
    call(1, null, 'handler'),
    call(2, 1, 'handler'),
    back(2),
    raised(1),
    back(1),
  ];
  const rows = eventsToMessages(events);
  assert.deepEqual(
    rows.map((row) => 'from' in row && [row.kind, row.at, row.from, row.to]),
    [
      ['message', 0, 'service', 'handler'],
      ['call', 1, 'service', 'handler'],
      ['raise', 5, 'handler', 'service'],
    ],
  );
  assert.deepEqual(lanesOf(rows), ['service', 'handler']);
  assert.deepEqual(lanesOf([]), ['service', 'bootstrap', 'handler']);
});

test('a caller has a line only where somebody calls the service', () => {
  const message = { kind: 'message', from: 'service', to: 'bootstrap', what: 'a line', body: '' } as const;
  const others = ['service', 'bootstrap', 'handler'];
  assert.deepEqual(lanesOf(eventsToMessages([message])), others);
  assert.deepEqual(lanesOf(eventsToMessages([message, { ...message, from: 'service', to: 'caller' }])), [
    'caller',
    ...others,
  ]);
});
