/** What the page keeps of the buckets: they outlive environments, and even crashes. */
import type { Buckets } from '../services/objects.ts';
import type { TraceEvent } from '../trace/format.ts';

type Blobs = Readonly<Record<string, Uint8Array>>;

/** The buckets after some events; the same value when no event is about an object. */
export function keepObjects(buckets: Buckets, events: readonly TraceEvent[], blobs: Blobs): Buckets {
  if (!events.some(({ kind }) => kind === 'object')) return buckets;
  const kept = new Map(
    Object.entries(buckets).map(([name, objects]) => [name, new Map(Object.entries(objects))]),
  );
  for (const event of events) {
    if (event.kind !== 'object') continue;
    const objects = kept.get(event.bucket) ?? new Map<string, Uint8Array>();
    kept.set(event.bucket, objects);
    const bytes = event.blob !== null && Object.hasOwn(blobs, event.blob) ? blobs[event.blob] : undefined;
    if (bytes === undefined) objects.delete(event.key);
    else objects.set(event.key, bytes);
  }
  // Not by assignment: reader code may call a bucket `__proto__`.
  return Object.fromEntries([...kept].map(([name, objects]) => [name, Object.fromEntries(objects)]));
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
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === 'string') weight += part.length;
    else if (typeof part === 'object' && part !== null) weight += weigh(part);
  }
  return weight;
}
