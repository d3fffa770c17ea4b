import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptAround } from '../../../src/components/article/excerpt.ts';

const FILE = 'def a():\n    return 1\n\ndef b():\n    x = a()\n    return x\n\ndef c():\n    return 3\n';

test('an excerpt goes back and on to the nearest lines that begin with the words', () => {
  assert.deepEqual(excerptAround(FILE, 5, 'def ', 'return'), {
    first: 4,
    lines: ['def b():', '    x = a()', '    return x'],
  });
});

test('the line itself may be the first or the last', () => {
  assert.deepEqual(excerptAround(FILE, 5, 'x = ', 'x = '), { first: 5, lines: ['    x = a()'] });
});

test('words that no line begins with are an error', () => {
  assert.throws(() => excerptAround(FILE, 2, 'def b', 'return'), /No line before line 2 begins with "def b"/);
  assert.throws(() => excerptAround(FILE, 9, 'def', 'while'), /No line after line 9 begins with "while"/);
});
