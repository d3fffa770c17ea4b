import { getEntry } from 'astro:content';
import { recordingId, type Recording } from '../../trace/recording.ts';

/** The recording of an example on a platform; null when the build made none. */
export async function recordingIfAny(example: string, platform: string): Promise<Recording | null> {
  return (await getEntry('recordings', recordingId(example, platform)))?.data ?? null;
}

/** The recording of an example on a platform. Throws when the build made none. */
export async function recordingOf(example: string, platform: string): Promise<Recording> {
  const id = recordingId(example, platform);
  const entry = await getEntry('recordings', id);
  if (entry === undefined)
    throw new Error(`There is no recording ${id}: does content/examples/${example} name ${platform}?`);
  return entry.data;
}
