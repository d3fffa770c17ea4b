/** What «What may a handler return?» claims. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
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

  // Claims: bytes-are-of-an-unknown-type
  it('is sent as of an unknown type when it is bytes', () => {
    const run = runs.find(({ beginning }) => beginning.event.includes('"bytes"'));
    assert.match(JSON.stringify(run?.events), /application\/unknown/);
    const other = runs.find(({ beginning }) => beginning.event.includes('"tuple"'));
    assert.doesNotMatch(JSON.stringify(other?.events), /application\/unknown/);
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

// Claims: too-large-starts-anew
it('a result that is too large is followed by another import', async () => {
  const source = 'print("imported")\ndef lambda_handler(event, context):\n    return "x" * event\n';
  const environments = await runHandler(source, { platform: TODAY, events: ['7000000', '1'] });
  const runs = environments.flatMap((environment) => environment.runs.map(tellOf));
  assert.deepEqual(
    runs.map(({ log, outcome }) => [outcome.status, /^imported$/m.test(log)]),
    [
      ['exited', true],
      ['returned', true],
    ],
  );
});

// Claims: named-tuple-becomes-an-object
it('a named tuple becomes an object', async () => {
  const source =
    'from collections import namedtuple\nPoint = namedtuple("Point", "x y")\n' +
    'def lambda_handler(event, context):\n    return Point(1, 2)\n';
  const [environment] = await runHandler(source, { platform: TODAY });
  assert.deepEqual(environment?.runs[0]?.outcome, { status: 'returned', payload: '{"x": 1, "y": 2}' });
});

// Claims: bytes-inside-are-text
it('bytes in a dict are read as UTF-8', async () => {
  const source =
    'VALUES = [{"name": b"Lee"}, {"image": bytes([0x89]) + b"PNG"}]\n' +
    'def lambda_handler(event, context):\n    return VALUES[event]\n';
  const [environment] = await runHandler(source, { platform: TODAY, events: ['0', '1'] });
  const [text, image] = environment?.runs.map(({ outcome }) => outcome) ?? [];
  assert.deepEqual(text, { status: 'returned', payload: '{"name": "Lee"}' });
  assert.ok(image?.status === 'raised');
  assert.match(image.payload, /'utf-8' codec can't decode.*"Runtime\.MarshalError"/);
});

describe('a handler that makes JSON of its result itself', () => {
  const outcomeOf = async (change: (source: string) => string): Promise<Told['outcome'] | undefined> => {
    const source = await readFile('content/examples/return-by-default/task/lambda_function.py', 'utf8');
    const changed = change(source);
    assert.notEqual(changed, source);
    const [environment] = await runHandler(changed, { platform: TODAY });
    return environment?.runs[0]?.outcome;
  };

  // Claims: own-dumps-has-your-line
  it('has its own line in the stack of what is refused', async () => {
    const outcome = await outcomeOf((source) => source.replace('"tags": {"new"}', '"tags": b"new"'));
    assert.ok(outcome?.status === 'raised');
    const { errorMessage, stackTrace } = JSON.parse(outcome.payload) as {
      errorMessage: string;
      stackTrace: string[];
    };
    assert.equal(errorMessage, "no plain form for b'new'");
    assert.match(stackTrace[0] ?? '', /lambda_function\.py", line \d+, in lambda_handler\n.*json\.dumps/);
  });

  // Claims: str-hides-the-set
  it('returns Python’s spelling of a set by `default=str`', async () => {
    const outcome = await outcomeOf((source) => source.replace('default=plain', 'default=str'));
    assert.ok(outcome?.status === 'returned');
    assert.equal((JSON.parse(outcome.payload) as { tags: unknown }).tags, "{'new'}");
  });

  // Claims: one-line-finds-them
  it('finds by one line of a test what the runtime refuses, and what it changes', async () => {
    const source = `import json
from datetime import datetime
from decimal import Decimal
circle = []
circle.append(circle)

def passes(result):
    try:
        assert json.loads(json.dumps(result, allow_nan=False)) == result
    except (AssertionError, TypeError, ValueError):
        return False
    return True

def lambda_handler(event, context):
    bad = [{1}, datetime.now(), circle, b"x", float("nan"), (1, 2), Decimal(1)]
    return [passes(value) for value in [*bad, {"a": [1, None, "x"]}]]
`;
    const [environment] = await runHandler(source, { platform: TODAY });
    assert.deepEqual(environment?.runs[0]?.outcome, {
      status: 'returned',
      payload: JSON.stringify([...Array<boolean>(7).fill(false), true]).replaceAll(',', ', '),
    });
  });
});
