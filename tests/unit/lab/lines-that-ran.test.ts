import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spreadOverStatements } from '../../../src/lab/code/lines-that-ran.ts';

test('what a bracket or a long string carries on belongs to the statement that began it', () => {
  const text = [
    'x = call(', // 1
    '    "a ) b",  # (', // 2
    ')', // 3
    'y = """long (', // 4
    'string"""', // 5
    "z = 'it\\'s ('", // 6
    'w = 1', // 7
    'never(', // 8
    '    1)', // 9
  ].join('\n');
  assert.deepEqual([...spreadOverStatements(text, new Set([1, 4, 6]))], [1, 2, 3, 4, 5, 6]);
});
