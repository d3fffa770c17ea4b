/** Fetches what links need, once they concern a lab. */
import type { LabPage } from '../page-data.ts';
import { siteFiles, type LinkData } from '../site-files.ts';

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
