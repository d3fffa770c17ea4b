import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KINDS, makeCases } from '../../../scripts/conformance/random.ts';

describe('handlers made at random', () => {
  it('are of every kind at least ten times among five hundred', () => {
    const cases = makeCases(500, 3);
    assert.equal(cases.length, 500);
    assert.equal(new Set(cases.map(({ name }) => name)).size, 500);
    for (const kind of Object.keys(KINDS)) {
      const own = cases.filter(({ name }) => name.replace(/-\d+$/, '') === kind);
      assert.ok(own.length >= 10, kind);
      const texts = new Set(own.map((one) => JSON.stringify({ ...one, name: '' })));
      assert.ok(texts.size > 1, `${kind} is always the same`);
    }
  });

  it('are the same for the same seed, and others for another', () => {
    assert.deepEqual(makeCases(70, 9), makeCases(70, 9));
    assert.notDeepEqual(makeCases(70, 9), makeCases(70, 10));
  });
});
