import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEmbedAddress } from '../../../src/lab/embed/address.ts';

const LAB = 'print-the-stack--lambda-2016';
const read = (hash: string): ReturnType<typeof readEmbedAddress> =>
  readEmbedAddress(hash, LAB, ['call-handler', 'end']);

test('a stop or a step alone names a moment of the embed’s lab, and what pages of the site take is left as it is', () => {
  const found = [
    '',
    '#',
    '#call-handler',
    '#step-14',
    '#step-0',
    '#nowhere',
    `#${LAB}/end`,
    `#${LAB}~1.eJw`,
  ].map((hash) => read(hash).fragment);
  assert.deepEqual(found, [
    '',
    '#',
    `#${LAB}/call-handler`,
    `#${LAB}/step-14`,
    '#step-0',
    '#nowhere',
    `#${LAB}/end`,
    `#${LAB}~1.eJw`,
  ]);
});

test('WordPress’s secret is taken from behind any fragment, and only where it is one', () => {
  assert.deepEqual(read('#?secret=Xy12345678'), { secret: 'Xy12345678', fragment: '' });
  assert.deepEqual(read('#step-2#?secret=abc'), { secret: 'abc', fragment: `#${LAB}/step-2` });
  assert.deepEqual(read(`#?secret=${'a'.repeat(64)}`).secret, 'a'.repeat(64));
  for (const value of ['', 'a'.repeat(65), 'a b', '<b>', 'a&b=c', 'é', 'a#?secret=b'])
    assert.deepEqual(read(`#?secret=${value}`), { secret: null, fragment: '' }, value);
});
