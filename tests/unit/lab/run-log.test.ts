import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunLog } from '../../../src/lab/run-log.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';

const print = (text: string): TraceEvent => ({ kind: 'output', stream: 'stdout', text });

test('a reader of the log gets what it has not read yet', () => {
  const log = new RunLog([print('1')]);
  let place = log.length;
  log.add([print('2'), print('3')]);
  assert.deepEqual(log.from(place), [print('2'), print('3')]);
  place = log.length;
  assert.deepEqual(log.from(place), []);
  assert.deepEqual(log.events, [print('1'), print('2'), print('3')]);
});

test('a batch may hold more events than a call can have arguments', () => {
  const log = new RunLog();
  log.add(Array.from({ length: 300_000 }, () => print('x')));
  assert.equal(log.length, 300_000);
});
