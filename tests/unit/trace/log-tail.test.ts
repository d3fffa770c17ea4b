import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsToLog, type TraceEvent } from '../../../src/trace/format.ts';
import { eventsToTail } from '../../../src/trace/log-tail.ts';

const output = (text: string, stream: 'stdout' | 'platform' = 'stdout'): TraceEvent => ({
  kind: 'output',
  stream,
  text,
});

test('a log that fits is the whole log', () => {
  const events = [output('START\n', 'platform'), output('a'.repeat(4090))];
  assert.deepEqual(eventsToTail(events), { events, size: 4096, leftOut: 0 });
});

test('of a longer one the last 4,096 bytes are left, whatever lines they begin in', () => {
  const file = Array.from({ length: 500 }, (_, index) => `line ${String(index)}\n`).join('');
  const events = [output('START\n', 'platform'), output(file), output('END\n', 'platform')];
  const { events: kept, size, leftOut } = eventsToTail(events);
  const log = eventsToLog(events);
  assert.equal(size, log.length);
  assert.equal(leftOut, log.length - 4096);
  assert.equal(eventsToLog(kept), log.slice(-4096));
  assert.deepEqual(
    kept.map((event) => event.kind === 'output' && event.stream),
    ['stdout', 'platform'],
  );
});

test('bytes are counted, not characters', () => {
  const { events, size, leftOut } = eventsToTail([output('あいう')], 6);
  assert.deepEqual([eventsToLog(events), size, leftOut], ['いう', 9, 3]);
});

test('a character of three bytes that is cut apart leaves a mark for each of its bytes', () => {
  const log = (limit: number): string => eventsToLog(eventsToTail([output('あい\n')], limit).events);
  assert.deepEqual([7, 6, 5, 4, 3, 2, 1].map(log), [
    'あい\n',
    '\uFFFD\uFFFDい\n',
    '\uFFFDい\n',
    'い\n',
    '\uFFFD\uFFFD\n',
    '\uFFFD\n',
    '\n',
  ]);
});

test('the cut may fall between two writes, and then both stay as they are', () => {
  const events = [output('abc'), output('def', 'platform')];
  assert.deepEqual(eventsToTail(events, 3), { events: [events[1]], size: 6, leftOut: 3 });
});

test('a mark of byte order at the cut is text like any other', () => {
  assert.equal(eventsToLog(eventsToTail([output('ab\uFEFFc')], 4).events), '\uFEFFc');
});

test('that the lab kept no more output is said only behind the cut', () => {
  const cut: TraceEvent = { kind: 'cut', what: 'output', limit: 3 };
  assert.deepEqual(eventsToTail([output('abc'), cut, output('de')], 4).events, [
    output('bc'),
    cut,
    output('de'),
  ]);
  assert.deepEqual(eventsToTail([output('abc'), cut, output('de')], 2).events, [cut, output('de')]);
});
