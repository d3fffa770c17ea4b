import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replayToProfile } from '../../../src/lab/time/depth-profile.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { Replay } from '../../../src/trace/replay.ts';

function call(frame: number, caller: number | null, owner: 'runtime' | 'handler'): TraceEvent {
  return { kind: 'call', frame, caller, source: '/f.py', line: 1, name: 'f', owner, locals: {} };
}

test('a run is drawn as high as its stack is deep, for each owner', () => {
  const replay = new Replay({
    events: [
      call(1, null, 'runtime'),
      { kind: 'line', frame: 1, line: 2 },
      call(2, 1, 'handler'),
      { kind: 'line', frame: 1, line: 3 },
    ],
  });
  assert.deepEqual(replayToProfile(replay), {
    width: 5,
    height: 2,
    paths: { runtime: 'M0 2v-1h2V2zM3 2v-1h1V2z', handler: 'M2 2v-2h1V2z' },
  });
});

test('neighbours of one owner have one outline', () => {
  const replay = new Replay({
    events: [
      call(1, null, 'runtime'),
      call(2, 1, 'runtime'),
      call(3, 2, 'runtime'),
      { kind: 'line', frame: 1, line: 3 },
    ],
  });
  assert.deepEqual(replayToProfile(replay), {
    width: 5,
    height: 3,
    paths: { runtime: 'M0 3v-1h1v-1h1v-1h1v2h1V3z' },
  });
});

test('however long and deep a run is, its picture stays small', () => {
  const events = Array.from({ length: 5000 }, (_, index) =>
    call(index + 1, index === 0 ? null : index, 'handler'),
  );
  const { width, height } = replayToProfile(new Replay({ events }));
  assert.deepEqual([width, height], [1200, 16]);
});
