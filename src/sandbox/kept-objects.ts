/** What the page keeps of the buckets: they outlive environments, and even crashes. */
import type { Buckets, StoredObject } from '../platforms/shared/objects.ts';
import { applyToBuckets, type Bucket } from '../trace/buckets.ts';
import type { TraceEvent } from '../trace/format.ts';

type Blobs = Readonly<Record<string, Uint8Array>>;

/** What an object weighs beside its bytes: there may be many empty ones, and an archive takes 65,535. */
const OBJECT_WEIGHT = 4096;

/** The buckets, changed by the events of one run after another. */
export class KeptObjects {
  readonly #buckets = new Map<string, Bucket<StoredObject>>();
  #weight = 0;
  /** The same as a value; null when something has changed since it was asked for. */
  #all: Buckets | null = null;

  constructor(buckets: Buckets = {}) {
    for (const [name, { created, objects }] of Object.entries(buckets)) {
      this.#buckets.set(name, { created, objects: new Map(Object.entries(objects)) });
      for (const object of Object.values(objects)) this.#weight += weigh(object);
    }
  }

  /** All of them: the same value as long as nothing changes. */
  get all(): Buckets {
    // Not by assignment: reader code may call a bucket `__proto__`.
    this.#all ??= Object.fromEntries(
      [...this.#buckets].map(([name, { created, objects }]) => [
        name,
        { created, objects: Object.fromEntries(objects) },
      ]),
    );
    return this.#all;
  }

  /** Bytes of the page's memory that they take, roughly. */
  get weight(): number {
    return this.#weight;
  }

  /** Lets some events happen. */
  note(events: readonly TraceEvent[], blobs: Blobs): void {
    for (const event of events) {
      if (event.kind !== 'object' && event.kind !== 'bucket') continue;
      this.#all = null;
      if (event.kind === 'object')
        this.#weight -= weigh(this.#buckets.get(event.bucket)?.objects.get(event.key));
      else this.#weight += this.#buckets.has(event.bucket) ? 0 : OBJECT_WEIGHT;
      applyToBuckets<StoredObject>(this.#buckets, event, ({ blob, about }) => {
        const bytes = blob !== null && Object.hasOwn(blobs, blob) ? blobs[blob] : undefined;
        return bytes === undefined ? null : { bytes, about };
      });
      if (event.kind === 'object')
        this.#weight += weigh(this.#buckets.get(event.bucket)?.objects.get(event.key));
    }
  }
}

function weigh(object: StoredObject | undefined): number {
  return object === undefined ? 0 : object.bytes.length + OBJECT_WEIGHT;
}
