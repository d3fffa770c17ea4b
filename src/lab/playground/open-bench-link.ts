/** Opens a code link on the bench of the platform that it is for. Nothing is run, and the reader's own function stays. */
import type { LabRoot } from '../lab-root.ts';
import { fragmentToPlace, readCodeLink } from '../link/code-link.ts';
import { lendLink, showLinkFault } from '../link/lend-link.ts';
import { fetchLinkData } from '../link/link-data.ts';
import { openLinkStore } from '../link/link-host.ts';
import { LinkFault } from '../link/link-fault.ts';
import { fill } from '../words.ts';
import { PLAYGROUND, recordToTexts } from './bench-record.ts';
import { placeOf } from './bench.ts';

/** What opens links: the labs, the one that is shown, and how another one is shown. */
export interface LinkedBenches {
  readonly labs: readonly LabRoot[];
  readonly shown: LabRoot;
  readonly show: (lab: LabRoot) => void;
}

/**
 * Opens it. `isKept` for a link of an earlier visit, whose texts the reader has changed on the lab that is shown. Rejects where
 * the words of links cannot be fetched.
 */
export async function openBenchLink(
  { labs, shown, show }: LinkedBenches,
  fragment: string,
  isKept: boolean,
): Promise<void> {
  const { words } = await fetchLinkData(shown.host.page);
  for (const lab of labs) showLinkFault(lab, '');
  try {
    if (fragmentToPlace(fragment) !== PLAYGROUND) throw new LinkFault('lab');
    const record = await readCodeLink(fragment);
    const platform = record.platform ?? placeOf(shown).platform;
    const lab = labs.find((one) => placeOf(one).platform === platform);
    if (lab === undefined) throw new LinkFault('platform', platform);
    const texts = recordToTexts(record, placeOf(lab));
    show(lab);
    await lendLink(lab.host, fragment, { texts, step: record.step ?? null }, words, isKept);
  } catch (error) {
    if (!(error instanceof LinkFault)) throw error;
    if (isKept) openLinkStore(shown.id).forget();
    else
      showLinkFault(
        shown,
        fill(words.fault[error.key], { about: error.about, root: placeOf(shown).taskRoot }),
      );
  }
}
