/** What a reader asks of the worker on the page about what is kept: how much it is, to keep more, to forget. */
import type { Answers } from './answers.ts';
import { isForEveryPage, listedFile, type BuildFiles } from './build-files.ts';
import type { FromWorker, KeptState } from './messages.ts';

/** What is there, and what is missing until every lab runs. */
export async function measureKept(own: BuildFiles, { caches }: Answers): Promise<KeptState> {
  const missing = await missingFiles(own, caches);
  return { ...(await caches.measure()), missing: sizeOf(own, missing) };
}

/**
 * Fetches what labs need, and the data of the pages that are kept; from then on what later pages and builds need as
 * well. Says how far it is, and ends with the state or with what was in the way.
 */
export async function keepForLabs(
  own: BuildFiles,
  answers: Answers,
  say: (message: FromWorker) => void,
): Promise<void> {
  const { caches } = answers;
  try {
    await caches.startKeeping();
    const missing = await missingFiles(own, caches);
    const total = sizeOf(own, missing);
    let received = 0;
    for (const path of missing) {
      say({ type: 'keeping', received, total });
      if (!(await answers.fetchFile(path))) throw new TypeError(`${path} is not what the build has.`);
      received += sizeOf(own, [path]);
    }
    for await (const html of caches.pageTexts()) await answers.keepData(html);
    say({ type: 'state', state: await measureKept(own, answers) });
  } catch (error) {
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    // The browser calls anything else that it refuses to store by other names; a network's fault is a TypeError.
    say({ type: 'failed', reason: isFull || !(error instanceof TypeError) ? 'full' : 'network' });
  }
}

/** The same, once for however many ask at a time: two tabs, or a reader who presses twice. All of them hear how it goes. */
export function keepingTogether(
  own: BuildFiles,
  answers: Answers,
): (say: (message: FromWorker) => void) => Promise<void> {
  const hearers = new Set<(message: FromWorker) => void>();
  let keeping: Promise<void> | null = null;
  return (say) => {
    hearers.add(say);
    keeping ??= keepForLabs(own, answers, (message) => {
      for (const hear of hearers) hear(message);
    }).finally(() => {
      keeping = null;
      hearers.clear();
    });
    return keeping;
  };
}

async function missingFiles(own: BuildFiles, caches: Answers['caches']): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const path of Object.keys(own.files).filter(isForEveryPage))
    if (!(await caches.has(own.build, path))) missing.push(path);
  return missing;
}

function sizeOf(own: BuildFiles, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (listedFile(own, path)?.[1] ?? 0), 0);
}
