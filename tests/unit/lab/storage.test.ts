import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { RunLog } from '../../../src/lab/run-log.ts';
import { FileTree } from '../../../src/lab/storage/file-tree.ts';
import { byKey } from '../../../src/lab/storage/markup.ts';
import { StorageState } from '../../../src/lab/storage/storage-state.ts';
import { StorageFold } from '../../../src/lab/storage/storage-fold.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';
import { isStorageChange, type StorageChange } from '../../../src/lab/storage/storage-data.ts';
import { bytesToHexHead, bytesToTextOrNull } from '../../../src/lab/storage/hex-head.ts';
import {
  beginDisk,
  nameBlobs,
  settleDisk,
  type BucketContents,
  type Disk,
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

/** What some events make of a disk and buckets. */
function after(
  events: readonly StorageChange[],
  disk: Disk = new Map(),
  buckets: BucketContents = new Map(),
) {
  const fold = new StorageFold(disk, buckets, []);
  fold.events.push(...events);
  fold.goTo(events.length);
  return fold;
}

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
    const { disk, counts } = after(
      [
        file('/tmp/a', 0, 'x'),
        file('/tmp/a', 3, 'y'),
        file('/var/task/f.py', 6, 'z'),
        file('/tmp/gone', 1, 'g'),
        file('/tmp/gone', null),
        file('/var/runtime/b.py', null),
      ],
      begin,
    );
    assert.equal(counts.files, 2);
    assert.deepEqual(
      [...disk.values()].map(({ path, size, from, blob, change }) => [path, size, from, blob, change]),
      [
        ['/var/task/f.py', 6, 'blob', 'z', 'changed'],
        ['/tmp/a', 3, 'blob', 'y', 'new'],
      ],
    );
    assert.deepEqual(
      [...settleDisk(disk).values()].map(({ change }) => change),
      [null, null],
    );
  });
});

