import { isStorageChange } from '../../lab/storage/storage-data.ts';
import { bucketsAfter, type BucketObject } from '../../lab/storage/storage.ts';
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
  const events = recordedRun(recording, run).events.filter(isStorageChange);
  const buckets = bucketsAfter(
    new Map(),
    events.filter((event) => event.kind !== 'file'),
  );
  const objects = [...buckets.values()].flatMap((stored) => [...stored.values()]);
  if (objects.length === 0)
    throw new Error(`The recording of ${recording.example} puts no object in run ${run}.`);
  return objects;
}
