/** The folder of layers on a platform's disk; null where it has none. */
import { getEntry } from 'astro:content';

export async function platformLayers(platform: string): Promise<string | null> {
  const entry = await getEntry('platforms', platform);
  return entry?.data.layers ?? null;
}
