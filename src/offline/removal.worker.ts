/**
 * The worker of a build that has none (edge): it takes the place of one that readers have from an earlier build, removes
 * what that kept, and itself. It waits for no page to be closed: it is for the day on which a worker does harm.
 */
import { scope } from './worker-scope.ts';

/** `base` is the path that the site is served from; what others keep on the same origin is theirs. */
export function removeWorker(base: string): void {
  scope.addEventListener('install', (event) => {
    event.waitUntil(scope.skipWaiting());
  });
  scope.addEventListener('activate', (event) => {
    event.waitUntil(remove(base));
  });
}

async function remove(base: string): Promise<void> {
  for (const name of await scope.caches.keys())
    if (name.startsWith(`handler ${base} `)) await scope.caches.delete(name);
  await scope.registration.unregister();
}
