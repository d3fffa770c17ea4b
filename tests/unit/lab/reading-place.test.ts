import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { heightFor, readingLine, sentenceAt } from '../../../src/lab/walk/reading-place.ts';

const FREE = { top: 300, bottom: 900 };

describe('the height of the next sentence', () => {
  test('is that of the one before it, which the reader sees', () => {
    assert.equal(heightFor(1400, 640, FREE), 640);
    assert.equal(heightFor(350, 640, FREE), 640);
  });

  test('is its own where the one before it is out of sight', () => {
    for (const before of [null, -200, 120, 890, 1200]) assert.equal(heightFor(450, before, FREE), 450);
  });

  test('is the reading line where neither can be seen', () => {
    for (const next of [-2000, 100, 290, 880, 5000]) {
      for (const before of [null, 120, 950]) assert.equal(heightFor(next, before, FREE), readingLine(FREE));
    }
  });

  test('is one at which it can be seen', () => {
    for (let next = -1000; next < 2000; next += 37) {
      for (let before = -1000; before < 2000; before += 41) {
        const height = heightFor(next, before, FREE);
        assert.ok(height >= FREE.top && height < FREE.bottom, `${next} after ${before}: ${height}`);
      }
    }
  });
});

test('the reading line is a third below the top of what is free', () => {
  assert.equal(readingLine(FREE), 500);
  assert.equal(readingLine({ top: 0, bottom: 900 }), 300);
});

test('the sentence that is read is the last that begins above the line', () => {
  const tops = [-400, 20, 480, 510, 900];
  assert.equal(sentenceAt(tops, 500), 2);
  assert.equal(sentenceAt(tops, 480), 2);
  assert.equal(sentenceAt(tops, 2000), 4);
  assert.equal(sentenceAt(tops, -500), -1);
  assert.equal(sentenceAt([], 500), -1);
});
