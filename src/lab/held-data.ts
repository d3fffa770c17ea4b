/**
 * What the panes Files and Bucket get with the page. Writer: `components/lab/Holdings.astro`, as JSON beside the
 * markup. Reader: `<lab-holdings>`.
 */
import type { TraceEvent } from '../trace/format.ts';
import { contentToSize, type BlobContent, type Recording } from '../trace/recording.ts';

/** An event that changes the disk or the buckets. */
export type HeldEvent = Extract<TraceEvent, { kind: 'file' | 'bucket' | 'object' }>;

export interface HeldData {
  /** Folders of the disk that are there even when they are empty. */
  readonly folders: readonly string[];
  /** Sizes of the files at the beginning, by path: the platform's and the function's. */
  readonly image: Readonly<Record<string, number>>;
  readonly task: Readonly<Record<string, number>>;
  /** What the recorded run changed, and the bytes that these events name. */
  readonly events: readonly HeldEvent[];
  readonly blobs: Readonly<Record<string, BlobContent>>;
}

/** The part of a recording that tells of its disk and its buckets. */
export function recordingToHeldData({ disk, task, runs, blobs }: Recording): HeldData {
  return {
    folders: disk.folders,
    image: disk.files,
    task: Object.fromEntries(Object.entries(task).map(([path, content]) => [path, contentToSize(content)])),
    events: (runs[0]?.events ?? []).filter(isHeldEvent),
    blobs: blobs[0] ?? {},
  };
}

/** Whether an event changes the disk or the buckets. */
export function isHeldEvent(event: TraceEvent): event is HeldEvent {
  return event.kind === 'file' || event.kind === 'bucket' || event.kind === 'object';
}

/** Those that change the disk. */
export function onlyFiles(events: readonly HeldEvent[]): Extract<HeldEvent, { kind: 'file' }>[] {
  return events.filter((event) => event.kind === 'file');
}

/** Those that change the buckets. */
export function onlyObjects(events: readonly HeldEvent[]): Exclude<HeldEvent, { kind: 'file' }>[] {
  return events.filter((event) => event.kind !== 'file');
}
