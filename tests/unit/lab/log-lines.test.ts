import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import {
  eventsToShown,
  LOG_BOUNDS,
  LogLines,
  splitAtReturns,
  type LogBounds,
  type LogLine,
} from '../../../src/lab/output/log-lines.ts';
import { RunLog } from '../../../src/lab/run-log.ts';
import { eventsToLog, type OutputStream, type TraceEvent } from '../../../src/trace/format.ts';

const output = (stream: OutputStream, text: string): TraceEvent => ({ kind: 'output', stream, text });
const cutToText = (limit: number): string => `[cut at ${limit}]`;
const show = (events: readonly TraceEvent[], bounds = LOG_BOUNDS) =>
  eventsToShown(new RunLog(events), cutToText, bounds);
const line = (stream: LogLine['segments'][number]['stream'], text: string, isOpen = false): LogLine => ({
  segments: [{ stream, text }],
  leftOut: 0,
  isOpen,
});
const textsOf = (lines: readonly LogLine[]): string[] =>
  lines.map(({ segments }) => segments.map(({ text }) => text).join(''));

test('pieces of one stream become lines, wherever they were cut', () => {
  const events = [output('stdout', 'a'), output('stdout', 'b\nc'), output('stdout', '\n\nd\n')];
  assert.deepEqual(show(events), {
    first: [line('stdout', 'ab'), line('stdout', 'c'), line('stdout', ''), line('stdout', 'd')],
    leftOut: 0,
    last: [],
  });
});

test('a line that two streams wrote keeps both', () => {
  const events = [output('stdout', 'half'), output('platform', 'END\n'), output('stderr', 'x')];
  assert.deepEqual(show(events).first, [
    {
      segments: [
        { stream: 'stdout', text: 'half' },
        { stream: 'platform', text: 'END' },
      ],
      leftOut: 0,
      isOpen: false,
    },
    line('stderr', 'x', true),
  ]);
});

test('events that reach no log make no line', () => {
  assert.deepEqual(show([{ kind: 'phase', phase: 'init', request: null }]).first, []);
  assert.deepEqual(show([output('stdout', '')]).first, []);
  assert.deepEqual(show([{ kind: 'cut', what: 'events', limit: 9 }]).first, []);
});

test('where output was cut stands a line of the lab’s own', () => {
  const events: TraceEvent[] = [
    output('stdout', 'unfinished'),
    { kind: 'cut', what: 'output', limit: 10 },
    output('platform', 'END\n'),
  ];
  assert.deepEqual(show(events).first, [
    line('stdout', 'unfinished'),
    line('lab', '[cut at 10]'),
    line('platform', 'END'),
  ]);
});

test('lines that come in batches are those that come at once', () => {
  const events = ['a', 'b\n', 'c\nd', '', 'e', '\n', '\n', 'f'].map((text, index) =>
    output(index % 3 === 0 ? 'stderr' : 'stdout', text),
  );
  const whole = show(events);
  for (let size = 1; size <= events.length; size += 1) {
    const log = new RunLog();
    const lines = new LogLines(log, cutToText);
    for (let from = 0; from < events.length; from += size) {
      log.add(events.slice(from, from + size));
      lines.read();
    }
    assert.deepEqual(lines.shown(), whole, `in batches of ${size}`);
  }
});

test('a record of several rows is one line, shown as its rows', () => {
  const { first } = show([output('stdout', 'a\r  b\rc\nd\n')]);
  assert.deepEqual(
    first.map(({ segments: [segment] }) => splitAtReturns(segment?.text ?? '')),
    [['a', '  b', 'c'], ['d']],
  );
});

const FEW: LogBounds = {
  head: { rows: 3, characters: 100 },
  tail: { rows: 2, characters: 100 },
  line: { rows: 4, characters: 20 },
};

