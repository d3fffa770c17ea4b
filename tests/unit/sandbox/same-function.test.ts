import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameFunction } from '../../../src/sandbox/same-function.ts';
import { request } from './fakes.ts';

const task = { '/var/task/a.py': 'a', '/var/task/b.bin': new Uint8Array([1, 2]) };
const base = { ...request, task };

test('a function deployed again as it was is the same, whatever the order of its files', () => {
  const again = { '/var/task/b.bin': new Uint8Array([1, 2]), '/var/task/a.py': 'a' };
  assert.equal(isSameFunction(base, { ...structuredClone(base), task: again }), true);
});

test('an edit of a file, of the setup, of the runtime or of the platform makes another function', () => {
  const { setup } = base;
  const others = [
    { ...base, platform: 'q' },
    { ...base, task: { ...task, '/var/task/a.py': 'b' } },
    { ...base, task: { ...task, '/var/task/b.bin': new Uint8Array([1, 3]) } },
    { ...base, task: { ...task, '/var/task/c.py': '' } },
    { ...base, task: { '/var/task/a.py': 'a', '/var/task/c.bin': new Uint8Array([1, 2]) } },
    { ...base, image: { '/var/run.py': 'changed()' } },
    { ...base, setup: { ...setup, handler: 'main.other' } },
    { ...base, setup: { ...setup, suppressInit: true } },
    { ...base, setup: { ...setup, start: 'image' } },
    { ...base, setup: { ...setup, timeout: 1 } },
    { ...base, setup: { ...setup, mode: 'http' } },
    { ...base, setup: { ...setup, variables: { A: '1' } } },
  ];
  assert.deepEqual(
    others.map((other) => isSameFunction(base, other)),
    others.map(() => false),
  );
});
