/**
 * What the panes Files and Bucket get with the page. Writer: `components/lab/Storage.astro`, as JSON beside the
 * markup. Reader: `<lab-storage>`.
 */
import type { TraceEvent } from '../../trace/format.ts';
import { contentToSize } from '../../trace/file-content.ts';
import type { BlobContent, Recording } from '../../trace/recording.ts';

/** An event that changes the disk or the buckets. */
export type StorageChange = Extract<TraceEvent, { kind: 'file' | 'bucket' | 'object' }>;

export interface StorageData {
  /** Folders of the disk that are there even when they are empty. */
  readonly folders: readonly string[];
  /** Sizes of the files at the beginning, by path: the platform's and the function's. */
  readonly image: Readonly<Record<string, number>>;
  readonly task: Readonly<Record<string, number>>;
  /** What the recorded run changed, and the bytes that these events name. */
  readonly events: readonly StorageChange[];
  readonly blobs: Readonly<Record<string, BlobContent>>;
}

/** The part of a recording that tells of its disk and its buckets. */
export function recordingToStorageData({ disk, task, runs, blobs }: Recording): StorageData {
  return {
    folders: disk.folders,
    image: disk.files,
    task: Object.fromEntries(Object.entries(task).map(([path, content]) => [path, contentToSize(content)])),
    events: (runs[0]?.events ?? []).filter(isStorageChange),
    blobs: blobs[0] ?? {},
  };
}

/** Whether an event changes the disk or the buckets. */
export function isStorageChange(event: TraceEvent): event is StorageChange {
  return event.kind === 'file' || event.kind === 'bucket' || event.kind === 'object';
}
