import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringsOf } from '../../../src/i18n/strings.ts';
import { LANGUAGES } from '../../../src/i18n/languages.ts';
import {
  bytesToMegabytes,
  fillPlural,
  fill,
  millisecondsToSeconds,
  type LabWords,
} from '../../../src/lab/words.ts';

test('names in braces are filled, and text that looks like a name in a value is not', () => {
  assert.equal(fill('{file}: {status}', { file: '{status}', status: 404 }), '{status}: 404');
});

test('a text may put its values in another order, and use one twice', () => {
  assert.equal(fill('{count} 中の {step} ({step})', { step: 3, count: 27 }), '27 中の 3 (3)');
});

test('a text without one of its values is an error, not a brace on the page', () => {
  assert.throws(() => fill('Step {step}', { count: 1 }), {
    name: 'RangeError',
    message: 'No value for {step} in "Step {step}".',
  });
});

test('bytes are megabytes with one decimal', () => {
  assert.equal(bytesToMegabytes(2_149_999, 'en'), '2.1');
  assert.equal(bytesToMegabytes(5_000_000, 'ja'), '5.0');
  assert.equal(bytesToMegabytes(0, 'en'), '0.0');
});

test('milliseconds are seconds without a needless decimal', () => {
  assert.equal(millisecondsToSeconds(10_000, 'en'), '10');
  assert.equal(millisecondsToSeconds(1500, 'en'), '1.5');
});

test('a count chooses its form', () => {
  const forms = { one: '{count} line', other: '{count} lines' };
  assert.equal(fillPlural(forms, 1, 'en'), '1 line');
  assert.equal(fillPlural(forms, 0, 'en'), '0 lines');
  assert.equal(fillPlural(forms, 1200, 'en'), '1,200 lines');
  assert.equal(fillPlural(forms, 1, 'ja'), '1 lines');
});

test('every language has the words that the elements use', () => {
  for (const language of LANGUAGES) {
    const words: LabWords = stringsOf(language).lab.live;
    assert.match(words.status.loading, /\{received\}.*\{total\}|\{total\}.*\{received\}/);
  }
});
