/** Makes a lab's link to the playground one that brings the lab's code along. It comes once a reader is near that link. */
import { ownValue } from '../../trace/own-value.ts';
import { readLabDisk } from '../page-data.ts';
import { fill } from '../words.ts';
import { MAX_LINK, writeCodeLink } from './code-link.ts';
import { fetchLinkData } from './link-data.ts';
import { LinkFault } from './link-fault.ts';
import type { LinkHost } from './link-host.ts';
import { labToRecord } from './playground-record.ts';

/**
 * Puts the code as it is now into the link's address, and follows it where it was pressed ahead of that. What no link can hold is
 * said.
 */
export async function carryCode(
  { lab, page, data, texts, say }: LinkHost,
  link: HTMLAnchorElement,
  { type }: Event,
): Promise<void> {
  const { platform, setup, task, places } = data;
  const given = readLabDisk(lab).variables;
  const own = Object.entries(setup.variables).filter(([name, value]) => ownValue(given, name) !== value);
  const variables = Object.fromEntries(own);
  const record = labToRecord({ platform, setup, variables, taskRoot: places.taskRoot, task }, texts.all());
  try {
    if (record === null) throw new LinkFault('setting');
    link.hash = await writeCodeLink(record);
    if (type === 'click') location.assign(link.href);
  } catch (error) {
    if (!(error instanceof LinkFault)) throw error;
    link.hash = '';
    const { words } = await fetchLinkData(page);
    say(error.key === 'long' ? fill(words.tooLong, { most: MAX_LINK }) : words.notInLink);
  }
}
