/** What the page keeps of the buckets: they outlive environments, and even crashes. */
import type { Buckets, StoredObject } from '../platforms/shared/objects.ts';
import { applyToBuckets } from '../trace/buckets.ts';
import type { TraceEvent } from '../trace/format.ts';

type Blobs = Readonly<Record<string, Uint8Array>>;

/** The buckets after some events; the same value when no event is about them. */
export function keepObjects(buckets: Buckets, events: readonly TraceEvent[], blobs: Blobs): Buckets {
  const changes = events.filter((event) => event.kind === 'object' || event.kind === 'bucket');
  if (changes.length === 0) return buckets;
  const kept = new Map(
    Object.entries(buckets).map(([name, { created, objects }]) => [
      name,
      { created, objects: new Map(Object.entries(objects)) },
    ]),
  );
  for (const event of changes) {
    applyToBuckets<StoredObject>(kept, event, ({ blob, about }) => {
      const bytes = blob !== null && Object.hasOwn(blobs, blob) ? blobs[blob] : undefined;
      return bytes === undefined ? null : { bytes, about };
    });
  }
  // Not by assignment: reader code may call a bucket `__proto__`.
  return Object.fromEntries(
    [...kept].map(([name, { created, objects }]) => [
      name,
      { created, objects: Object.fromEntries(objects) },
    ]),
  );
}

/** What a message weighs in the page's memory, roughly: characters and bytes. */
export function weighRecorded(events: readonly TraceEvent[], blobs: Blobs): number {
  let weight = 0;
  for (const event of events) weight += weigh(event);
  for (const blob of Object.values(blobs)) weight += blob.length;
  return weight;
}

const EVENT_WEIGHT = 64;

function weigh(value: object): number {
  let weight = EVENT_WEIGHT;
  for (const name in value) {
    const part: unknown = (value as Record<string, unknown>)[name];
    if (typeof part === 'string') weight += part.length;
    else if (typeof part === 'object' && part !== null) weight += weigh(part);
  }
  return weight;
}