describe('the buckets', () => {
  it('hold what was put and not removed, in the order of the keys; an empty one is there', () => {
    const { buckets: first, counts } = after([
      { kind: 'bucket', bucket: 'b', created: 1 },
      { kind: 'bucket', bucket: 'empty', created: 2 },
      object('z', 1),
      object('a', 2),
      object('a', 3),
    ]);
    const shape = (buckets: BucketContents) =>
      [...buckets].map(([name, objects]) => [
        name,
        [...objects.values()].sort(byKey).map(({ key, size }) => [key, size]),
      ]);
    assert.equal(counts.bucket, 2);
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
    assert.deepEqual(shape(after([object('z', null)], new Map(), first).buckets), [
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

test('going back and forth over a run’s events ends where going there at once does', () => {
  const events: StorageChange[] = [
    file('/tmp/a', 1, 'a'),
    { kind: 'bucket', bucket: 'b', created: 1 },
    object('x', 1),
    file('/tmp/a', 2, 'b'),
    object('x', 2),
    object('gone', null),
    file('/var/task/f.py', null),
    object('x', null),
    file('/tmp/a', null),
    file('/tmp/a', 3, 'c'),
  ];
  const disk = beginDisk({}, { '/var/task/f.py': 5 });
  const shapeOf = (fold: StorageFold) => ({
    disk: new Map([...fold.disk].sort(([a], [b]) => (a < b ? -1 : 1))),
    buckets: fold.buckets,
    counts: fold.counts,
    tree: fold.tree.shown(),
  });
  const fold = new StorageFold(disk, new Map(), ['/tmp']);
  fold.events.push(...events);
  for (const place of [10, 0, 5, 4, 9, 1, 10, 7, 3, 8, 2, 6]) {
    const other = new StorageFold(disk, new Map(), ['/tmp']);
    other.events.push(...events.slice(0, place));
    other.goTo(place);
    fold.goTo(place);
    assert.equal(fold.place, place);
    assert.deepEqual(shapeOf(fold), shapeOf(other), `after ${place} events`);
  }
});

describe('what runs have left', () => {
  const open = () => {
    const kept = new Set<string>();
    const bytes = {
      keep: (name: string) => void kept.add(name),
      forgetBut: (names: ReadonlySet<string | null>) => {
        for (const name of kept) if (!names.has(name)) kept.delete(name);
      },
    };
    const state = new StorageState({ folders: [], image: {}, task: {}, events: [], blobs: {} }, {}, bytes);
    const run = (isNew: boolean, ...events: TraceEvent[]): void => {
      state.runStarted(isNew, {}, new RunLog(events));
      state.add(
        Object.fromEntries(events.flatMap((event) => ('blob' in event ? [[event.blob ?? '', ONE]] : []))),
      );
      while (!state.goOn(() => true));
    };
    const objects = (): string[] => [...state.buckets.values()].flatMap((bucket) => [...bucket.keys()]);
    return { kept, state, run, objects };
  };
  const ONE = new Uint8Array(1);

  it('is kept as long as something names it, however many runs there are', () => {
    const { kept, run } = open();
    for (let count = 0; count < 100; count += 1)
      run(count === 0, file('/tmp/same', 1, `file-${String(count)}`), object('same', 1));
    run(false);
    assert.deepEqual([...kept], ['100/file-99', '100/same']);
    // A fresh disk has nothing of it, and the run after that finds it gone.
    run(true);
    run(false);
    assert.deepEqual([...kept], ['100/same']);
  });

  it('is gone from the buckets when they are forgotten, also what had still to be read', () => {
    const { state, run, objects } = open();
    run(true, object('one', 1));
    state.runStarted(false, {}, new RunLog([object('two', 1)]));
    state.forgetBuckets();
    run(false, object('three', 1));
    assert.deepEqual(objects(), ['three']);
  });
});

describe('the tree', () => {
  const treeOf = (paths: readonly string[], folders: readonly string[] = [], most?: number) =>
    new FileTree(
      paths.map((path) => ({ path })),
      folders,
      most,
    );

  it('has folders before files, each by name, empty ones that are asked for, and chains in one row', () => {
    const tree = treeOf(['/var/b', '/var/a/z/deep', '/var/a/z/also', '/top'], ['/tmp']);
    const leftOut = 0;
    assert.deepEqual(tree.shown(), {
      name: '',
      path: '',
      folders: [
        { name: 'tmp', path: '/tmp', folders: [], files: [], leftOut },
        {
          name: 'var',
          path: '/var',
          folders: [
            {
              name: 'a/z',
              path: '/var/a/z',
              folders: [],
              files: [{ path: '/var/a/z/also' }, { path: '/var/a/z/deep' }],
              leftOut,
            },
          ],
          files: [{ path: '/var/b' }],
          leftOut,
        },
      ],
      files: [{ path: '/top' }],
      leftOut,
    });
  });

  it('loses a folder with its last file, unless it is there anyway', () => {
    const tree = treeOf(['/tmp/a/b/c', '/tmp/d'], ['/tmp']);
    for (const path of ['/tmp/d', '/tmp/a/b/c', '/tmp/never']) tree.delete(path);
    assert.deepEqual(
      tree.shown().folders.map(({ path, folders, files }) => [path, folders, files]),
      [['/tmp', [], []]],
    );
  });

  it('takes any text for a path', () => {
    const { files, folders } = treeOf(['a', 'b//c/', '']).shown();
    assert.deepEqual([files, folders.map(({ path }) => path)], [[{ path: '' }, { path: 'a' }], ['/b']]);
  });

  it('shows so many rows of a folder, and of all, and says how many it leaves out', () => {
    const paths = Array.from({ length: 90_000 }, (_, index) => `/tmp/${String(index).padStart(5, '0')}`);
    const { folders, leftOut } = treeOf([...paths, '/var/task/f.py']).shown();
    assert.equal(leftOut, 0);
    assert.deepEqual(
      folders.map(({ path, files, leftOut }) => [path, files.length, leftOut]),
      [
        ['/tmp', 200, 89_800],
        ['/var/task', 1, 0],
      ],
    );
    assert.equal(folders[0]?.files.at(-1)?.path, '/tmp/00199');
  });

  it('counts what lies in folders that are not shown', () => {
    const { folders, leftOut } = treeOf(['/a/1', '/b/1', '/b/2', '/c/d/1', '/e']).shown({
      rows: 1,
      allRows: 9,
      depth: 9,
    });
    assert.deepEqual([folders.map(({ path }) => path), leftOut], [['/a'], 7]);
  });

  it('is shown to a depth, however deep it goes', () => {
    let path = '';
    const paths = Array.from({ length: 5000 }, (_, index) => `${(path += '/d')}/file-${String(index)}`);
    let folder = treeOf(paths).shown();
    let depth = 0;
    let shown = 0;
    for (let inner = folder.folders[0]; inner !== undefined; inner = folder.folders[0]) {
      folder = inner;
      depth += 1;
      shown += 1 + folder.files.length;
    }
    assert.equal(depth, 16);
    assert.equal(shown + folder.leftOut, 10_000);
  });

  it('has so many folders: what lies in others is counted, and is found again by its path', () => {
    const paths = Array.from({ length: 300 }, (_, at) => `/${String(at)}${'/d'.repeat(4)}/file`);
    const tree = treeOf(paths, [], 100);
    const count = (): number => {
      const { folders, leftOut } = tree.shown({ rows: 1000, allRows: 1000, depth: 9 });
      return leftOut + folders.reduce((sum, inner) => sum + inner.files.length + inner.leftOut, 0);
    };
    assert.equal(count(), 300);
    for (const path of paths.slice(10)) tree.delete(path);
    assert.equal(count(), 10);
    // There is room again, also for one that had none.
    for (const path of paths.slice(0, 15).reverse()) tree.set({ path });
    assert.equal(count(), 15);
    for (const path of paths) tree.delete(path);
    assert.deepEqual(tree.shown(), { name: '', path: '', folders: [], files: [], leftOut: 0 });
  });

  it('is of thousands of chains that are thousands of folders deep, all of them counted', () => {
    const paths = Array.from({ length: 2000 }, (_, at) => `/tmp/${String(at)}${'/d'.repeat(3990)}/file`);
    const { folders, leftOut } = treeOf(paths).shown();
    assert.equal(leftOut + folders.reduce((sum, inner) => sum + inner.leftOut, 0) > 1500, true);
  });

  it('has a chain of folders in one row, however long', () => {
    const path = '/d'.repeat(5000);
    const { folders } = treeOf([`${path}/file`]).shown();
    assert.deepEqual(
      folders.map((folder) => [folder.path, folder.name]),
      [[path, path.slice(1)]],
    );
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
    // Of many bytes the head, whose last character may be cut apart.
    assert.equal(bytesToTextOrNull(new TextEncoder().encode('日本'), 4), '日');
    assert.equal(bytesToTextOrNull(new Uint8Array([65, 0xff, 66]), 1), 'A');
  });
});
