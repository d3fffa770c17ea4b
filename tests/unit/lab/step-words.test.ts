import assert from 'node:assert/strict';
import { test } from 'node:test';
import ui from '../../../content/ui/en.json' with { type: 'json' };
import { momentToText } from '../../../src/lab/time/step-words.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { Replay } from '../../../src/trace/replay.ts';

function call(frame: number, caller: number | null, name: string): TraceEvent {
  const source = '/var/runtime/awslambda/bootstrap.py';
  return { kind: 'call', frame, caller, source, line: 1, name, owner: 'runtime', locals: {} };
}

test('each kind of step is said in a sentence of its own', () => {
  const replay = new Replay({
    events: [
      call(1, null, 'main'),
      { kind: 'line', frame: 1, line: 243 },
      call(2, 1, 'lambda_handler'),
      { kind: 'line', frame: 2, line: 4 },
      { kind: 'raise', frame: 2, line: 4, error: `ValueError: ${'x'.repeat(80)}` },
      { kind: 'return', frame: 2, value: 'None' },
    ],
  });
  assert.deepEqual(
    Array.from({ length: replay.length }, (_, index) => momentToText(replay.at(index + 1), ui.lab.live.step)),
    [
      'Step 1 of 7: bootstrap.py line 1, entering main',
      'Step 2 of 7: bootstrap.py line 243, calling lambda_handler',
      'Step 3 of 7: bootstrap.py line 1, entering lambda_handler',
      'Step 4 of 7: bootstrap.py line 4, in lambda_handler',
      `Step 5 of 7: bootstrap.py line 4, ValueError: ${'x'.repeat(48)}… passes through lambda_handler`,
      'Step 6 of 7: bootstrap.py line 4, lambda_handler returns None',
      'Step 7 of 7: the end of the run',
    ],
  );
});
