import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64ToBytes } from '../../../src/trace/base64.ts';

test('base64 becomes every byte that it stands for, and what is none is refused', () => {
  const bytes = Uint8Array.from({ length: 257 }, (_, at) => at % 256);
  assert.deepEqual(base64ToBytes(Buffer.from(bytes).toString('base64')), bytes);
  assert.deepEqual(base64ToBytes(''), new Uint8Array());
  assert.throws(() => base64ToBytes('no base64!'), { name: 'InvalidCharacterError' });
});
