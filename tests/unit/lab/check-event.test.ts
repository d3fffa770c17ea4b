import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkEvent } from '../../../src/lab/code/check-event.ts';

describe('an event', () => {
  it('may be any JSON', () => {
    for (const text of ['{}', '[1, 2]', 'null', ' "text" ', '{\n  "a": 1\n}\n'])
      assert.equal(checkEvent(text), null);
  });

  it('that is none tells the place of its fault', () => {
    const fault = checkEvent('{\n  "a": 1,\n  b: 2\n}');
    assert.deepEqual([fault?.line, fault?.column, fault?.offset], [3, 3, 14]);
  });

  it('that ends too early is at fault at its end', () => {
    const fault = checkEvent('{"a": ');
    assert.deepEqual([fault?.line, fault?.column, fault?.offset], [1, 7, 6]);
  });

  it('with a token of which the browser does not say the place has none, but its words', () => {
    const fault = checkEvent('{"a": True}');
    assert.deepEqual([fault?.line, fault?.column, fault?.offset], [null, null, null]);
    assert.match(fault?.message ?? '', /'T', "\{"a": True\}"/);
  });

  it('that is empty is at fault where it begins', () => {
    assert.deepEqual([checkEvent('')?.line, checkEvent('')?.column, checkEvent('')?.offset], [1, 1, 0]);
  });
});
