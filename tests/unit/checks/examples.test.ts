import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findUnusedExamples } from '../../../scripts/checks/examples.ts';

describe('the check of examples', () => {
  it('finds those that components show, by an attribute or by what several share', () => {
    const texts = [
      '<Lab example="one" platform="p" />',
      "export const lab = { example: 'two', platform: 'p' };",
    ];
    assert.deepEqual(findUnusedExamples(['one', 'two'], texts), []);
  });

  it('names an example that nothing shows, or only a comment', () => {
    assert.deepEqual(
      findUnusedExamples(['one', 'two'], ['{/* <Lab example="one" /> */} example="two-more"']),
      ['content/examples/one is shown nowhere', 'content/examples/two is shown nowhere'],
    );
  });
});
