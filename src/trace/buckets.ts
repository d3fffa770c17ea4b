/**
 * How does an event change the buckets? The platform's store, the page and the lab's panes each keep something else of
 * an object; when it comes and goes is decided here alone.
 */
import type { ObjectEvent } from './moment.ts';

/** A bucket with its objects by key, in the order in which they came. */
export interface Bucket<Kept> {
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly objects: Map<string, Kept>;
}

/** The event of an object that was put. */
export type PutEvent = Extract<ObjectEvent, { kind: 'object' }> & {
  readonly size: number;
  readonly about: NonNullable<Extract<ObjectEvent, { kind: 'object' }>['about']>;
};

/**
 * Lets an event happen to the buckets, which it changes in place. `keep` makes of a put object what is kept of it; null
 * keeps nothing, as if the object had been deleted. The first object of a bucket makes the bucket.
 */
export function applyToBuckets<Kept>(
  buckets: Map<string, Bucket<Kept>>,
  event: ObjectEvent,
  keep: (event: PutEvent) => Kept | null,
): void {
  const created = event.kind === 'bucket' ? event.created : (event.about?.modified ?? 0);
  const bucket = buckets.get(event.bucket) ?? { created, objects: new Map<string, Kept>() };
  buckets.set(event.bucket, bucket);
  if (event.kind === 'bucket') return;
  const kept = isPut(event) ? keep(event) : null;
  if (kept === null) bucket.objects.delete(event.key);
  else bucket.objects.set(event.key, kept);
}

function isPut(event: Extract<ObjectEvent, { kind: 'object' }>): event is PutEvent {
  return event.size !== null && event.about !== null;
}
