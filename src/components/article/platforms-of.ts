import { platformTitle } from '../platform/platform-title.ts';
import type { Article } from './articles-in.ts';
import { labPlatforms } from './lab-platforms.ts';

/** The titles of the platforms that an article's labs run on, in the article's language and the order of the labs. */
export function platformsOf({ entry, language }: Article): Promise<readonly string[]> {
  return Promise.all(labPlatforms(entry.body ?? '').map((platform) => platformTitle(platform, language)));
}
