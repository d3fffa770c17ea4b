/**
 * The site's service worker (edge). The build bundles it into `sw.js` with what it says of itself
 * (`src/integrations/offline.ts`). It never takes over from an older one while pages of that are open.
 */
import { Answers } from './answers.ts';
import type { BuildFiles } from './build-files.ts';
import { haveFirst, install } from './install.ts';
import { keepingTogether, measureKept } from './keeping.ts';
import type { FromWorker, LoadedFiles, NewerBuild, ToWorker } from './messages.ts';
import { scope, type PageClient } from './worker-scope.ts';

/** Listens to the browser, from now on. `words` are what pages of older builds say of this one. */
export function startWorker(own: BuildFiles, words: NewerBuild['words']): void {
  const answers = new Answers(own, {
    caches: scope.caches,
    fetch: (input, init) => fetch(input, init),
    after: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  const keepForAll = keepingTogether(own, answers);
  const pathOf = (address: string): string | null => {
    const { origin, pathname } = new URL(address);
    return origin === scope.location.origin && pathname.startsWith(own.base)
      ? pathname.slice(own.base.length)
      : null;
  };
  const prune = async (): Promise<void> => {
    const pages = await scope.clients.matchAll({ includeUncontrolled: true });
    await answers.caches.prune(pages.map(({ id }) => id));
  };

  let installed = Promise.resolve();
  /** Keeps what an open page has loaded, and what the browser has lost of the worker's own. */
  const keep = async ({ url, id }: PageClient, { build, files }: LoadedFiles): Promise<void> => {
    if (build !== own.build) return;
    await installed;
    // What the host no longer has is in the way of nothing else.
    await haveFirst(own, answers).catch(() => undefined);
    await answers.keepOpened(
      pathOf(url) ?? '',
      id,
      files.flatMap((address) => pathOf(address) ?? []),
    );
  };

  scope.addEventListener('install', (event) => {
    installed = install(own, answers);
    event.waitUntil(installed);
  });
  scope.addEventListener('activate', (event) => {
    event.waitUntil(scope.clients.claim().then(prune));
  });
  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const path = pathOf(request.url);
    if (path === null || request.method !== 'GET' || request.headers.has('range')) return;
    const hold = (work: Promise<unknown>): void => {
      event.waitUntil(work);
    };
    if (request.mode === 'navigate')
      event.respondWith(answers.page(request, path, event.resultingClientId, hold));
    else event.respondWith(answers.file(request, path, event.clientId, hold));
  });
  scope.addEventListener('message', (event) => {
    const message = event.data as ToWorker;
    const [port] = event.ports;
    const say = (answer: FromWorker): void => port?.postMessage(answer);
    switch (message.type) {
      case 'opened':
      case 'loaded':
        if (event.source === null) break;
        if (message.type === 'opened')
          event.source.postMessage({ build: own.build, words } satisfies NewerBuild);
        // No network any more, or no room: what is there is there.
        event.waitUntil(keep(event.source, message).catch(() => undefined));
        break;
      case 'state':
        event.waitUntil(tell(own, answers, say));
        break;
      case 'keep':
        event.waitUntil(keepForAll(say));
        break;
      case 'forget':
        event.waitUntil(
          answers.caches
            .forget()
            .catch(() => undefined)
            .then(() => tell(own, answers, say)),
        );
        break;
    }
  });
}

async function tell(own: BuildFiles, answers: Answers, say: (answer: FromWorker) => void): Promise<void> {
  say({ type: 'state', state: await measureKept(own, answers) });
}
