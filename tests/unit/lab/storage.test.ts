import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pathsToTree } from '../../../src/lab/storage/file-tree.ts';
import { isStorageChange, type StorageChange } from '../../../src/lab/storage/storage-data.ts';
import { bytesToHexHead, bytesToTextOrNull } from '../../../src/lab/storage/hex-head.ts';
import {
  beginDisk,
  bucketsAfter,
  diskAfter,
  nameBlobs,
  settleDisk,
  type BucketContents,
} from '../../../src/lab/storage/storage.ts';

const about = { modified: 1, etag: 'e', type: 't', metadata: {} };
const file = (path: string, size: number | null, blob: string | null = null) =>
  ({ kind: 'file', path, size, blob }) as const;
const object = (key: string, size: number | null) =>
  ({
    kind: 'object',
    bucket: 'b',
    key,
    size,
    blob: size === null ? null : key,
    about: size === null ? null : about,
  }) as const;

describe('the disk', () => {
  const begin = beginDisk({ '/var/runtime/b.py': 10 }, { '/var/task/f.py': 5 });

  it('is the platform’s and the function’s files at first', () => {
    assert.deepEqual(
      [...begin.values()].map(({ path, size, from, change }) => [path, size, from, change]),
      [
        ['/var/runtime/b.py', 10, 'image', null],
        ['/var/task/f.py', 5, 'task', null],
      ],
    );
  });

  it('tells what a run has made new, changed and removed, and the next run finds it settled', () => {
    const after = diskAfter(begin, [
      file('/tmp/a', 0, 'x'),
      file('/tmp/a', 3, 'y'),
      file('/var/task/f.py', 6, 'z'),
      file('/tmp/gone', 1, 'g'),
      file('/tmp/gone', null),
      file('/var/runtime/b.py', null),
    ]);
    assert.deepEqual(
      [...after.values()].map(({ path, size, from, blob, change }) => [path, size, from, blob, change]),
      [
        ['/var/task/f.py', 6, 'blob', 'z', 'changed'],
        ['/tmp/a', 3, 'blob', 'y', 'new'],
      ],
    );
    assert.deepEqual(
      [...settleDisk(after).values()].map(({ change }) => change),
      [null, null],
    );
  });
});

describe('the buckets', () => {
  it('hold what was put and not removed, in the order of the keys; an empty one is there', () => {
    const first = bucketsAfter(new Map(), [
      { kind: 'bucket', bucket: 'b', created: 1 },
      { kind: 'bucket', bucket: 'empty', created: 2 },
      object('z', 1),
      object('a', 2),
      object('a', 3),
    ]);
    const shape = (buckets: BucketContents) =>
      [...buckets].map(([name, objects]) => [
        name,
        [...objects.values()].map(({ key, size }) => [key, size]),
      ]);
    assert.deepEqual(shape(first), [
      [
        'b',
        [
          ['a', 3],
          ['z', 1],
        ],
      ],
      ['empty', []],
    ]);
    assert.deepEqual(shape(bucketsAfter(first, [object('z', null)])), [
      ['b', [['a', 3]]],
      ['empty', []],
    ]);
    // A moment is a value: what was there before stays as it was.
    assert.equal(first.get('b')?.size, 2);
  });
});

describe('the names of bytes', () => {
  it('are told apart by the run that gave them', () => {
    const events: readonly StorageChange[] = [
      file('/tmp/a', 1, 'file-1'),
      file('/tmp/a', null),
      object('k', 1),
    ];
    assert.deepEqual(nameBlobs(events, 7), [
      file('/tmp/a', 1, '7/file-1'),
      file('/tmp/a', null),
      { ...object('k', 1), blob: '7/k' },
    ]);
    assert.equal(isStorageChange({ kind: 'output', stream: 'stdout', text: '' }), false);
  });
});

describe('the tree', () => {
  it('has folders before files, each by name, empty ones that are asked for, and chains in one row', () => {
    const files = ['/var/b', '/var/a/z/deep', '/var/a/z/also', '/top'].map((path) => ({ path }));
    assert.deepEqual(pathsToTree(files, ['/tmp']), {
      name: '',
      path: '',
      folders: [
        { name: 'tmp', path: '/tmp', folders: [], files: [] },
        {
          name: 'var',
          path: '/var',
          folders: [
            {
              name: 'a/z',
              path: '/var/a/z',
              folders: [],
              files: [{ path: '/var/a/z/also' }, { path: '/var/a/z/deep' }],
            },
          ],
          files: [{ path: '/var/b' }],
        },
      ],
      files: [{ path: '/top' }],
    });
  });
});

describe('bytes', () => {
  it('that are no text show their head', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, at) => at + 50);
    assert.equal(
      bytesToHexHead(bytes, 2),
      '00000000  32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 3f 40 41  23456789:;<=>?@A\n' +
        '00000010  42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50 51  BCDEFGHIJKLMNOPQ',
    );
    assert.equal(bytesToHexHead(new Uint8Array([0, 127])), `00000000  00 7f${' '.repeat(42)}  ··`);
    assert.equal(bytesToHexHead(new Uint8Array()), '');
  });

  it('are text if UTF-8 says so and there is no zero in them', () => {
    assert.equal(bytesToTextOrNull(new TextEncoder().encode('日本\n')), '日本\n');
    assert.equal(bytesToTextOrNull(new Uint8Array([0xff])), null);
    assert.equal(bytesToTextOrNull(new Uint8Array([65, 0])), null);
  });
});
