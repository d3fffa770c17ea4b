/**
 * What lies on the disk and in the buckets at the moment that a lab shows: of its recording, and then of one run of the
 * reader's after another. `storage-fold.ts` goes over a run's events; here is which run they are of, and how far.
 */
import type { Files } from '../../sandbox/protocol.ts';
import { applyToBuckets, type Bucket } from '../../trace/buckets.ts';
import type { FileContent } from '../../trace/file-content.ts';
import { RunLog } from '../run-log.ts';
import type { Shown } from '../time/moment-pane.ts';
import type { FileTree } from './file-tree.ts';
import { objectToName } from './markup.ts';
import type { StorageBytes } from './storage-bytes.ts';
import { isStorageChange, type StorageData } from './storage-data.ts';
import { StorageFold, toObject } from './storage-fold.ts';
import {
  beginDisk,
  nameBlobs,
  settleDisk,
  type BucketContents,
  type BucketObject,
  type Disk,
  type DiskFile,
} from './storage.ts';

/** Events that are read between two looks at the clock. */
const AT_ONCE = 1024;

/** Most moments change nothing. */
const NOTHING: ReadonlySet<string> = new Set();

/** The state behind the panes. */
export class StorageState {
  readonly #data: StorageData;
  /** The function's files as the page brought them. */
  readonly #task: Readonly<Record<string, FileContent>>;
  readonly #bytes: Pick<StorageBytes, 'keep' | 'forgetBut'>;
  #fold = new StorageFold(new Map(), new Map(), []);
  /** What the buckets really hold: they outlive the recording's being shown again. */
  readonly #living = new Map<string, Bucket<BucketObject>>();
  #log = new RunLog();
  /** The event of the log that is read next. */
  #next = 0;
  #runs = 0;
  /** Tells one run that is shown from another. */
  #shownRuns = 0;
  /** Where the step began that the moment is the end of; null when nobody steps. */
  #stepBegan: number | null = null;

  constructor(
    data: StorageData,
    task: Readonly<Record<string, FileContent>>,
    bytes: Pick<StorageBytes, 'keep' | 'forgetBut'>,
  ) {
    this.#data = data;
    this.#task = task;
    this.#bytes = bytes;
    this.reset();
  }

  /** The disk at the moment. It changes with the moment. */
  get disk(): Disk {
    return this.#fold.disk;
  }

  /** The same as a tree. */
  get tree(): FileTree<DiskFile> {
    return this.#fold.tree;
  }

  /** The buckets at the moment; they change with it. */
  get buckets(): BucketContents {
    return this.#fold.buckets;
  }

  /** How much there is at the moment. */
  get counts(): StorageFold['counts'] {
    return this.#fold.counts;
  }

  /** What is drawn the same has the same stamp. */
  get stamp(): string {
    const { place } = this.#fold;
    return `${String(this.#shownRuns)}/${String(place)}/${String(this.#stepBegan ?? place)}`;
  }

  /** What the moment's own step changed: paths of files, and objects as `objectToName` writes them. */
  get now(): ReadonlySet<string> {
    const { events, place } = this.#fold;
    if (this.#stepBegan === null || this.#stepBegan >= place) return NOTHING;
    return new Set(
      events.slice(this.#stepBegan, place).flatMap((event) => {
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
    this.#begin(beginDisk(image, task), new Map(), new RunLog());
    for (const event of nameBlobs(events, 0)) this.#fold.events.push(event);
    this.see(null);
  }

  /** What runs have put into buckets is gone: the next run finds them empty. */
  forgetBuckets(): void {
    // What is still to be read would bring some of it back.
    this.goOn();
    this.#living.clear();
  }

  /**
   * A run of the reader has started: one in a new environment on a fresh disk with these files, any other on what the last one left.
   * `log` is what it is going to tell.
   */
  runStarted(fresh: boolean, task: Files, log: RunLog): void {
    this.see(null);
    this.#forgetOthers();
    this.#runs += 1;
    const disk = fresh ? this.#freshDisk(task) : settleDisk(this.#fold.disk);
    this.#begin(disk, new Map([...this.#living].map(([name, { objects }]) => [name, objects])), log);
  }

  /** The log has grown; these are the bytes that its new events name. `goOn` reads the events. */
  add(blobs: Readonly<Record<string, Uint8Array>>): void {
    for (const [name, bytes] of Object.entries(blobs))
      this.#bytes.keep(`${String(this.#runs)}/${name}`, bytes);
    this.#stepBegan = null;
  }

  /** Lets happen what the log has told since, until the time is up: false when something is left. */
  goOn(isTimeUp: () => boolean = () => false): boolean {
    while (this.#next < this.#log.length) {
      const end = Math.min(this.#next + AT_ONCE, this.#log.length);
      const told = this.#log.events.slice(this.#next, end).filter(isStorageChange);
      this.#next = end;
      for (const event of nameBlobs(told, this.#runs)) {
        this.#fold.events.push(event);
        if (event.kind !== 'file') applyToBuckets(this.#living, event, toObject);
      }
      if (isTimeUp()) return false;
    }
    return this.#stepBegan !== null || this.#fold.goTo(this.#fold.events.length, isTimeUp);
  }

  /** The moment that is shown from now on; null for all that has happened. */
  see(shown: Shown | null): void {
    if (shown === null) {
      this.#stepBegan = null;
      this.goOn();
      this.#fold.goTo(this.#fold.events.length);
      return;
    }
    this.goOn();
    const { moment, replay } = shown;
    const last = moment.step > 1 ? replay.at(moment.step - 1) : null;
    this.#stepBegan = last === null ? 0 : last.objects.length + last.files.length;
    this.#fold.goTo(moment.objects.length + moment.files.length);
  }

  #begin(disk: Disk, buckets: BucketContents, log: RunLog): void {
    this.#fold = new StorageFold(disk, buckets, this.#data.folders);
    this.#log = log;
    this.#next = 0;
    this.#shownRuns += 1;
  }

  /** What earlier runs have written over, or removed, is gone: a page is open for as many runs as its reader likes. */
  #forgetOthers(): void {
    const objects = [...this.#living.values()].flatMap((bucket) => [...bucket.objects.values()]);
    this.#bytes.forgetBut(new Set([...this.#fold.disk.values(), ...objects].map(({ blob }) => blob)));
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
