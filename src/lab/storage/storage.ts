/**
 * What lies on the disk and in the buckets after some of a run's events? Both are folds, as a moment is: a warm run
 * begins with what the one before it left, and buckets outlive environments.
 */
import { applyToBuckets, type Bucket } from '../../trace/buckets.ts';
import type { ObjectAbout, TraceEvent } from '../../trace/format.ts';
import type { FileEvent, ObjectEvent } from '../../trace/moment.ts';

/** A file of the disk. Its bytes are the platform's, the function's, or those that an event has named. */
export interface DiskFile {
  readonly path: string;
  readonly size: number;
  readonly from: 'image' | 'task' | 'blob';
  /** The name of the bytes where `from` is `blob`; null when they were more than a trace carries. */
  readonly blob: string | null;
  /** What the run has made of it so far. */
  readonly change: 'new' | 'changed' | null;
}

/** An object in a bucket. */
export interface BucketObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly blob: string | null;
  readonly about: ObjectAbout;
}

/** The files by their paths. */
export type Disk = ReadonlyMap<string, DiskFile>;

/** The objects of each bucket by their keys. */
export type BucketContents = ReadonlyMap<string, ReadonlyMap<string, BucketObject>>;

/** The disk as it is before anything has run. */
export function beginDisk(
  image: Readonly<Record<string, number>>,
  task: Readonly<Record<string, number>>,
): Disk {
  const files = [
    ...Object.entries(image).map(([path, size]) => ({ path, size, from: 'image' }) as const),
    ...Object.entries(task).map(([path, size]) => ({ path, size, from: 'task' }) as const),
  ];
  return new Map(files.map((file) => [file.path, { ...file, blob: null, change: null }]));
}

/** The disk after a run's file events. */
export function diskAfter(before: Disk, events: readonly FileEvent[]): Disk {
  const disk = new Map(before);
  for (const { path, size, blob } of events) {
    if (size === null) disk.delete(path);
    else disk.set(path, { path, size, from: 'blob', blob, change: before.has(path) ? 'changed' : 'new' });
  }
  return disk;
}

/** The same disk as it is for a run that follows: nothing of it has changed yet. */
export function settleDisk(disk: Disk): Disk {
  return new Map([...disk].map(([path, file]) => [path, { ...file, change: null }]));
}

/** The buckets after a run's events; the objects of each in the order of their keys, as S3 lists them. */
export function bucketsAfter(before: BucketContents, events: readonly ObjectEvent[]): BucketContents {
  const buckets = new Map<string, Bucket<BucketObject>>(
    // When a bucket was made is not shown.
    [...before].map(([name, objects]) => [name, { created: 0, objects: new Map(objects) }]),
  );
  for (const event of events) {
    applyToBuckets(buckets, event, ({ bucket, key, size, blob, about }) => ({
      bucket,
      key,
      size,
      blob,
      about,
    }));
  }
  return new Map([...buckets].map(([name, { objects }]) => [name, new Map([...objects].sort(byKey))]));
}

/** A name of bytes that no other run has given: environments count theirs from one. */
export function nameBlobs<Event extends TraceEvent>(events: readonly Event[], run: number): Event[] {
  return events.map((event) =>
    (event.kind === 'file' || event.kind === 'object') && event.blob !== null
      ? { ...event, blob: `${String(run)}/${event.blob}` }
      : event,
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
