import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labPlatforms } from '../../../src/components/article/lab-platforms.ts';

describe('the platforms of an article', () => {
  it('are those of its labs, each once, in the order of the labs', () => {
    const text = '<Lab example="a" platform="two" />\n<Lab prediction={false} platform="one" example="a" />';
    assert.deepEqual(labPlatforms(`${text}\n${text}`), ['two', 'one']);
  });

  it('are found where a lab is placed by a constant, whatever other constants there are', () => {
    const text = [
      "export const lab = { example: 'a', platform: 'one' };",
      "export const file = { platform: 'two', file: '/f' };",
      '',
      '<RecordedStack {...file} />',
      '<Lab {...lab} prediction={false} />',
    ];
    assert.deepEqual(labPlatforms(text.join('\n')), ['one']);
  });

  it('are both of a pair', () => {
    assert.deepEqual(labPlatforms('<Compare example="a" platforms="one two" />'), ['one', 'two']);
  });

  it('are all that one lab offers', () => {
    assert.deepEqual(labPlatforms('<Lab cases="a b" platforms="two one" />'), ['two', 'one']);
  });

  it('are asked for where a lab names none', () => {
    assert.throws(() => labPlatforms('<Lab example="a" />'), /<Lab example="a" \/> names no platform/);
    assert.throws(() => labPlatforms('<Lab {...lab} />'), RangeError);
  });
});
