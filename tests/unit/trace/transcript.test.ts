import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventsToLog, type Outcome, type TraceEvent } from '../../../src/trace/format.ts';
import { contentsToFiles } from '../../../src/trace/file-content.ts';
import { recordingId, type Recording } from '../../../src/trace/recording.ts';
import { recordingsToTranscript } from '../../../src/trace/transcript.ts';

const printed = (text: string): TraceEvent => ({ kind: 'output', stream: 'stdout', text });

function recording(...outcomes: Outcome[]): Recording {
  return {
    example: 'an-example',
    platform: 'a-platform',
    taskRoot: '/var/task',
    setup: { handler: 'a.b', suppressInit: false, timeout: 3000, variables: {} },
    task: {},
    compiledFrom: {},
    stops: [],
    title: null,
    prediction: null,
    blobs: [{}],
    disk: { files: {}, folders: [] },
    environment: 'single',
    runs: outcomes.map((outcome, at) => ({
      beginning: {
        format: 'trace/1',
        platform: 'a-platform',
        python: '3.14.2',
        cold: at === 0,
        request: 'id',
        event: '{}',
      },
      events: [printed(`run ${String(at)}`)],
      outcome,
    })),
  };
}

describe('a transcript', () => {
  it('tells every run: how it began, what it printed, how it ended', () => {
    const text = recordingsToTranscript([
      recording(
        { status: 'returned', payload: 'null' },
        { status: 'raised', payload: '{"errorMessage": "no"}' },
        { status: 'exited', code: 3, payload: '{}' },
        { status: 'timed-out', milliseconds: 3000, payload: '{}' },
        { status: 'crashed', message: 'out of bounds' },
        { status: 'limited', by: 'milliseconds' },
        { status: 'completed', payload: '[]' },
      ),
    ]);
    const title = 'an-example on a-platform, a model running on Python 3.14.2';
    assert.equal(
      text,
      [
        title,
        '='.repeat(title.length),
        '',
        '-- run 1, a cold start, event {}',
        'run 0',
        '-- returned null',
        '',
        '-- run 2, a warm invocation, event {}',
        'run 1',
        '-- reported an error {"errorMessage": "no"}',
        '',
        '-- run 3, a warm invocation, event {}',
        'run 2',
        '-- the process ended with status 3: {}',
        '',
        '-- run 4, a warm invocation, event {}',
        'run 3',
        '-- the time-out of 3000 ms ended it: {}',
        '',
        '-- run 5, a warm invocation, event {}',
        'run 4',
        '-- Python itself broke: out of bounds',
        '',
        '-- run 6, a warm invocation, event {}',
        'run 5',
        "-- ended by the lab's limit of milliseconds",
        '',
        '-- run 7, a warm invocation, event {}',
        'run 6',
        '-- the process ended, and its output is the answer: []',
        '',
      ].join('\n'),
    );
  });
});

describe('a log', () => {
  it('is what was written, in order, and says where the lab stopped keeping it', () => {
    const events: TraceEvent[] = [
      { kind: 'phase', phase: 'init', request: null },
      printed('a'),
      { kind: 'cut', what: 'events', limit: 9 },
      printed('b\n'),
      { kind: 'cut', what: 'output', limit: 3 },
      { kind: 'output', stream: 'platform', text: 'END\n' },
    ];
    assert.equal(
      eventsToLog(events),
      "ab\n\n[the lab keeps the first 3 characters of a run's output; what followed was left out]\nEND\n",
    );
  });
});

describe('a recording', () => {
  it('carries text as text and anything else as bytes', () => {
    assert.deepEqual(contentsToFiles({ '/a': { text: 'é' }, '/b': { base64: '/wA=' } }), {
      '/a': 'é',
      '/b': new Uint8Array([255, 0]),
    });
  });

  it('is named by its example and its platform', () => {
    assert.equal(recordingId('print-the-stack', 'lambda-2016'), 'print-the-stack--lambda-2016');
  });
});
