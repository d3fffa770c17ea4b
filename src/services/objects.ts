/**
 * What stands in for S3: buckets that the native module `lab_bucket` reads and writes.
 * Bytes cross the border as base64 text. A bucket comes into being with its first object.
 */
import type { Answer, Json } from './service.ts';
import type { TraceEvent } from '../trace/format.ts';

/** Bucket name → key → bytes. */
export type Buckets = Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>;

/** The functions of `lab_bucket`, and how many texts each takes. */
const TEXTS: ReadonlyMap<string, number> = new Map([
  ['put_object', 3],
  ['get_object', 2],
  ['delete_object', 2],
  ['list_objects', 1],
]);

export class ObjectStore {
  readonly #buckets = new Map<string, Map<string, Uint8Array>>();
  readonly #emit: (event: TraceEvent, blob: Uint8Array | null) => void;
  #blobs = 0;

  /** `emit` is told of each change, with the object's bytes. */
  constructor(initial: Buckets, emit: (event: TraceEvent, blob: Uint8Array | null) => void) {
    this.#emit = emit;
    for (const [bucket, objects] of Object.entries(initial)) {
      this.#buckets.set(bucket, new Map(Object.entries(objects)));
    }
  }

  call(name: string, args: readonly Json[]): Answer {
    const count = TEXTS.get(name);
    if (count === undefined) return { error: `the native module lab_bucket has no function ${name}` };
    // Readers edit what calls this, and may call it themselves.
    if (args.length < count || !args.slice(0, count).every((value) => typeof value === 'string'))
      return { error: `${name} of the native module lab_bucket takes ${String(count)} texts` };
    const [bucket, key, body] = args as readonly [string, string, string];
    switch (name) {
      case 'put_object': {
        const bytes = base64ToBytesOrNull(body);
        return bytes === null
          ? { error: 'put_object of the native module lab_bucket takes its bytes as base64' }
          : this.#put(bucket, key, bytes);
      }
      case 'get_object':
        return { value: bytesToBase64OrNull(this.#buckets.get(bucket)?.get(key)) };
      case 'delete_object':
        return this.#delete(bucket, key);
      case 'list_objects':
      default:
        return { value: [...(this.#buckets.get(bucket) ?? [])].map(([name, bytes]) => [name, bytes.length]) };
    }
  }

  #put(bucket: string, key: string, bytes: Uint8Array): Answer {
    const objects = this.#buckets.get(bucket) ?? new Map<string, Uint8Array>();
    objects.set(key, bytes);
    this.#buckets.set(bucket, objects);
    this.#blobs += 1;
    const blob = `object-${String(this.#blobs)}`;
    this.#emit({ kind: 'object', bucket, key, size: bytes.length, blob }, bytes);
    return { value: null };
  }

  #delete(bucket: string, key: string): Answer {
    if (this.#buckets.get(bucket)?.delete(key) === true) {
      this.#emit({ kind: 'object', bucket, key, size: null, blob: null }, null);
    }
    return { value: null };
  }
}

function base64ToBytesOrNull(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function bytesToBase64OrNull(bytes: Uint8Array | undefined): string | null {
  if (bytes === undefined) return null;
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
