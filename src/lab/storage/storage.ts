/**
 * What lies on a disk and in buckets, and what they begin with: a warm run with what the one before it left, and buckets
 * outlive environments. `storage-fold.ts` has what a run's events make of them.
 */
import type { ObjectAbout, TraceEvent } from '../../trace/format.ts';

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

/** The same disk as it is for a run that follows: nothing of it has changed yet. */
export function settleDisk(disk: Disk): Disk {
  return new Map([...disk].map(([path, file]) => [path, { ...file, change: null }]));
}

/** A name of bytes that no other run has given: environments count theirs from one. */
export function nameBlobs<Event extends TraceEvent>(events: readonly Event[], run: number): Event[] {
  return events.map((event) =>
    (event.kind === 'file' || event.kind === 'object') && event.blob !== null
      ? { ...event, blob: `${String(run)}/${event.blob}` }
      : event,
  );
}
