import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareLines } from '../../../src/lab/code/line-difference.ts';

const show = (before: string, after: string): string[] =>
  compareLines(before, after).map(
    ({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`,
  );

describe('the difference of two texts', () => {
  it('keeps every line of both, in order', () => {
    assert.deepEqual(show('a\nb\nc\nd', 'a\nc\nx\nd\ne'), [' a', '-b', ' c', '+x', ' d', '+e']);
  });

  it('of equal texts has nothing but their lines', () => {
    assert.deepEqual(show('a\n\nb', 'a\n\nb'), [' a', ' ', ' b']);
  });

  it('shows a changed line as the old one, then the new one', () => {
    assert.deepEqual(show('one\ntwo\nthree', 'one\n2\nthree'), [' one', '-two', '+2', ' three']);
  });

  it('of texts too long to compare shows one after the other', () => {
    const long = Array.from({ length: 3000 }, (_, at) => String(at)).join('\n');
    const lines = compareLines(long, 'x');
    assert.equal(lines.filter(({ kind }) => kind === 'removed').length, 3000);
    assert.deepEqual(lines.at(-1), { kind: 'added', text: 'x' });
  });
});