describe('of a log with more lines than are shown', () => {
  const texts = Array.from({ length: 10 }, (_, index) => `line ${index}\n`);
  const whole = texts.join('');

  it('the first and the last ones are, and those between are counted', () => {
    const { first, leftOut, last } = show([output('stdout', whole)], FEW);
    assert.deepEqual(textsOf(first), ['line 0', 'line 1', 'line 2']);
    assert.equal(leftOut, 5);
    assert.deepEqual(textsOf(last), ['line 8', 'line 9']);
  });

  it('it is the same however it was cut into pieces, and as it grows', () => {
    for (let size = 1; size <= 25; size += 1) {
      const log = new RunLog();
      const lines = new LogLines(log, cutToText, FEW);
      for (let from = 0; from < whole.length; from += size) {
        log.add([output('stdout', whole.slice(from, from + size))]);
        lines.read();
        const so = whole.slice(0, from + size);
        const all = so.split('\n').filter((text, index, { length }) => text !== '' || index < length - 1);
        const { first, leftOut, last } = lines.shown();
        assert.equal(lines.count, all.length);
        assert.equal(first.length + leftOut + last.length, all.length);
        assert.deepEqual(textsOf(first), all.slice(0, 3));
        assert.deepEqual(textsOf(last), all.slice(3).slice(-2));
      }
    }
  });

  it('the lab’s own line and an open last one count as lines', () => {
    const events: TraceEvent[] = [
      output('stdout', whole),
      output('stdout', 'open'),
      { kind: 'cut', what: 'output', limit: 9 },
      output('platform', 'END'),
    ];
    const { leftOut, last } = show(events, FEW);
    assert.equal(leftOut, 8);
    assert.deepEqual(last, [line('lab', '[cut at 9]'), line('platform', 'END', true)]);
  });

  it('a last line that alone is too long is shown as far as a line is', () => {
    const { leftOut, last } = show([output('stdout', `${whole}${'x'.repeat(500)}`)], FEW);
    assert.equal(leftOut, 6);
    assert.deepEqual(last, [
      line('stdout', 'line 9'),
      { segments: [{ stream: 'stdout', text: 'x'.repeat(20) }], leftOut: 480, isOpen: true },
    ]);
  });

  it('rows within the last lines are counted like lines', () => {
    const { last } = show([output('stdout', `${whole}a\rb\nc\n`)], FEW);
    assert.deepEqual(textsOf(last), ['c']);
  });
});

describe('one line', () => {
  it('keeps its beginning, and the number of the characters that it loses', () => {
    const { first } = show([output('stdout', 'x'.repeat(15)), output('stdout', `${'y'.repeat(15)}\nz`)], FEW);
    assert.deepEqual(first, [
      {
        segments: [{ stream: 'stdout', text: 'x'.repeat(15) + 'y'.repeat(5) }],
        leftOut: 10,
        isOpen: false,
      },
      line('stdout', 'z', true),
    ]);
  });

  it('keeps so many rows', () => {
    const { first } = show([output('stdout', '\r'.repeat(15))], FEW);
    assert.deepEqual(first, [
      { segments: [{ stream: 'stdout', text: '\r'.repeat(3) }], leftOut: 12, isOpen: true },
    ]);
  });

  it('loses no half of a character', () => {
    const { first } = show([output('stdout', `x${'😀'.repeat(15)}`)], FEW);
    assert.deepEqual(textsOf(first), [`x${'😀'.repeat(9)}`]);
    assert.equal(first[0]?.leftOut, 12);
  });
});

test('a moment finds its line by the characters of the log so far', () => {
  const events: TraceEvent[] = [
    output('stdout', 'a\nb'),
    output('stderr', 'c\n'),
    { kind: 'cut', what: 'output', limit: 9 },
    output('platform', '\nEND\n'),
  ];
  const lines = new LogLines(new RunLog(events), cutToText, FEW);
  lines.read();
  const begun = events.map((_, index) => lines.begunAt(eventsToLog(events.slice(0, index + 1)).length));
  assert.deepEqual([lines.begunAt(0), ...begun], [0, 2, 2, 3, 5]);
});

test('millions of lines, one of millions of characters, and millions of returns are read at once', () => {
  const most = LOG_BOUNDS.head.rows + LOG_BOUNDS.tail.rows;
  for (const [text, count] of [
    ['\n'.repeat(8_000_000), 8_000_000],
    ['x'.repeat(8_000_000), 1],
    ['\r'.repeat(2_000_000), 1],
  ] as const) {
    const { first, leftOut, last } = show([output('stdout', text)]);
    assert.equal(first.length + leftOut + last.length, count);
    assert.ok(first.length + last.length <= most);
    const shown = [...first, ...last].flatMap(({ segments }) => segments.map((segment) => segment.text));
    assert.ok(shown.join('').length <= LOG_BOUNDS.line.characters);
  }
});

test('a line that two streams write in turns is kept in so many pieces, and the rest of it is counted', () => {
  const turns = Array.from({ length: 60_000 }, (_, at) => output(at % 2 === 0 ? 'stdout' : 'stderr', 'x'));
  const { first } = show([...turns, output('stdout', '\n'), output('stdout', 'next\n')]);
  assert.deepEqual(
    first.map(({ segments, leftOut }) => [segments.length, leftOut]),
    [
      [500, 59_500],
      [1, 0],
    ],
  );
});
