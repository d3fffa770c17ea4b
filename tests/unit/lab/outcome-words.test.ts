import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  endingToEnvironment,
  endingToKey,
  endingToPayload,
  type Ending,
} from '../../../src/lab/outcome-words.ts';

const ENDINGS: readonly Ending[] = [
  { status: 'returned', payload: 'null' },
  { status: 'raised', payload: '{}' },
  { status: 'exited', code: 7, payload: '{}' },
  { status: 'crashed', message: 'RuntimeError' },
  { status: 'limited', by: 'milliseconds' },
  { status: 'limited', by: 'memory' },
  { status: 'stopped' },
];

test('each ending has its own sentence', () => {
  assert.deepEqual(ENDINGS.map(endingToKey), [
    'returned',
    'raised',
    'exited',
    'crashed',
    'milliseconds',
    'memory',
    'stopped',
  ]);
});

test('only where something went back to the caller is there an answer', () => {
  assert.deepEqual(ENDINGS.map(endingToPayload), ['null', '{}', '{}', null, null, null, null]);
});

test('an environment that waits is kept, whatever the handler did', () => {
  const answered = ENDINGS.slice(0, 2);
  assert.deepEqual(
    answered.map((ending) => endingToEnvironment(ending, 'warm')),
    ['kept', 'kept'],
  );
});

test('where Python cannot wait, an answered run is repeated; any other end leaves nothing', () => {
  assert.deepEqual(
    ENDINGS.map((ending) => endingToEnvironment(ending, 'idle')),
    ['repeated', 'repeated', 'gone', 'gone', 'gone', 'gone', 'gone'],
  );
});
