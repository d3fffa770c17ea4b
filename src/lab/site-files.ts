/**
 * What a lab reads of the site beside its own page: whole runs, and the texts of the runtime's files. A page of the site
 * fetches them; an embed, whose origin may be opaque, puts ways of its own in their place (`embed/`).
 */
import type { RecordedRun } from '../trace/format.ts';
import { fetchBlock } from './code/code-page.ts';
import type { FunctionWords, LinkWords } from './words.ts';

/** What links need: the words, and the address of a lab's own page. Writer: `src/pages/[lang]/links.json.ts`. */
export interface LinkData {
  readonly words: LinkWords;
  /** The words of the functions that a reader keeps on the playground. */
  readonly functions: FunctionWords;
  /** The page of a lab alone, below the site's origin; `{lab}` is where its id comes. */
  readonly embed: string;
}

export const siteFiles = {
  /** The recorded run at an address. Rejects where it cannot be had. */
  run: async (address: URL): Promise<RecordedRun> => (await fetchJson(address)) as RecordedRun,
  /** What links need, in the page's language. Rejects where it cannot be had. */
  links: async (address: URL): Promise<LinkData> => (await fetchJson(address)) as LinkData,
  /** The block of code of a file's page, for this document. Rejects where there is none. */
  block: fetchBlock,
};

async function fetchJson(address: URL): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname} answered ${String(response.status)}.`);
  return response.json();
}
