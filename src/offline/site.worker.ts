/**
 * The site's service worker (edge). The build bundles it into `sw.js` with what it says of itself
 * (`src/integrations/offline.ts`). It never takes over from an older one while pages of that are open.
 */
import { Answers } from './answers.ts';
import type { BuildFiles } from './build-files.ts';
import { install } from './install.ts';
import { keepForLabs, measureKept } from './keeping.ts';
import type { FromWorker, NewerBuild, ToWorker } from './messages.ts';
import { scope } from './worker-scope.ts';

/** Listens to the browser, from now on. `words` are what pages of older builds say of this one. */
export function startWorker(own: BuildFiles, words: NewerBuild['words']): void {
  const answers = new Answers(own, {
    caches: scope.caches,
    fetch: (input, init) => fetch(input, init),
    after: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
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

  scope.addEventListener('install', (event) => {
    event.waitUntil(install(own, answers));
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
        event.source?.postMessage({ build: own.build, words } satisfies NewerBuild);
        if (event.source !== null && message.build === own.build) {
          const files = message.files.flatMap((address) => pathOf(address) ?? []);
          const work = answers.keepOpened(pathOf(event.source.url) ?? '', event.source.id, files);
          // No network any more, or no room: what is there is there.
          event.waitUntil(work.catch(() => undefined));
        }
        break;
      case 'state':
        event.waitUntil(tell(own, answers, say));
        break;
      case 'keep':
        event.waitUntil(keepForLabs(own, answers, say));
        break;
      case 'forget':
        event.waitUntil(answers.caches.forget().then(() => tell(own, answers, say)));
        break;
    }
  });
}

async function tell(own: BuildFiles, answers: Answers, say: (answer: FromWorker) => void): Promise<void> {
  say({ type: 'state', state: await measureKept(own, answers) });
}
