import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { billingOf } from '../../../src/explain/billing.ts';

const of = (
  durationMs: number,
  billedMs: number,
  initMs: number | null = null,
  cappedMs: number | null = null,
) => billingOf({ durationMs, billedMs, initMs, cappedMs });

describe('the billed time', () => {
  it('is Duration, rounded up, in a warm start and in a zip of before August 2025', () => {
    assert.equal(of(98.71, 99), 'run');
    assert.equal(of(3000, 3000), 'run');
    assert.equal(of(8263.16, 8264, 2703.97), 'run');
  });

  it('has init since then, and in images, rounded once', () => {
    assert.equal(of(34_627.73, 35_132, 504.2), 'run-and-init');
    assert.equal(of(3031.25, 4326, 1294.01), 'run-and-init');
    // Both are rounded to hundredths before they're logged.
    assert.equal(of(31_000, 34_440, 3439), 'run-and-init');
  });

  it('came in steps of 100 ms, and ended at the limit', () => {
    assert.equal(of(5.73, 100), 'steps');
    assert.equal(of(120.5, 200, 80), 'steps');
    assert.equal(of(31_012.52, 31_000, null, 31_000), 'capped');
    assert.equal(of(31_012.52, 31_000), null);
  });

  it('is unclear where init is too short to tell, and fits nothing where a number is wrong', () => {
    assert.equal(of(10.2, 11, 0.3), 'unclear');
    assert.equal(of(8263.16, 9264, 2703.97), null);
    assert.equal(of(98.71, 98), null);
  });
});
