import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ObjectStore, type Buckets } from '../../../src/services/objects.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';

/** A store that notes what it tells: the events, and the bytes that came with each. */
function store(initial: Buckets = {}): {
  readonly objects: ObjectStore;
  readonly told: (readonly [TraceEvent, Uint8Array | null])[];
} {
  const told: (readonly [TraceEvent, Uint8Array | null])[] = [];
  return { objects: new ObjectStore(initial, (event, blob) => told.push([event, blob])), told };
}

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');
const NULL = { value: null };

describe('a bucket', () => {
  it('comes into being with its first object, and gives it back', () => {
    const { objects } = store();
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [] });
    assert.deepEqual(objects.call('put_object', ['b', 'k', base64('hello')]), NULL);
    assert.deepEqual(objects.call('get_object', ['b', 'k']), { value: base64('hello') });
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [['k', 5]] });
  });

  it('has nothing of another bucket, and nothing that nobody put there', () => {
    const { objects } = store();
    objects.call('put_object', ['b', 'k', base64('x')]);
    for (const [bucket, key] of [
      ['b', 'other'],
      ['other', 'k'],
      ['constructor', 'name'],
      ['b', '__proto__'],
    ] as const) {
      assert.deepEqual(objects.call('get_object', [bucket, key]), NULL);
    }
  });

  it('lists its objects in the order they came, with their sizes', () => {
    const { objects } = store({ b: { z: new Uint8Array(3) } });
    objects.call('put_object', ['b', 'y', base64('')]);
    objects.call('put_object', ['b', 'x/1', base64(new Uint8Array(1000))]);
    assert.deepEqual(objects.call('list_objects', ['b']), {
      value: [
        ['z', 3],
        ['y', 0],
        ['x/1', 1000],
      ],
    });
  });

  it('may have any name, and so may a key', () => {
    const { objects } = store();
    for (const name of ['__proto__', 'constructor', '', 'é/😀', '../..']) {
      objects.call('put_object', [name, name, base64(name)]);
      assert.deepEqual(objects.call('get_object', [name, name]), { value: base64(name) }, name);
    }
  });
});

describe('an object', () => {
  it('survives byte for byte', () => {
    const every = Uint8Array.from({ length: 100_003 }, (_, index) => (index * 7) % 256);
    const { objects, told } = store();
    objects.call('put_object', ['b', 'k', base64(every)]);
    assert.deepEqual(objects.call('get_object', ['b', 'k']), { value: base64(every) });
    assert.deepEqual(told[0]?.[1], every);
  });

  it('that was there from the beginning is there, and nobody is told of it', () => {
    const { objects, told } = store({ b: { k: new Uint8Array([0, 255]) } });
    assert.deepEqual(objects.call('get_object', ['b', 'k']), { value: base64(new Uint8Array([0, 255])) });
    assert.deepEqual(told, []);
  });

  it('is told when it comes, is replaced and goes, each time with bytes of its own', () => {
    const { objects, told } = store();
    objects.call('put_object', ['b', 'k', base64('one')]);
    objects.call('put_object', ['b', 'k', base64('three')]);
    objects.call('delete_object', ['b', 'k']);
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    assert.deepEqual(told, [
      [{ kind: 'object', bucket: 'b', key: 'k', size: 3, blob: 'object-1' }, bytes('one')],
      [{ kind: 'object', bucket: 'b', key: 'k', size: 5, blob: 'object-2' }, bytes('three')],
      [{ kind: 'object', bucket: 'b', key: 'k', size: null, blob: null }, null],
    ]);
    assert.deepEqual(objects.call('get_object', ['b', 'k']), NULL);
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [] });
  });

  it('that is replaced keeps its place in the list', () => {
    const { objects } = store({ b: { k: new Uint8Array(1), l: new Uint8Array(1) } });
    objects.call('put_object', ['b', 'k', base64('longer')]);
    assert.deepEqual(objects.call('list_objects', ['b']), {
      value: [
        ['k', 6],
        ['l', 1],
      ],
    });
  });

  it('that is not there can be deleted, as S3 has it, and nobody is told', () => {
    const { objects, told } = store({ b: {} });
    assert.deepEqual(objects.call('delete_object', ['b', 'k']), NULL);
    assert.deepEqual(objects.call('delete_object', ['other', 'k']), NULL);
    assert.deepEqual(told, []);
  });
});

/** The stand-in for boto3 is a file that the reader edits, and `lab_bucket` can be imported by anybody. */
describe('a caller that has changed', () => {
  it('may call what is not there', () => {
    assert.deepEqual(store().objects.call('copy_object', ['b', 'k']), {
      error: 'the native module lab_bucket has no function copy_object',
    });
  });

  it('may leave arguments out, or hand over what is no text: it is told, and nothing is stored', () => {
    const { objects, told } = store({ null: { undefined: new Uint8Array(1) } });
    for (const [name, args] of [
      ['put_object', ['b', 'k']],
      ['put_object', ['b', null, base64('x')]],
      ['put_object', ['b', 'k', 5]],
      ['put_object', [['b'], 'k', base64('x')]],
      ['get_object', ['null']],
      ['delete_object', [null, 'undefined']],
      ['list_objects', []],
      ['list_objects', [null]],
    ] as const) {
      const texts = { put_object: 3, get_object: 2, delete_object: 2, list_objects: 1 }[name];
      assert.deepEqual(objects.call(name, args), {
        error: `${name} of the native module lab_bucket takes ${String(texts)} texts`,
      });
    }
    assert.deepEqual(told, []);
  });

  it('may hand over bytes that are no base64: it is told, and nothing is stored', () => {
    const { objects, told } = store();
    assert.deepEqual(objects.call('put_object', ['b', 'k', '%%%']), {
      error: 'put_object of the native module lab_bucket takes its bytes as base64',
    });
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [] });
    assert.deepEqual(told, []);
  });
});
