/**
 * The disk and the buckets between two of a run's events, there and back: each event leaves behind how to undo it, so that
 * going to a moment costs what lies between, and not what lies before.
 */
import { applyToBuckets, type Bucket } from '../../trace/buckets.ts';
import { FileTree } from './file-tree.ts';
import type { StorageChange } from './storage-data.ts';
import type { BucketContents, BucketObject, Disk, DiskFile } from './storage.ts';

type Undo = () => void;

/** Events between two looks at the clock. */
const ASK_EVERY = 64;

/** What a run changes. It begins with copies: what it began with stays as it was. */
export class StorageFold {
  /** The events that it goes over; they only grow. */
  readonly events: StorageChange[] = [];
  readonly tree: FileTree<DiskFile>;
  readonly #before: Disk;
  readonly #disk: Map<string, DiskFile>;
  readonly #buckets: Map<string, Bucket<BucketObject>>;
  readonly #undo: Undo[] = [];
  #changed = 0;
  #objects = 0;

  constructor(disk: Disk, buckets: BucketContents, folders: readonly string[]) {
    this.#before = disk;
    this.#disk = new Map(disk);
    this.tree = new FileTree(disk.values(), folders);
    this.#buckets = new Map(
      // When a bucket was made is not shown.
      [...buckets].map(([name, objects]) => [name, { created: 0, objects: new Map(objects) }]),
    );
    for (const objects of buckets.values()) this.#objects += objects.size;
  }

  get disk(): Disk {
    return this.#disk;
  }

  get buckets(): BucketContents {
    return new Map([...this.#buckets].map(([name, { objects }]) => [name, objects]));
  }

  /** How many files the run has made or changed, and how many objects there are. */
  get counts(): { readonly files: number; readonly bucket: number } {
    return { files: this.#changed, bucket: this.#objects };
  }

  /** How many of the events have happened. */
  get place(): number {
    return this.#undo.length;
  }

  /**
   * Goes to where so many of the events have happened; false when `isTimeUp` said so before it was there, which is asked
   * now and then.
   */
  goTo(place: number, isTimeUp: () => boolean = () => false): boolean {
    while (this.#undo.length > place) this.#undo.pop()?.();
    for (let event = this.events[this.#undo.length]; event !== undefined && this.#undo.length < place;) {
      this.#undo.push(event.kind === 'file' ? this.#applyFile(event) : this.#applyObject(event));
      if (this.#undo.length % ASK_EVERY === 0 && isTimeUp()) return false;
      event = this.events[this.#undo.length];
    }
    return true;
  }

  #applyFile({ path, size, blob }: Extract<StorageChange, { kind: 'file' }>): Undo {
    const was = this.#disk.get(path);
    const change = this.#before.has(path) ? 'changed' : 'new';
    this.#setFile(path, size === null ? undefined : { path, size, from: 'blob', blob, change });
    return () => {
      this.#setFile(path, was);
    };
  }

  #setFile(path: string, file: DiskFile | undefined): void {
    const was = this.#disk.get(path);
    this.#changed += Number(isChanged(file)) - Number(isChanged(was));
    if (file === undefined) {
      this.#disk.delete(path);
      this.tree.delete(path);
    } else {
      this.#disk.set(path, file);
      this.tree.set(file);
    }
  }

  #applyObject(event: Exclude<StorageChange, { kind: 'file' }>): Undo {
    const { bucket: name } = event;
    const key = event.kind === 'object' ? event.key : null;
    const bucket = this.#buckets.get(name);
    const was = key === null ? undefined : bucket?.objects.get(key);
    const size = bucket?.objects.size ?? 0;
    applyToBuckets(this.#buckets, event, toObject);
    this.#objects += (this.#buckets.get(name)?.objects.size ?? 0) - size;
    return () => {
      const objects = this.#buckets.get(name)?.objects;
      this.#objects += size - (objects?.size ?? 0);
      if (bucket === undefined) this.#buckets.delete(name);
      else if (key !== null && was !== undefined) objects?.set(key, was);
      else if (key !== null) objects?.delete(key);
    };
  }
}

/** What is shown of an object that was put. */
export function toObject({ bucket, key, size, blob, about }: BucketObject): BucketObject {
  return { bucket, key, size, blob, about };
}

function isChanged(file: DiskFile | undefined): boolean {
  return file !== undefined && file.change !== null;
}
