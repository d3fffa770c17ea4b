/**
 * Opens a code link in the lab that it names. Nothing is run: the lab shows what differs from its own texts and whose words
 * these are, and the reader's draft stays where it is, one press away.
 */
import { readLabData } from '../page-data.ts';
import { fill } from '../words.ts';
import { fragmentToPlace, readCodeLink } from './code-link.ts';
import { openLinkStore, type LinkHost } from './link-host.ts';
import { lendLink, showLinkFault } from './lend-link.ts';
import { fetchLinkData } from './link-data.ts';
import { LinkFault } from './link-fault.ts';
import { recordToChanges, type LinkedChanges } from './link-in-lab.ts';

/**
 * Opens what the fragment says, where it is for this lab; else does nothing. `isKept` for a link of an earlier visit, whose texts
 * the reader has changed: nothing scrolls, and no step is gone to. Rejects where the words cannot be fetched.
 */
export async function openLink(host: LinkHost, fragment: string, isKept: boolean): Promise<void> {
  const { lab, page, data } = host;
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
  if (!isKept) showLinkFault(lab, '');
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
    showLinkFault(lab, fill(words.fault[key], { about, root: data.places.taskRoot }));
    return;
  }
  if (!host.signal.aborted) await lendLink(host, fragment, changes, words, isKept);
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
