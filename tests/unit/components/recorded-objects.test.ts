import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordedObjects } from '../../../src/components/article/recorded-objects.ts';
import { recordedRun } from '../../../src/components/article/recorded-run.ts';
import type { RecordedRun, TraceEvent } from '../../../src/trace/format.ts';

const about = { modified: 0, etag: '', type: '', metadata: {} };

function put(key: string, size: number | null): TraceEvent {
  return { kind: 'object', bucket: 'b', key, size, blob: null, about: size === null ? null : about };
}

function runOf(...events: readonly TraceEvent[]): RecordedRun {
  const beginning = {
    format: 'trace/1',
    platform: 'lambda-2016',
    python: '3.14.2',
    cold: true,
    request: '1',
    event: '{}',
  } as const;
  return { beginning, events, outcome: { status: 'returned', payload: 'null' } };
}

describe('the objects of a recorded run', () => {
  it('are those that lie in the bucket at its end, in the order of their keys', () => {
    const run = runOf(put('b.py', 2), put('gone', 3), put('a.py', 1), put('gone', null), put('b.py', 4));
    const objects = recordedObjects({ example: 'put', runs: [run] }, 1);
    assert.deepEqual(
      objects.map(({ key, size }) => [key, size]),
      [
        ['a.py', 1],
        ['b.py', 4],
      ],
    );
  });

  it('end the build where there are none, and where there is no such run', () => {
    const recording = { example: 'put', runs: [runOf()] };
    assert.throws(() => recordedObjects(recording, 1), /puts no object in run 1/);
    assert.throws(() => recordedRun(recording, 2), /has 1 runs, none numbered 2/);
  });
});
