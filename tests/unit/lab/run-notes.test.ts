/** What is said beside a run's end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../content/ui/en.json' with { type: 'json' };
import type { Ending } from '../../../src/lab/output/outcome-words.ts';
import { absencesToSentences, runToNotes } from '../../../src/lab/output/run-notes.ts';

const WORDS = { lack: en.lack, cut: en.lab.live.cut };

test('what a run asked for that a browser lacks is said in sentences', () => {
  assert.deepEqual(
    absencesToSentences(
      [
        { kind: 'absence', what: 'threads', name: '_thread.start_joinable_thread' },
        { kind: 'absence', what: 'module', name: 'resource' },
        { kind: 'absence', what: 'module', name: 'x'.repeat(5_000_000) },
      ],
      WORDS,
      'en',
    ).map((sentence) => [sentence.slice(0, 95), sentence.length < 200]),
    [
      [en.lack.threads, true],
      ['Python runs inside your browser here, and has no resource.', true],
      [`Python runs inside your browser here, and has no ${'x'.repeat(80)}`.slice(0, 95), true],
    ],
  );
});

test('of a thousand things that a browser lacks the first are said, and the others counted', () => {
  const absences = Array.from(
    { length: 1000 },
    (_, index) => ({ kind: 'absence', what: 'module', name: `m${String(index)}` }) as const,
  );
  const sentences = absencesToSentences(absences, WORDS, 'en');
  assert.equal(sentences.length, 21);
  assert.equal(sentences.at(-1), '980 more are not listed.');
});

test('a stack that was full is a browser’s, where the run ended in that', () => {
  const notesOf = (ending: Ending): readonly string[] => runToNotes([], ending, WORDS, 'en');
  const payload = '{"errorMessage": "Stack overflow (used 168 kB)", "errorType": "RecursionError"}';
  assert.deepEqual(notesOf({ status: 'raised', payload }), [en.lack.stack]);
  assert.deepEqual(notesOf({ status: 'returned', payload }), []);
  const met = '{"errorMessage": "maximum recursion depth exceeded", "errorType": "RecursionError"}';
  assert.deepEqual(notesOf({ status: 'raised', payload: met }), []);
});
