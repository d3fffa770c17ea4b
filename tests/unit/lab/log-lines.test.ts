import assert from 'node:assert/strict';
import { test } from 'node:test';
import { continueLines, eventsToLines, isOpen, splitAtReturns } from '../../../src/lab/output/log-lines.ts';
import type { OutputStream, TraceEvent } from '../../../src/trace/format.ts';

const output = (stream: OutputStream, text: string): TraceEvent => ({ kind: 'output', stream, text });
const cutToText = (limit: number): string => `[cut at ${limit}]`;

test('pieces of one stream become lines, wherever they were cut', () => {
  const events = [output('stdout', 'a'), output('stdout', 'b\nc'), output('stdout', '\n\nd\n')];
  assert.deepEqual(eventsToLines(events, cutToText), [
    [{ stream: 'stdout', text: 'ab\n' }],
    [{ stream: 'stdout', text: 'c\n' }],
    [{ stream: 'stdout', text: '\n' }],
    [{ stream: 'stdout', text: 'd\n' }],
  ]);
});

test('a line that two streams wrote keeps both', () => {
  const events = [output('stdout', 'half'), output('platform', 'END\n'), output('stderr', 'x')];
  assert.deepEqual(eventsToLines(events, cutToText), [
    [
      { stream: 'stdout', text: 'half' },
      { stream: 'platform', text: 'END\n' },
    ],
    [{ stream: 'stderr', text: 'x' }],
  ]);
});

test('events that reach no log make no line', () => {
  assert.deepEqual(eventsToLines([{ kind: 'phase', phase: 'init', request: null }], cutToText), []);
  assert.deepEqual(eventsToLines([output('stdout', '')], cutToText), []);
  assert.deepEqual(eventsToLines([{ kind: 'cut', what: 'events', limit: 9 }], cutToText), []);
});

test('where output was cut stands a line of the lab’s own', () => {
  const events: TraceEvent[] = [
    output('stdout', 'unfinished'),
    { kind: 'cut', what: 'output', limit: 10 },
    output('platform', 'END\n'),
  ];
  assert.deepEqual(eventsToLines(events, cutToText), [
    [
      { stream: 'stdout', text: 'unfinished' },
      { stream: 'lab', text: '\n' },
    ],
    [{ stream: 'lab', text: '[cut at 10]\n' }],
    [{ stream: 'platform', text: 'END\n' }],
  ]);
});

test('lines that come in batches are those that come at once', () => {
  const events = ['a', 'b\n', 'c\nd', '', 'e', '\n', '\n', 'f'].flatMap((text, index) => [
    output(index % 3 === 0 ? 'stderr' : 'stdout', text),
  ]);
  const whole = eventsToLines(events, cutToText);
  for (let size = 1; size <= events.length; size += 1) {
    const shown = [];
    for (let from = 0; from < events.length; from += size) {
      const last = shown.at(-1);
      const open = last !== undefined && isOpen(last) ? last : null;
      const lines = continueLines(open, events.slice(from, from + size), cutToText);
      if (open !== null) shown.pop();
      shown.push(...lines);
    }
    assert.deepEqual(shown, whole, `in batches of ${size}`);
  }
});

test('with nothing new an open line stays as it is', () => {
  const open = [{ stream: 'stdout', text: 'so far' }] as const;
  assert.deepEqual(continueLines(open, [], cutToText), [open]);
});

test('a record of several rows is one line, shown as its rows', () => {
  const lines = eventsToLines([output('stdout', 'a\r  b\rc\nd\n')], cutToText);
  assert.deepEqual(
    lines.map(([segment]) => splitAtReturns(segment?.text ?? '')),
    [['a', '  b', 'c\n'], ['d\n']],
  );
});
