/**
 * What lies on the disk and in the buckets at the moment that a lab shows: of its recording, and then of one run of the
 * reader's after another. `storage.ts` has the folds; here is which run they go over, and how far.
 */
import type { Files } from '../../sandbox/protocol.ts';
import type { TraceEvent } from '../../trace/format.ts';
import type { FileContent } from '../../trace/file-content.ts';
import type { StorageBytes } from './storage-bytes.ts';
import {
  isStorageChange,
  onlyFiles,
  onlyObjects,
  type StorageData,
  type StorageChange,
} from './storage-data.ts';
import { objectToName } from './storage-rows.ts';
import {
  beginDisk,
  bucketsAfter,
  diskAfter,
  nameBlobs,
  settleDisk,
  type Disk,
  type BucketContents,
} from './storage.ts';
import type { Shown } from '../time/moment-pane.ts';

/** What a run began with, and what it has changed. */
interface StorageRun {
  readonly disk: Disk;
  readonly buckets: BucketContents;
  readonly events: StorageChange[];
}

/** The state behind the panes. */
export class StorageState {
  readonly #data: StorageData;
  /** The function's files as the page brought them. */
  readonly #task: Readonly<Record<string, FileContent>>;
  readonly #bytes: Pick<StorageBytes, 'keep'>;
  #run: StorageRun = { disk: new Map(), buckets: new Map(), events: [] };
  /** What the buckets really hold: they outlive the recording's being shown again. */
  #living: BucketContents = new Map();
  #runs = 0;
  /** Those of the run's events that have happened at the moment that is shown, and how many of them before it. */
  #seen: { readonly events: readonly StorageChange[]; readonly before: number } = { events: [], before: 0 };

  constructor(
    data: StorageData,
    task: Readonly<Record<string, FileContent>>,
    bytes: Pick<StorageBytes, 'keep'>,
  ) {
    this.#data = data;
    this.#task = task;
    this.#bytes = bytes;
    this.reset();
  }

  /** The disk at the moment. */
  get disk(): Disk {
    return diskAfter(this.#run.disk, onlyFiles(this.#seen.events));
  }

  /** The buckets at the moment. */
  get buckets(): BucketContents {
    return bucketsAfter(this.#run.buckets, onlyObjects(this.#seen.events));
  }

  /** What the moment's own step changed: paths of files, and objects as `objectToName` writes them. */
  get now(): ReadonlySet<string> {
    const { events, before } = this.#seen;
    return new Set(
      events.slice(before).flatMap((event) => {
        if (event.kind === 'bucket') return [];
        return [event.kind === 'file' ? event.path : objectToName(event)];
      }),
    );
  }

  /** The recorded run again, at its end. */
  reset(): void {
    const { blobs, image, task, events } = this.#data;
    for (const [name, content] of Object.entries(blobs)) this.#bytes.keep(`0/${name}`, content);
    for (const [path, content] of Object.entries(this.#task)) this.#bytes.keep(`task${path}`, content);
    this.#run = { disk: beginDisk(image, task), buckets: new Map(), events: nameBlobs(events, 0) };
    this.see(null);
  }

  /** A run of the reader has started: a cold one on a fresh disk with these files, a warm one on what the last one left. */
  runStarted(cold: boolean, task: Files): void {
    const left = diskAfter(this.#run.disk, onlyFiles(this.#run.events));
    this.#runs += 1;
    this.#run = {
      disk: cold ? this.#freshDisk(task) : settleDisk(left),
      buckets: this.#living,
      events: [],
    };
    this.see(null);
  }

  /** More of the run's events, with the bytes that they name. */
  add(events: readonly TraceEvent[], blobs: Readonly<Record<string, Uint8Array>>): void {
    for (const [name, bytes] of Object.entries(blobs))
      this.#bytes.keep(`${String(this.#runs)}/${name}`, bytes);
    const stored = nameBlobs(events.filter(isStorageChange), this.#runs);
    if (stored.length === 0) return;
    for (const event of stored) this.#run.events.push(event);
    this.#living = bucketsAfter(this.#living, onlyObjects(stored));
    this.see(null);
  }

  /** The moment that is shown from now on; null for all that has happened. */
  see(shown: Shown | null): void {
    const { events } = this.#run;
    if (shown === null) {
      this.#seen = { events, before: events.length };
      return;
    }
    const { moment, replay } = shown;
    const last = moment.step > 1 ? replay.at(moment.step - 1) : null;
    const before = last === null ? 0 : last.objects.length + last.files.length;
    this.#seen = { events: events.slice(0, moment.objects.length + moment.files.length), before };
  }

  /** The platform's files as they always are, and the function's as they are now. */
  #freshDisk(task: Files): Disk {
    const sizes = Object.entries(task).map(([path, content]) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      this.#bytes.keep(`task${path}`, bytes);
      return [path, bytes.length] as const;
    });
    return beginDisk(this.#data.image, Object.fromEntries(sizes));
  }
}
