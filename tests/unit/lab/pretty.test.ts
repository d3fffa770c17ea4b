import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPretty } from '../../../src/lab/output/pretty.ts';

test('JSON gets a line for each of its parts', () => {
  const text = '{"a": [1, {"b":null}], "c": {}, "d": [], "e": "x, {y}: \\"z\\""}';
  assert.equal(toPretty(text), JSON.stringify(JSON.parse(text), null, 2));
});

test('nothing but space changes: numbers, escapes, repeated names and NaN stay as they were written', () => {
  const text = '{"n":1.0,"n":12345678901234567890,"s":"\\u8aad\\/","x":NaN,"y":[-Infinity,1e5]}';
  const pretty = toPretty(text);
  assert.equal(
    pretty,
    '{\n  "n": 1.0,\n  "n": 12345678901234567890,\n  "s": "\\u8aad\\/",\n  "x": NaN,\n  "y": [\n    -Infinity,\n    1e5\n  ]\n}',
  );
  assert.equal(toPretty(pretty), pretty);
});

test('HTTP keeps its head, line by line, and its body is laid out', () => {
  assert.equal(
    toPretty('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"a":1}'),
    'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n  "a": 1\n}',
  );
  assert.equal(toPretty('GET /next HTTP/1.1\r\nHost: a\r\n\r\n'), 'GET /next HTTP/1.1\nHost: a\n\n');
});

for (const text of [
  '',
  'null',
  '"a"',
  '42',
  '{}',
  'event={}, context=<LambdaContext object>',
  '{"a": ',
  '["a',
  '[1}',
  '["1","cut… (12 more characters)',
  '[1 2]',
]) {
  test(`${JSON.stringify(text)} stays as it is`, () => {
    assert.equal(toPretty(text), text);
  });
}
