import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ObjectStore, type Buckets } from '../../../src/platforms/shared/objects.ts';
import type { Answer } from '../../../src/platforms/service.ts';
import type { TraceEvent } from '../../../src/trace/format.ts';

/** A store that notes what it tells: the events, and the bytes that came with each. Its clock moves on by one. */
function store(initial: Buckets = {}): {
  readonly objects: ObjectStore;
  readonly told: (readonly [TraceEvent, Uint8Array | null])[];
} {
  const told: (readonly [TraceEvent, Uint8Array | null])[] = [];
  let time = 0;
  const objects = new ObjectStore(
    initial,
    () => (time += 1) + 0.5,
    (event, blob) => told.push([event, blob]),
  );
  return { objects, told };
}

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');
const NULL = { value: null };

/** A call of `put_object` with what boto3's stand-in would hand over. */
function put(objects: ObjectStore, bucket: string, key: string, bytes: string | Uint8Array): Answer {
  const call = [bucket, key, { base64: base64(bytes) }, 'etag', 'type', { a: 'b' }];
  const answer = objects.call('put_object', call);
  return answer;
}

const about = (size: number, modified: number) => {
  return { size, modified, etag: 'etag', type: 'type', metadata: { a: 'b' } };
};
const kept = (modified: number) => ({ modified, etag: 'etag', type: 'type', metadata: { a: 'b' } });

describe('a bucket', () => {
  it('comes into being with its first object, and gives it back', () => {
    const { objects } = store();
    assert.deepEqual(objects.call('list_objects', ['b']), NULL);
    assert.deepEqual(put(objects, 'b', 'k', 'hello'), { value: about(5, 2) });
    assert.deepEqual(objects.call('get_object', ['b', 'k']), {
      value: [{ base64: base64('hello') }, about(5, 2)],
    });
    assert.deepEqual(objects.call('head_object', ['b', 'k']), { value: about(5, 2) });
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [['k', about(5, 2)]] });
    assert.deepEqual(objects.call('list_buckets', []), { value: [['b', 1]] });
  });

  it('may be made before, and is empty then; once more is told', () => {
    const { objects, told } = store();
    assert.deepEqual(objects.call('create_bucket', ['b']), { value: true });
    assert.deepEqual(objects.call('create_bucket', ['b']), { value: false });
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [] });
    assert.deepEqual(told, [[{ kind: 'bucket', bucket: 'b', created: 1 }, null]]);
  });

  it('has nothing of another bucket, and nothing that nobody put there', () => {
    const { objects } = store();
    put(objects, 'b', 'k', 'x');
    for (const [bucket, key] of [
      ['b', 'other'],
      ['other', 'k'],
      ['constructor', 'name'],
      ['b', '__proto__'],
    ] as const) {
      assert.deepEqual(objects.call('get_object', [bucket, key]), NULL);
      assert.deepEqual(objects.call('head_object', [bucket, key]), NULL);
    }
  });

  it('lists its objects in the order they came; one that is replaced keeps its place', () => {
    const { objects } = store({
      b: { created: 0, objects: { z: { bytes: new Uint8Array(3), about: kept(0) } } },
    });
    put(objects, 'b', 'y', '');
    put(objects, 'b', 'x/1', new Uint8Array(1000));
    put(objects, 'b', 'z', 'longer');
    assert.deepEqual(objects.call('list_objects', ['b']), {
      value: [
        ['z', about(6, 3)],
        ['y', about(0, 1)],
        ['x/1', about(1000, 2)],
      ],
    });
  });

  it('may have any name, and so may a key', () => {
    const { objects } = store();
    for (const name of ['__proto__', 'constructor', '', 'é/😀', '../..']) {
      put(objects, name, name, name);
      const answer = objects.call('get_object', [name, name]);
      assert.ok('value' in answer && Array.isArray(answer.value));
      assert.deepEqual(answer.value[0], { base64: base64(name) }, name);
    }
  });
});

