/** Shows a link's code in a lab, beside what the reader has: whose words they are, what differs, and the way back. */
import { findStorage, openDraft, type DraftStore } from '../code/drafts.ts';
import { makeElement } from '../make-element.ts';
import type { LinkWords } from '../words.ts';
import { fragmentToPlace } from './code-link.ts';
import { openLinkStore, type LinkHost } from './link-host.ts';
import type { LinkedChanges } from './link-in-lab.ts';

/** Shows it; `isKept` for a link of an earlier visit: nothing scrolls then, and no step is gone to. */
export async function lendLink(
  host: LinkHost,
  fragment: string,
  changes: LinkedChanges,
  words: LinkWords,
  isKept: boolean,
): Promise<void> {
  const { lab, texts, steps, say } = host;
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

/** A sentence below the lab's head, read out as it comes; none takes the last one away. */
export function showLinkFault(lab: HTMLElement, sentence: string): void {
  lab.querySelector('.lab-link-fault')?.remove();
  if (sentence === '') return;
  const fault = makeElement(document, 'p', 'lab-fault lab-link-fault', sentence);
  fault.setAttribute('role', 'alert');
  lab.querySelector('.bench-head')?.after(fault);
  lab.scrollIntoView({ block: 'nearest' });
}

/** Keeps what the reader changes in a link's texts, apart for each link, and with it which link that was. */
function openLentStore({ lab, originals }: LinkHost, fragment: string): DraftStore {
  const store = openDraft(findStorage(window), `${lab.id}~${fragment.slice(-32)}`, () => originals);
  return {
    ...store,
    save: (texts) => openLinkStore(lab.id).save({ link: fragment }) && store.save(texts),
  };
}
