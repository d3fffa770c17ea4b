import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReadLine } from '../../../src/explain/explanation.ts';
import { readText } from '../../../src/explain/grammar.ts';
import { traceRuns } from '../../../src/explain/runs.ts';

const ONE = '11111111-1111-4111-8111-111111111111';
const TWO = '22222222-2222-4222-8222-222222222222';
const THREE = '33333333-3333-4333-8333-333333333333';

const INIT =
  'INIT_START Runtime Version: python:3.13.v31\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:0a';
const FAILED =
  'INIT_REPORT Init Duration: 100.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError';
const AGAIN =
  'INIT_REPORT Init Duration: 90.00 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError';
const ERROR = "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'x'";
const start = (id: string): string => `START RequestId: ${id} Version: $LATEST`;
const end = (id: string): string => `END RequestId: ${id}`;
const report = (id: string, more = '', duration = 10): string =>
  `REPORT RequestId: ${id}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t${more}`;

/** Lines of one stream, 100 ms apart. */
function linesIn(stream: string | null, texts: readonly string[], from = 1_000_000): ReadLine[] {
  return texts.map((text, index): ReadLine => ({
    ...(readText(text.trim()) ?? { kind: 'your-output', fields: {} }),
    text,
    spans: [{ line: index + 1, from: 0, to: text.length }],
    event: from + index,
    time: { epoch: from + index * 100, clock: from + index * 100 },
    stream,
    isCopy: false,
  }));
}

const runsIn = (lines: readonly ReadLine[]) => traceRuns(lines).traced.map(({ run }) => run);

