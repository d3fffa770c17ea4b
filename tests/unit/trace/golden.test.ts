import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { record } from '../../../src/integrations/recordings.ts';
import { parseWorkerMessage } from '../../../src/sandbox/parse-worker-message.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { Replay } from '../../../src/trace/replay.ts';

/** What the page's border makes of events that an environment sends. */
function read(events: unknown): readonly TraceEvent[] {
  const message = parseWorkerMessage({ type: 'recorded', run: 1, events, blobs: {} });
  assert.equal(message.type, 'recorded');
  return message.events;
}

test('the reader takes the golden trace as the recorder writes it, and replays it', async () => {
  const file = new URL('../../python/golden_trace.json', import.meta.url);
  const golden = JSON.parse(await readFile(file, 'utf8')) as { events: unknown };
  const events = read(golden.events);
  assert.deepEqual(events, golden.events);
  const replay = new Replay({ events });
  const told = Array.from({ length: replay.length }, (_, index) => replay.at(index + 1)).map(
    ({ kind, stack, changes, error }) =>
      `${kind} ${stack.map(({ name, line }) => `${name}:${line}`).join(' ')} ${Object.keys(changes).join()} ${error === null ? '' : '!'}`.trim(),
  );
  assert.deepEqual(told, [
    'call <module>:1 ProgramFailed',
    'line <module>:1',
    'line <module>:6 inner',
    'line <module>:15 outer',
    'call <module>:15 outer:6',
    'line <module>:15 outer:7',
    'line <module>:15 outer:8 total',
    'line <module>:15 outer:9 n',
    'line <module>:15 outer:10',
    'call <module>:15 outer:10 inner:1 n',
    'line <module>:15 outer:10 inner:2',
    'line <module>:15 outer:10 inner:4',
    'return <module>:15 outer:10 inner:4',
    'line <module>:15 outer:8 total',
    'line <module>:15 outer:9 n',
    'line <module>:15 outer:10',
    'call <module>:15 outer:10 inner:1 n',
    'line <module>:15 outer:10 inner:2',
    'line <module>:15 outer:10 inner:3',
    'raise <module>:15 outer:10 inner:3  !',
    'return <module>:15 outer:10 inner:3  !',
    'raise <module>:15 outer:10  !',
    'line <module>:15 outer:11  !',
    'line <module>:15 outer:12 error !',
    'line <module>:15 outer:8 total,error !',
    'line <module>:15 outer:13  !',
    'return <module>:15 outer:13  !',
    'return <module>:15  !',
    'end   !',
  ]);
});

test('the reader takes the traces of every platform as their environments wrote them', async () => {
  for (const { runs, platform } of await record()) {
    for (const { events } of runs) assert.deepEqual(read(events), events, platform);
  }
});
