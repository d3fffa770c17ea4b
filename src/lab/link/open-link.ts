/**
 * Opens a code link in the lab that it names. Nothing is run: the lab shows what differs from its own texts and whose words
 * these are, and the reader's draft stays where it is, one press away.
 */
import { findStorage, openDraft, type DraftStore } from '../code/drafts.ts';
import { makeElement } from '../make-element.ts';
import { readLabData } from '../page-data.ts';
import { fill } from '../words.ts';
import { fragmentToPlace, readCodeLink } from './code-link.ts';
import { openLinkStore, type LinkHost } from './link-host.ts';
import { fetchLinkData } from './link-data.ts';
import { LinkFault } from './link-fault.ts';
import { recordToChanges, type LinkedChanges } from './link-in-lab.ts';

/**
 * Opens what the fragment says, where it is for this lab; else does nothing. `isKept` for a link of an earlier visit, whose texts
 * the reader has changed: nothing scrolls, and no step is gone to. Rejects where the words cannot be fetched.
 */
export async function openLink(host: LinkHost, fragment: string, isKept: boolean): Promise<void> {
  const { lab, page, data, texts, steps, say } = host;
  const place = fragmentToPlace(fragment);
  const ids = [lab.id, ...(data.former ?? [])];
  if (place === null || !(ids.includes(place) || isLeftToFirst(place, lab))) return;
  const exercise = lab.ownerDocument.getElementById(place.replace(/-lab$/, ''));
  if (!ids.includes(place) && exercise?.matches('lab-exercise') === true) {
    // Its lab comes when its reader does, and opens the link then.
    exercise.scrollIntoView();
    return;
  }
  const { words } = await fetchLinkData(page);
  if (!isKept) showFault(lab, '');
  let changes: LinkedChanges;
  try {
    const { setup, platform, places } = data;
    const { originals } = host;
    changes = recordToChanges(await readCodeLink(fragment), {
      ids,
      platform,
      setup,
      taskRoot: places.taskRoot,
      originals,
    });
  } catch (error) {
    if (!(error instanceof LinkFault)) throw error;
    if (isKept) {
      // The lab has become another one since.
      openLinkStore(lab.id).forget();
      return;
    }
    const { key, about } = error;
    showFault(lab, fill(words.fault[key], { about, root: data.places.taskRoot }));
    return;
  }
  if (host.signal.aborted) return;
  // Ahead of the new texts: behind them the browser would have to lay these out at once.
  if (!isKept) lab.scrollIntoView({ block: 'nearest' });
  texts.lend({
    texts: changes.texts,
    store: openLentStore(host, fragment),
    note: words.note,
    names: { difference: words.difference, leave: texts.hasOwn ? words.own : words.original },
    left: () => {
      openLinkStore(lab.id).forget();
      // The browser's Back opens the link again.
      if (fragmentToPlace(location.hash) !== null) history.pushState(null, '', `#${lab.id}`);
    },
  });
  if (isKept) return;
  say(words.opened);
  const { step } = changes;
  if (step !== null) await steps.go((replay) => (step <= replay.length ? step : null));
}

/** Whether the page has no lab of that name: then its first one says so. */
function isLeftToFirst(place: string, lab: HTMLElement): boolean {
  const { ownerDocument } = lab;
  return (
    ownerDocument.querySelector('lab-root') === lab &&
    Array.from(ownerDocument.querySelectorAll('lab-root')).every(
      (one) => one.id !== place && readLabData(one).former?.includes(place) !== true,
    )
  );
}

/** Keeps what the reader changes in a link's texts, apart for each link, and with it which link that was. */
function openLentStore({ lab, originals }: LinkHost, fragment: string): DraftStore {
  const store = openDraft(findStorage(window), `${lab.id}~${fragment.slice(-32)}`, () => originals);
  return {
    ...store,
    save: (texts) => openLinkStore(lab.id).save({ link: fragment }) && store.save(texts),
  };
}

/** A sentence below the lab's head, read out as it comes; none takes the last one away. */
function showFault(lab: HTMLElement, sentence: string): void {
  lab.querySelector('.lab-link-fault')?.remove();
  if (sentence === '') return;
  const fault = makeElement(document, 'p', 'lab-fault lab-link-fault', sentence);
  fault.setAttribute('role', 'alert');
  lab.querySelector('.bench-head')?.after(fault);
  lab.scrollIntoView({ block: 'nearest' });
}