describe('runs', () => {
  it('are joined by request id where requests are interleaved', () => {
    const lines = linesIn(null, [
      INIT,
      start(ONE),
      INIT,
      start(TWO),
      report(TWO, 'Init Duration: 5.00 ms', 10),
      report(ONE, 'Init Duration: 6.00 ms', 300),
    ]);
    const runs = runsIn(lines);
    assert.deepEqual(
      runs.map(({ requestId, start: began, initMs, lines: own }) => [requestId, began, initMs, own]),
      [
        [ONE, 'cold', 6, [0, 1, 5]],
        [TWO, 'cold', 5, [2, 3, 4]],
      ],
    );
  });

  it('leave a line without an id to neither of two that overlap', () => {
    const { traced, loose } = traceRuns(linesIn(null, [start(ONE), start(TWO), 'hello', end(ONE), end(TWO)]));
    assert.deepEqual(
      traced.map(({ run }) => run.lines),
      [
        [0, 3],
        [1, 4],
      ],
    );
    assert.deepEqual(
      loose.map(({ at }) => at),
      [2],
    );
  });

  it('count the attempts at one event', () => {
    const runs = runsIn(
      linesIn(null, [start(ONE), end(ONE), report(ONE), start(ONE), end(ONE), report(ONE, '', 12)]),
    );
    assert.deepEqual(
      runs.map(({ attempt }) => attempt),
      [1, 2],
    );
  });

  it('begin at END minus Duration, since START is late after a failed init', () => {
    const lines = linesIn(null, [
      INIT,
      ERROR,
      FAILED,
      ERROR,
      AGAIN,
      start(ONE),
      end(ONE),
      report(ONE, 'Status: error\tError Type: Runtime.ImportModuleError', 95),
    ]);
    const [run] = runsIn(lines);
    assert.deepEqual([run?.start, run?.before, run?.initMs, run?.initBilled], ['again', 'nothing', 90, true]);
    assert.deepEqual([run?.from, run?.to], [1_000_505, 1_000_600]);
  });

  it('are frozen in between only where the process was kept', () => {
    const status = 'Status: timeout';
    const kept = runsIn(linesIn('s', [start(ONE), end(ONE), report(ONE), start(TWO), end(TWO), report(TWO)]));
    assert.deepEqual(
      kept.map(({ start: began, before }) => [began, before]),
      [
        ['warm', 'frozen'],
        ['warm', 'frozen'],
      ],
    );
    const reset = runsIn(
      linesIn('s', [
        start(ONE),
        end(ONE),
        report(ONE, status, 3000),
        start(TWO),
        end(TWO),
        report(TWO),
        start(THREE),
        end(THREE),
        report(THREE),
      ]),
    );
    assert.deepEqual(
      reset.map(({ start: began, before, outcome }) => [began, before, outcome]),
      [
        ['warm', 'frozen', 'timeout'],
        ['again', 'nothing', 'success'],
        ['warm', 'frozen', 'success'],
      ],
    );
  });

  it('follow one another in the environment of their stream', () => {
    const lines = [
      ...linesIn('a', [start(ONE), end(ONE), report(ONE, 'Status: error\tError Type: Runtime.OutOfMemory')]),
      ...linesIn('b', [start(TWO), end(TWO), report(TWO)], 2_000_000),
    ];
    assert.deepEqual(
      runsIn(lines).map(({ start: began }) => began),
      ['unknown', 'warm'],
    );
  });

  it('are read oldest first, though a query has the newest on top', () => {
    const lines = linesIn('a', [
      start(ONE),
      report(ONE, 'Init Duration: 5.00 ms'),
      start(TWO),
      report(TWO),
    ]).reverse();
    assert.deepEqual(
      runsIn(lines).map(({ requestId, start: began }) => [requestId, began]),
      [
        [ONE, 'cold'],
        [TWO, 'warm'],
      ],
    );
  });

  it('can be known by REPORT alone', () => {
    const [one, two] = runsIn(
      linesIn(null, [report(ONE, 'Init Duration: 5.00 ms'), report(TWO, 'Status: timeout', 3000)]),
    );
    assert.deepEqual([one?.start, one?.outcome], ['cold', 'unknown']);
    assert.deepEqual([two?.start, two?.outcome], ['unknown', 'timeout']);
  });

  it('are neither cold nor warm where one of the free environments had been reset', () => {
    const lines = linesIn(null, [
      start(ONE),
      start(TWO),
      report(TWO, 'Status: timeout', 3000),
      report(ONE),
      start(THREE),
      end(THREE),
      report(THREE),
    ]);
    assert.deepEqual(
      runsIn(lines).map(({ start: began, before }) => [began, before]),
      [
        ['warm', 'frozen'],
        ['warm', 'frozen'],
        ['unknown', 'unknown'],
      ],
    );
  });

  it('take what came after REPORT by its id', () => {
    const lines = linesIn(null, [
      start(ONE),
      end(ONE),
      report(ONE),
      start(TWO),
      `RequestId: ${ONE} Error: Runtime exited with error: signal: killed`,
      end(TWO),
      report(TWO),
    ]);
    assert.deepEqual(
      runsIn(lines).map(({ outcome }) => outcome),
      ['killed', 'success'],
    );
  });

  it('may have ended in a time-out where REPORT, which alone tells of it, is missing', () => {
    const lines = linesIn(null, [start(ONE), 'your text', end(ONE)]);
    assert.deepEqual(
      runsIn(lines).map(({ outcome }) => outcome),
      ['unknown'],
    );
  });

  it('say nothing of cold or warm where an emulator made the id', () => {
    const made = 'd4daad50-b12d-1771-d55d-b5ed60e0ecd7';
    const [run] = runsIn(linesIn(null, [start(made), end(made), report(made)]));
    assert.deepEqual([run?.isEmulated, run?.start, run?.outcome], [true, 'unknown', 'success']);
  });

  it('have no more lines than there are, and none twice', () => {
    const lines = linesIn(null, [start(ONE), start(ONE), end(ONE), end(ONE), report(ONE), report(ONE)]);
    const own = runsIn(lines).flatMap((run) => run.lines);
    assert.equal(new Set(own).size, own.length);
  });
});
