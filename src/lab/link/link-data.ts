/** What a lab fetches once links concern it. Writer: `src/pages/[lang]/links.json.ts`. */
import type { LabPage } from '../page-data.ts';
import { siteFiles } from '../site-files.ts';
import type { LinkWords } from '../words.ts';

/** The words, and the address of a lab's own page. */
export interface LinkData {
  readonly words: LinkWords;
  /** The page of a lab alone, below the site's origin; `{lab}` is where its id comes. */
  readonly embed: string;
}

let fetched: Promise<LinkData> | null = null;

/** Fetched once for all labs of a page; what could not be had is asked for again the next time. */
export async function fetchLinkData({ links }: LabPage): Promise<LinkData> {
  fetched ??= siteFiles.links(new URL(links, document.baseURI));
  try {
    return await fetched;
  } catch (error) {
    fetched = null;
    throw error;
  }
}
