/** What «What may a handler return?» claims. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { RecordedRun } from '../../../src/trace/format.ts';
import { runHandler } from '../run-handler.ts';
import { recordedRuns, tellOf, type Told } from './example-runs.ts';

const TODAY = 'lambda-today';

describe('a handler that returns what it is asked for', () => {
  let runs: readonly RecordedRun[] = [];
  const toldOf = (value: string): Told => {
    const run = runs.find(({ beginning }) => beginning.event.includes(`"${value}"`));
    assert.ok(run, value);
    return tellOf(run);
  };
  const errorOf = (value: string): Record<string, unknown> => {
    const { outcome } = toldOf(value);
    assert.ok(outcome.status === 'raised', value);
    return JSON.parse(outcome.payload) as Record<string, unknown>;
  };

  before(async () => {
    runs = await recordedRuns('return-anything', TODAY);
  });

  // Claims: decimal-is-a-number-today, bytes-pass-as-they-are, nan-is-not-json, tuple-becomes-a-list
  it('is taken at its word for a Decimal, bytes, NaN and a tuple', () => {
    for (const [value, payload] of [
      ['decimal', '9.90'],
      ['bytes', 'raw'],
      ['nan', 'NaN'],
      ['tuple', '[1, 2]'],
    ] as const)
      assert.deepEqual(toldOf(value).outcome, { status: 'returned', payload });
  });

  // Claims: unserializable-is-a-marshal-error, circle-is-a-marshal-error, marshal-error-has-no-stack
  it('fails without a stack for what JSON lacks', () => {
    for (const [value, message] of [
      ['set', 'Object of type set is not JSON serializable'],
      ['datetime', 'Object of type datetime is not JSON serializable'],
      ['circle', 'Circular reference detected'],
    ] as const) {
      const { errorMessage, errorType, stackTrace } = errorOf(value);
      assert.deepEqual(
        [errorMessage, errorType, stackTrace],
        [`Unable to marshal response: ${message}`, 'Runtime.MarshalError', []],
      );
    }
  });

  // Claims: work-is-done-before-the-error, marshal-error-keeps-the-environment
  it('has done its work by then, and its process goes on', () => {
    const { log } = toldOf('set');
    assert.ok(log.includes('saved the order'));
    assert.ok(log.indexOf('saved the order') < log.indexOf('[ERROR]'));
    assert.deepEqual(
      runs.map(({ beginning }) => beginning.cold),
      runs.map((_, index) => index === 0),
    );
  });

  // Claims: too-large-is-refused, too-large-ends-the-process
  it('ends its process with what is too large', () => {
    const { log, outcome } = toldOf('large');
    assert.ok(outcome.status === 'exited');
    assert.match(outcome.payload, /"errorType":"Function\.ResponseSizeTooLarge"/);
    assert.match(log, /LAMBDA_RUNTIME Failed to post handler success response\. Http response code: 413/);
    assert.match(log, /\nTraceback [^]*\/var\/runtime\/bootstrap\.py/);
  });
});

// Claims: keys-become-strings, tuple-keys-are-refused, equal-keys-double
it('keys become strings, but for tuples', async () => {
  const source =
    'VALUES = [{1: "one", None: "nothing", True: "yes"}, {1: "a", "1": "b"}, {(1, 2): 3}]\n' +
    'def lambda_handler(event, context):\n    return VALUES[event]\n';
  const [environment] = await runHandler(source, { platform: TODAY, events: ['0', '1', '2'] });
  const outcomes = environment?.runs.map(({ outcome }) => outcome) ?? [];
  // True is the key 1 in Python.
  assert.deepEqual(outcomes.slice(0, 2), [
    { status: 'returned', payload: '{"1": "yes", "null": "nothing"}' },
    { status: 'returned', payload: '{"1": "a", "1": "b"}' },
  ]);
  assert.ok(outcomes[2]?.status === 'raised');
  assert.match(outcomes[2].payload, /keys must be str, int, float, bool or None, not tuple/);
});
