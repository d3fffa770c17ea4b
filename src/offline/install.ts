/** What the worker of a build has before it is there at all, and gets again should the browser lose it. */
import type { Answers } from './answers.ts';
import type { BuildFiles } from './build-files.ts';
import { keepForLabs } from './keeping.ts';

/**
 * Has what every reader needs without a network. Rejects where a part of it cannot be had: then there is no worker, and the
 * browser begins anew when a page is next opened; what has come by then need not come again.
 */
export async function install(own: BuildFiles, answers: Answers): Promise<void> {
  await haveFirst(own, answers);
  // Who could run labs without a network still can.
  if (await answers.caches.isKeeping()) await keepForLabs(own, answers, () => undefined);
}

/**
 * Fetches what is not there of it: everything on the first day, later what the browser has taken to make room. Pages come
 * behind their files, since the worker of an older build shows a page as soon as it is there.
 */
export async function haveFirst({ build, first }: BuildFiles, answers: Answers): Promise<void> {
  const { caches } = answers;
  await caches.writeList();
  for (const path of first.filter((each) => !isPage(each)))
    if (!(await caches.has(build, path)) && !(await answers.fetchFile(path)))
      throw new TypeError(`${path} is not of this build.`);
  for (const path of first.filter(isPage))
    if (!(await caches.has(build, path))) await answers.fetchPage(path);
}

function isPage(path: string): boolean {
  return path.endsWith('/');
}
