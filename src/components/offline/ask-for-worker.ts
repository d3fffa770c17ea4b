/** On every page: registers the worker, says to it what the page is and has loaded, and hears of a newer build. */
import { ownValue } from '../../trace/own-value.ts';
import type { NewerBuild, ToWorker } from '../../offline/messages.ts';

/** A page without the id of a build has no worker: so it is in development, and in a build made to remove it. */
export async function askForWorker(worker: string): Promise<void> {
  const build = document.querySelector<HTMLMetaElement>('meta[name=build]')?.content;
  // In a frame of another site the worker would be that site's reader's, for this frame alone.
  if (!build || top !== self) return;
  // Undefined on an insecure origin; it refuses where storage is forbidden. The site works without.
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(worker, { updateViaCache: 'none' });
  const tell = (
    type: 'opened' | 'loaded' = 'opened',
    loaded: PerformanceEntryList = performance.getEntriesByType('resource'),
  ): void => {
    const files = loaded.map(({ name }) => name);
    const { installing, waiting, active } = registration;
    (installing ?? waiting ?? active)?.postMessage({ type, build, files } satisfies ToWorker);
  };
  serviceWorker.onmessage = ({ data, source }: MessageEvent<NewerBuild>) => {
    // An active worker of another build is older than the page, or as old as it can be.
    if (data.build !== build && source !== registration.active) offer(data);
  };
  registration.onupdatefound = () => {
    tell();
  };
  tell();
  // A run of the first visit may begin before the worker is there.
  new PerformanceObserver((list) => {
    const past = list.getEntries().filter((entry) => !(entry as PerformanceResourceTiming).workerStart);
    if (past.length > 0) tell('loaded', past);
  }).observe({ type: 'resource' });
}

/** The words come with the newer build: they cost a page nothing. */
function offer({ words }: NewerBuild): void {
  const [text = '', reload = ''] = ownValue(words, document.documentElement.lang) ?? [];
  const note = document.createElement('div');
  note.className = 'new-version';
  note.role = 'status';
  note.popover = 'manual';
  const button = document.createElement('button');
  button.className = 'button';
  button.textContent = reload;
  button.onclick = () => {
    location.reload();
  };
  document.body.append(note);
  note.showPopover();
  // What is read out is what comes into a status that is there.
  note.append(text, ' ', button);
}
