/** What of a paste the search looks for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownOfPaste } from '../../../src/components/search/shown-of-paste.ts';

test('lines are put together with a gap', () => {
  assert.equal(shownOfPaste('Traceback:\n  File "a.py"\nKeyError'), 'Traceback: File "a.py" KeyError');
});

test('a short line stays as it is', () => {
  assert.equal(shownOfPaste(' KeyError '), ' KeyError ');
});

test('an error is found behind a long line, and at the end of a long paste', () => {
  const error = '[ERROR] Runtime.HandlerNotFound';
  assert.match(shownOfPaste(`START\n${'x'.repeat(200_000)}\n${error}`), /HandlerNotFound$/);
  const long = shownOfPaste(`START\n${'a line of it\n'.repeat(400_000)}${error}`);
  assert.match(long, /^START .*HandlerNotFound$/);
  assert.ok(long.length <= 10_000);
});

test('one line of megabytes is its beginning and its end', () => {
  assert.match(shownOfPaste(`a${'x'.repeat(5_000_000)}z`), /^ax{4998} x{4998}z$/);
});
