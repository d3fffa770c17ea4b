import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSwitches } from '../../../src/lab/switches.ts';

test('an address without switches changes nothing', () => {
  assert.deepEqual(readSwitches('', 10_000), { mayWait: true, deadline: 10_000 });
  assert.deepEqual(readSwitches('?wait=now&deadline=', 10_000), { mayWait: true, deadline: 10_000 });
});

test('switches lower what a lab may do, and never raise it', () => {
  assert.deepEqual(readSwitches('?wait=queue&deadline=1000', 10_000), { mayWait: false, deadline: 1000 });
  for (const deadline of ['99999', 'Infinity', '-5', '0', 'soon']) {
    assert.equal(readSwitches(`?deadline=${deadline}`, 10_000).deadline, 10_000, deadline);
  }
});
