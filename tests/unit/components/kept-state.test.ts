import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptState } from '../../../src/components/article/kept-state.ts';
import type { Outcome, RecordedRun } from '../../../src/trace/format.ts';
import type { Recording } from '../../../src/trace/recording.ts';

const LINE = 'The top runs.';

const run = (cold: boolean, log: string, outcome: Outcome): RecordedRun => ({
  beginning: { format: 'trace/1', platform: 'toy', python: '3.14.2', cold, request: 'r', event: '{}' },
  events: [{ kind: 'output', stream: 'stderr', text: log }],
  outcome,
});

const answer = (payload: string): Outcome => ({ status: 'returned', payload });

const recording = (
  runs: readonly RecordedRun[],
  files: readonly string[] = ['/task/count.py'],
): Recording => ({
  example: 'count',
  platform: 'toy',
  taskRoot: '/task',
  setup: { handler: 'count.main', suppressInit: false, timeout: 3000, variables: {} },
  task: Object.fromEntries([
    ['/task/other.py', { text: 'import count\n' }],
    ...files.map((file) => [file, { text: `print('${LINE}')\n` }] as const),
  ]),
  compiledFrom: {},
  stops: [],
  title: null,
  prediction: null,
  runs,
  blobs: [],
  disk: { files: {}, folders: [] },
  environment: 'single',
});

test('processes are cold runs, and a top is a whole line of the log', () => {
  const runs = [
    run(true, `${LINE}\n`, answer('1')),
    run(false, `no ${LINE}\n`, answer('2')),
    run(true, `${LINE}\n`, answer('1')),
  ];
  assert.deepEqual(keptState(recording(runs), LINE), {
    file: 'count.py',
    answers: ['1', '2', '1'],
    processes: 2,
    tops: 2,
  });
});

test('a table never says nothing: without the line, without an answer or with two counters it ends the build', () => {
  const good = run(true, `${LINE}\n`, answer('1'));
  assert.throws(() => keptState(recording([run(true, '', answer('1'))]), LINE), /No log of count on toy/);
  const crashed: Outcome = { status: 'crashed', message: 'gone' };
  assert.throws(() => keptState(recording([{ ...good, outcome: crashed }]), LINE), /has no answer/);
  assert.throws(
    () => keptState(recording([good], ['/task/a.py', '/task/b.py']), LINE),
    /^RangeError: 2 files/,
  );
});
