import { getCollection } from 'astro:content';
import type { Article } from './articles-in.ts';

/** The titles of the platforms that an article's labs run on, in the order of the labs. */
export async function platformsOf({ entry }: Article): Promise<readonly string[]> {
  const labs = (entry.body ?? '').matchAll(/<Lab\b[^>]*\bplatform="([^"]+)"/g);
  const platforms = new Set(Array.from(labs, ([, platform = '']) => platform));
  const recordings = await getCollection('recordings');
  const titles = new Map(recordings.map(({ data }) => [data.platform, data.title]));
  return Array.from(platforms, (platform) => {
    const title = titles.get(platform);
    if (title === undefined) {
      throw new RangeError(`${entry.id} has a lab on "${platform}", and no example runs there.`);
    }
    return title;
  });
}
