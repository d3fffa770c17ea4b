import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readQueryOptions } from '../../../src/lab/query-options.ts';

test('an address without options changes nothing', () => {
  assert.deepEqual(readQueryOptions('', 10_000), { mayWait: true, deadline: 10_000 });
  assert.deepEqual(readQueryOptions('?wait=now&deadline=', 10_000), { mayWait: true, deadline: 10_000 });
});

test('options lower what a lab may do, and never raise it', () => {
  assert.deepEqual(readQueryOptions('?wait=queue&deadline=1000', 10_000), { mayWait: false, deadline: 1000 });
  for (const deadline of ['99999', 'Infinity', '-5', '0', 'soon']) {
    assert.equal(readQueryOptions(`?deadline=${deadline}`, 10_000).deadline, 10_000, deadline);
  }
});
