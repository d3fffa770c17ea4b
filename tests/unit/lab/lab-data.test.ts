import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingToLabData, type LabPlace } from '../../../src/lab/page-data.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import type { Recording } from '../../../src/trace/recording.ts';

const RECORDING: Recording = {
  example: 'an-example',
  platform: 'a-platform',
  taskRoot: '/var/task',
  setup: { handler: 'm.f', suppressInit: false, timeout: 3000, variables: { PATH: '/bin' } },
  task: { '/var/task/m.py': { text: 'def f(event, context): print(1)\n' } },
  compiledFrom: {},
  stops: [],
  title: null,
  prediction: null,
  blobs: [{}],
  disk: { files: {}, folders: [] },
  environment: 'single',
  runs: [
    {
      beginning: {
        format: 'trace/1',
        platform: 'a-platform',
        python: '3.14.2',
        cold: true,
        request: 'r',
        event: '{}',
      },
      events: [
        { kind: 'phase', phase: 'init', request: null },
        { kind: 'output', stream: 'stdout', text: '1\n' },
        { kind: 'cut', what: 'output', limit: 2 },
      ],
      outcome: { status: 'returned', payload: 'null' },
    },
  ],
};

const TRACE = '/traces/lab.json';
const IMAGE = { '/var/runtime/b.py': '/en/source/b.py/' };
const PLACE: LabPlace = { id: 'lab', image: IMAGE, trace: TRACE, named: ['output', 'stack'], open: 'output' };

test('a lab that waits behind another one gets what reaches its log', () => {
  const { recorded, trace } = recordingToLabData(RECORDING, { ...PLACE, waits: true });
  assert.deepEqual([recorded.events.map(({ kind }) => kind), trace], [['output', 'cut'], TRACE]);
});

test('a page that has to be small whatever a handler prints holds the beginning of it, and all that the platform says', () => {
  const output = (stream: 'stdout' | 'platform', text: string): TraceEvent => ({
    kind: 'output',
    stream,
    text,
  });
  const [run] = RECORDING.runs;
  assert.ok(run);
  const events = [
    output('platform', 'START\n'),
    output('stdout', 'x'.repeat(9000)),
    output('stdout', 'y'),
    output('platform', 'END\n'),
  ];
  const large = { ...RECORDING, runs: [{ ...run, events }] };
  assert.deepEqual(recordingToLabData(large, { ...PLACE, maxOutput: 10 }).recorded.events, [
    output('platform', 'START\n'),
    output('stdout', 'x'.repeat(10)),
    { kind: 'cut', what: 'output', limit: 10 },
    output('platform', 'END\n'),
  ]);
  assert.deepEqual(recordingToLabData(large, PLACE).recorded.events, events);
});

test('a lab gets the first run, and all of a small one', () => {
  assert.deepEqual(recordingToLabData(RECORDING, PLACE), {
    platform: 'a-platform',
    setup: RECORDING.setup,
    task: RECORDING.task,
    recorded: RECORDING.runs[0],
    places: {
      taskRoot: '/var/task',
      task: { '/var/task/m.py': 'lab-file-1' },
      image: IMAGE,
      compiledNames: [],
    },
    stops: [],
    trace: null,
    view: {
      open: 'output',
      named: ['output', 'stack'],
      counts: { output: 1, stack: 1, messages: 1, files: 0, bucket: 0 },
      more: false,
    },
  });
});

test('views count what is left at the end of the run: files and objects that came and went are none', () => {
  const put = { kind: 'object', bucket: 'b', blob: null, size: 1 } as const;
  const about = { type: 'text/plain', etag: '"e"', modified: 0, metadata: {} };
  const events: TraceEvent[] = [
    { kind: 'file', path: '/tmp/a', size: 1, blob: null },
    { kind: 'file', path: '/tmp/b', size: 1, blob: null },
    { kind: 'file', path: '/tmp/a', size: null, blob: null },
    { ...put, key: 'one', about },
    { ...put, key: 'two', about },
    { ...put, key: 'one', size: null, about: null },
  ];
  const runs = RECORDING.runs.map((run) => ({ ...run, events }));
  const { view } = recordingToLabData({ ...RECORDING, runs }, PLACE);
  assert.equal(view.counts.files, 1);
  assert.equal(view.counts.bucket, 1);
});

test('of a large run a lab gets the events that reach its log, and the address of the rest', () => {
  const output: TraceEvent = { kind: 'output', stream: 'stdout', text: 'x'.repeat(8000) };
  const cut: TraceEvent = { kind: 'cut', what: 'output', limit: 2 };
  const runs = RECORDING.runs.map((run) => ({ ...run, events: [...run.events.slice(0, 1), output, cut] }));
  const { recorded, trace } = recordingToLabData({ ...RECORDING, runs }, PLACE);
  assert.deepEqual(recorded.events, [output, cut]);
  assert.equal(trace, TRACE);
});

test('a recording without a run is a fault of the build', () => {
  assert.throws(() => recordingToLabData({ ...RECORDING, runs: [] }, PLACE), /an-example has no run/);
});

test('a recording that the lab had to end is no example', () => {
  const runs = RECORDING.runs.map((run) => ({
    ...run,
    outcome: { status: 'limited', by: 'milliseconds' } as const,
  }));
  assert.throws(() => recordingToLabData({ ...RECORDING, runs }, PLACE), /did not come to an end of its own/);
});