describe('an object', () => {
  it('survives byte for byte', () => {
    const every = Uint8Array.from({ length: 100_003 }, (_, index) => (index * 7) % 256);
    const { objects, told } = store();
    put(objects, 'b', 'k', every);
    const answer = objects.call('get_object', ['b', 'k']);
    assert.ok('value' in answer && Array.isArray(answer.value));
    assert.deepEqual(answer.value[0], { base64: base64(every) });
    assert.deepEqual(told[1]?.[1], every);
  });

  it('that was there from the beginning is there, and nobody is told of it', () => {
    const bytes = new Uint8Array([0, 255]);
    const { objects, told } = store({ b: { created: 5, objects: { k: { bytes, about: kept(6) } } } });
    assert.deepEqual(objects.call('get_object', ['b', 'k']), {
      value: [{ base64: base64(bytes) }, about(2, 6)],
    });
    assert.deepEqual(objects.call('list_buckets', []), { value: [['b', 5]] });
    assert.deepEqual(told, []);
  });

  it('is told when it comes, is replaced and goes, each time with bytes of its own', () => {
    const { objects, told } = store();
    put(objects, 'b', 'k', 'one');
    put(objects, 'b', 'k', 'three');
    objects.call('delete_object', ['b', 'k']);
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const object = { kind: 'object', bucket: 'b', key: 'k' } as const;
    assert.deepEqual(told, [
      [{ kind: 'bucket', bucket: 'b', created: 1 }, null],
      [{ ...object, size: 3, blob: 'object-1', about: kept(2) }, bytes('one')],
      [{ ...object, size: 5, blob: 'object-2', about: kept(3) }, bytes('three')],
      [{ ...object, size: null, blob: null, about: null }, null],
    ]);
    assert.deepEqual(objects.call('get_object', ['b', 'k']), NULL);
    assert.deepEqual(objects.call('list_objects', ['b']), { value: [] });
  });

  it('that is not there can be deleted, as S3 has it, and nobody is told', () => {
    const { objects, told } = store({ b: { created: 0, objects: {} } });
    assert.deepEqual(objects.call('delete_object', ['b', 'k']), NULL);
    assert.deepEqual(objects.call('delete_object', ['other', 'k']), NULL);
    assert.deepEqual(told, []);
  });
});

/** The stand-in for boto3 is a file that the reader edits, and `lab_bucket` can be imported by anybody. */
describe('a caller that has changed', () => {
  it('may call what is not there', () => {
    for (const name of ['copy_object', 'constructor']) {
      assert.deepEqual(store().objects.call(name, ['b', 'k']), {
        error: `the native module lab_bucket has no function ${name}`,
      });
    }
  });

  it('may leave arguments out, or hand over what is of another kind: it is told, and nothing is stored', () => {
    const { objects, told } = store();
    const body = { base64: base64('x') };
    for (const [name, args, kinds] of [
      ['put_object', ['b', 'k'], 'text, text, bytes, text, text, texts'],
      ['put_object', ['b', null, body, 'e', 't', {}], 'text, text, bytes, text, text, texts'],
      ['put_object', ['b', 'k', 'eA==', 'e', 't', {}], 'text, text, bytes, text, text, texts'],
      ['put_object', ['b', 'k', body, 'e', 't', { a: 1 }], 'text, text, bytes, text, text, texts'],
      ['put_object', ['b', 'k', body, 'e', 't', null], 'text, text, bytes, text, text, texts'],
      ['get_object', ['null'], 'text, text'],
      ['head_object', ['b', 1], 'text, text'],
      ['delete_object', [null, 'undefined'], 'text, text'],
      ['list_objects', [], 'text'],
      ['create_bucket', [null], 'text'],
    ] as const) {
      assert.deepEqual(objects.call(name, args), {
        error: `${name} of the native module lab_bucket takes ${kinds}`,
      });
    }
    assert.deepEqual(told, []);
  });

  it('may hand over bytes that are no base64: it is told, and nothing is stored', () => {
    const { objects, told } = store();
    assert.deepEqual(objects.call('put_object', ['b', 'k', { base64: '%%%' }, 'e', 't', {}]), {
      error: 'put_object of the native module lab_bucket takes its bytes as base64',
    });
    assert.deepEqual(told, []);
  });
});
