/** What the worker of a build does before it is there at all. */
import type { Answers } from './answers.ts';
import type { BuildFiles } from './build-files.ts';
import { keepForLabs } from './keeping.ts';

/**
 * Has what every reader needs without a network. Rejects where a part of it cannot be had: then there is no worker, and the
 * browser begins anew when a page is next opened; what has come by then need not come again.
 */
export async function install(own: BuildFiles, answers: Answers): Promise<void> {
  const { caches } = answers;
  await caches.writeList();
  for (const path of own.first) {
    if (path.endsWith('/')) await answers.fetchPage(path);
    else if (!(await caches.has(own.build, path)) && !(await answers.fetchFile(path)))
      throw new TypeError(`${path} is not of this build.`);
  }
  // Who could run labs without a network still can.
  if (await caches.isKeeping()) await keepForLabs(own, answers, () => undefined);
}
