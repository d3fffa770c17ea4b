import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../content/ui/en.json' with { type: 'json' };
import {
  endingToEnvironment,
  endingToKey,
  endingToPayload,
  endingToValues,
  type Ending,
} from '../../../src/lab/output/outcome-words.ts';

const ENDINGS: readonly Ending[] = [
  { status: 'returned', payload: 'null' },
  { status: 'raised', payload: '{}' },
  { status: 'exited', code: 7, payload: '{}' },
  { status: 'timed-out', milliseconds: 2500, payload: '{}' },
  { status: 'crashed', message: 'RuntimeError' },
  { status: 'limited', by: 'milliseconds' },
  { status: 'limited', by: 'memory' },
  { status: 'limited', by: 'sent', what: 'files', most: 20_000 },
  { status: 'limited', by: 'senseless' },
  { status: 'stopped' },
];

test('each ending has its own sentence', () => {
  assert.deepEqual(ENDINGS.map(endingToKey), [
    'returned',
    'raised',
    'exited',
    'timed-out',
    'crashed',
    'milliseconds',
    'memory',
    'sent',
    'senseless',
    'stopped',
  ]);
});

test('only where something went back to the caller is there an answer', () => {
  assert.deepEqual(ENDINGS.map(endingToPayload), [
    'null',
    '{}',
    '{}',
    '{}',
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('a sentence names the status, the function’s time-out, or the lab’s limit', () => {
  const { bounds } = en.lab.live;
  const values = ENDINGS.map((ending) => endingToValues(ending, 10_000, 'en', bounds));
  assert.deepEqual(values.slice(2, 6), [
    { code: 7 },
    { seconds: '2.5' },
    { seconds: '10' },
    { seconds: '10' },
  ]);
  assert.deepEqual(values[7], { most: '20,000 changes of files' });
});

test('a recorded run tells what was left behind, not what comes next', () => {
  assert.deepEqual(
    ENDINGS.slice(0, 4).map((ending) => endingToEnvironment(ending, 'recorded')),
    ['wasKept', 'wasKept', 'wasGone', 'wasGone'],
  );
});

test('an environment that waits is kept, whatever the handler did', () => {
  const answered = ENDINGS.slice(0, 2);
  assert.deepEqual(
    answered.map((ending) => endingToEnvironment(ending, 'warm')),
    ['kept', 'kept'],
  );
});

test('an environment that has ended since it answered is gone', () => {
  assert.deepEqual(
    ENDINGS.slice(0, 2).map((ending) => endingToEnvironment(ending, 'left')),
    ['gone', 'gone'],
  );
});

test('a process whose end is its answer leaves nothing, recorded or not', () => {
  const ending: Ending = { status: 'completed', payload: 'null' };
  assert.equal(endingToKey(ending), 'completed');
  assert.equal(endingToPayload(ending), 'null');
  for (const state of ['recorded', 'idle', 'warm', 'left'] as const) {
    assert.equal(endingToEnvironment(ending, state), 'everCold');
  }
});

test('where Python cannot wait, an answered run is repeated; any other end leaves nothing', () => {
  assert.deepEqual(
    ENDINGS.map((ending) => endingToEnvironment(ending, 'repeats')),
    ['repeated', 'repeated', ...Array<string>(8).fill('gone')],
  );
});
