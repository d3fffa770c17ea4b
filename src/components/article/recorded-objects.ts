import { isStorageChange } from '../../lab/storage/storage-data.ts';
import { byKey } from '../../lab/storage/markup.ts';
import { StorageFold } from '../../lab/storage/storage-fold.ts';
import type { BucketObject } from '../../lab/storage/storage.ts';
import type { Recording } from '../../trace/recording.ts';
import { recordedRun } from './recorded-run.ts';

/**
 * The objects that lie in buckets when a recorded run is over, in the order that S3 lists them. Throws when there is
 * none, so that no article shows an empty list.
 */
export function recordedObjects(
  recording: Pick<Recording, 'example' | 'runs'>,
  run: number,
): readonly BucketObject[] {
  const fold = new StorageFold(new Map(), new Map(), []);
  fold.events.push(...recordedRun(recording, run).events.filter(isStorageChange));
  fold.goTo(fold.events.length);
  const objects = [...fold.buckets.values()].flatMap((stored) => [...stored.values()].sort(byKey));
  if (objects.length === 0)
    throw new Error(`The recording of ${recording.example} puts no object in run ${run}.`);
  return objects;
}
