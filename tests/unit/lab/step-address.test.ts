import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fragmentToMoment, momentToFragment } from '../../../src/lab/time/step-address.ts';

const LAB = 'an-example--a-platform';

test('an address names a stop or a step of one lab', () => {
  for (const moment of [{ stop: 'find-handler' }, { step: 14 }]) {
    assert.deepEqual(fragmentToMoment(momentToFragment(moment, LAB), LAB), moment);
  }
  assert.equal(momentToFragment({ step: 14 }, LAB), `#${LAB}/step-14`);
});

test('anything else names no moment', () => {
  const fragments = [
    '',
    '#',
    `#${LAB}`,
    `#${LAB}/`,
    `#${LAB}/step-0`,
    `#${LAB}/step-99999999`,
    `#${LAB}/Step`,
    `#${LAB}/a/b`,
    '#another--lab/find-handler',
    `#${LAB}/%E0%A4%A`,
  ];
  assert.deepEqual(
    fragments.map((fragment) => fragmentToMoment(fragment, LAB)),
    [null, null, null, null, { stop: 'step-0' }, { stop: 'step-99999999' }, null, null, null, null],
  );
});
