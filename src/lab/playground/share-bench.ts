/** Copies a link that holds the function on a bench. It comes when it is asked for. */
import { copyText } from '../copy-text.ts';
import type { LabRoot } from '../lab-root.ts';
import { MAX_LINK, writeCodeLink } from '../link/code-link.ts';
import { pageAddress } from '../link/copy-lab.ts';
import { fetchLinkData } from '../link/link-data.ts';
import { LinkFault } from '../link/link-fault.ts';
import { fill, type PlaygroundWords } from '../words.ts';
import { recordOf } from './bench.ts';

/** Copies it, and says so. Rejects where the words of links cannot be fetched. */
export async function shareBench(
  lab: LabRoot,
  withVariables: boolean,
  words: PlaygroundWords['share'],
): Promise<void> {
  const { page, say } = lab.host;
  const { words: link } = await fetchLinkData(page);
  try {
    const address = new URL(pageAddress(lab.ownerDocument, page.embedOf));
    address.hash = await writeCodeLink(recordOf(lab, withVariables));
    const hidesVariables = !withVariables && recordOf(lab, true).variables !== undefined;
    const copied = hidesVariables ? words.withoutVariables : link.copied.code;
    await copyText(address.href, say, { copied, notCopied: link.notCopied });
  } catch (error) {
    if (!(error instanceof LinkFault)) throw error;
    const isLong = error.key === 'long' || error.key === 'huge';
    say(isLong ? fill(link.tooLong, { most: MAX_LINK }) : link.notInLink);
  }
}
