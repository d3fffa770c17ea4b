/**
 * What stands in for S3: buckets that the native module `lab_bucket` reads and writes. It keeps what it is given and
 * knows no errors of S3's: those are the stand-in's for boto3, which readers can read.
 */
import type { Answer, Json } from '../service.ts';
import { base64ToBytes } from '../../trace/base64.ts';
import { applyToBuckets, type Bucket } from '../../trace/buckets.ts';
import type { ObjectAbout, TraceEvent } from '../../trace/format.ts';
import type { ObjectEvent } from '../../trace/moment.ts';

/** An object as it is kept. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly about: ObjectAbout;
}

export interface StoredBucket {
  /** Milliseconds since 1970. */
  readonly created: number;
  /** By key, in the order in which they came. */
  readonly objects: Readonly<Record<string, StoredObject>>;
}

/** The buckets by name, in the order in which they were made. */
export type Buckets = Readonly<Record<string, StoredBucket>>;

/** What the arguments of each function of `lab_bucket` are. */
const ARGUMENTS: Readonly<Record<string, readonly ('text' | 'bytes' | 'texts')[]>> = {
  put_object: ['text', 'text', 'bytes', 'text', 'text', 'texts'],
  get_object: ['text', 'text'],
  head_object: ['text', 'text'],
  delete_object: ['text', 'text'],
  list_objects: ['text'],
  create_bucket: ['text'],
  list_buckets: [],
};

export class ObjectStore {
  readonly #buckets = new Map<string, Bucket<StoredObject>>();
  readonly #now: () => number;
  readonly #emit: (event: TraceEvent, blob: Uint8Array | null) => void;
  #blobs = 0;

  /** `now` gives milliseconds since 1970; `emit` is told of each change, with the object's bytes. */
  constructor(
    initial: Buckets,
    now: () => number,
    emit: (event: TraceEvent, blob: Uint8Array | null) => void,
  ) {
    this.#now = now;
    this.#emit = emit;
    this.hold(initial);
  }

  /** Holds these from now on, and nothing else; no change of its own, so nothing is told of it. */
  hold(buckets: Buckets): void {
    this.#buckets.clear();
    for (const [name, { created, objects }] of Object.entries(buckets)) {
      this.#buckets.set(name, { created, objects: new Map(Object.entries(objects)) });
    }
  }

  call(name: string, args: readonly Json[]): Answer {
    const kinds = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined;
    if (kinds === undefined) return { error: `the native module lab_bucket has no function ${name}` };
    // Readers edit what calls this, and may call it themselves.
    if (args.length < kinds.length || !kinds.every((kind, at) => isOfKind(args[at], kind)))
      return { error: `${name} of the native module lab_bucket takes ${kinds.join(', ') || 'nothing'}` };
    const [bucket, key, body, etag, type, metadata] = args as unknown as PutArguments;
    switch (name) {
      case 'put_object': {
        const bytes = base64ToBytesOrNull(body.base64);
        return bytes === null
          ? { error: 'put_object of the native module lab_bucket takes its bytes as base64' }
          : this.#put(bucket, key, bytes, { etag, type, metadata });
      }
      case 'get_object': {
        const found = this.#buckets.get(bucket)?.objects.get(key);
        if (found === undefined) return { value: null };
        return { value: [{ base64: bytesToBase64(found.bytes) }, aboutToJson(found)] };
      }
      case 'head_object': {
        const found = this.#buckets.get(bucket)?.objects.get(key);
        return { value: found === undefined ? null : aboutToJson(found) };
      }
      case 'delete_object':
        return this.#delete(bucket, key);
      case 'list_objects': {
        const objects = this.#buckets.get(bucket)?.objects;
        return {
          value: objects === undefined ? null : [...objects].map(([name, kept]) => [name, aboutToJson(kept)]),
        };
      }
      case 'create_bucket': {
        if (this.#buckets.has(bucket)) return { value: false };
        this.#create(bucket);
        return { value: true };
      }
      case 'list_buckets':
      default:
        return { value: [...this.#buckets].map(([name, { created }]) => [name, created]) };
    }
  }

  #create(bucket: string): void {
    this.#apply({ kind: 'bucket', bucket, created: this.#time() }, null);
  }

  #put(bucket: string, key: string, bytes: Uint8Array, given: Omit<ObjectAbout, 'modified'>): Answer {
    if (!this.#buckets.has(bucket)) this.#create(bucket);
    const about = { modified: this.#time(), ...given };
    this.#blobs += 1;
    const blob = `object-${String(this.#blobs)}`;
    this.#apply({ kind: 'object', bucket, key, size: bytes.length, blob, about }, bytes);
    return { value: aboutToJson({ bytes, about }) };
  }

  #delete(bucket: string, key: string): Answer {
    if (this.#buckets.get(bucket)?.objects.has(key) === true) {
      this.#apply({ kind: 'object', bucket, key, size: null, blob: null, about: null }, null);
    }
    return { value: null };
  }

  #apply(event: ObjectEvent, bytes: Uint8Array | null): void {
    applyToBuckets(this.#buckets, event, ({ about }) => (bytes === null ? null : { bytes, about }));
    this.#emit(event, bytes);
  }

  #time(): number {
    return Math.floor(this.#now());
  }
}

type PutArguments = readonly [
  string,
  string,
  { readonly base64: string },
  string,
  string,
  Readonly<Record<string, string>>,
];

function isOfKind(value: Json | undefined, kind: 'text' | 'bytes' | 'texts'): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (kind === 'bytes') return 'base64' in value && typeof value.base64 === 'string';
  return Object.values(value).every((text) => typeof text === 'string');
}

function aboutToJson({ bytes, about }: StoredObject): Json {
  const { modified, etag, type, metadata } = about;
  return { size: bytes.length, modified, etag, type, metadata };
}

function base64ToBytesOrNull(text: string): Uint8Array | null {
  try {
    return base64ToBytes(text);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function bytesToBase64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
