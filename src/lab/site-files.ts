/**
 * What a lab reads of the site beside its own page: whole runs, and the texts of the runtime's files. A page of the site
 * fetches them; an embed, whose origin may be opaque, puts ways of its own in their place (`embed/`).
 */
import type { RecordedRun } from '../trace/format.ts';
import { fetchBlock } from './code/code-page.ts';

export const siteFiles = {
  /** The recorded run at an address. Rejects where it cannot be had. */
  run: async (address: URL): Promise<RecordedRun> => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address.pathname} answered ${String(response.status)}.`);
    return (await response.json()) as RecordedRun;
  },
  /** The block of code of a file's page, for this document. Rejects where there is none. */
  block: fetchBlock,
};
