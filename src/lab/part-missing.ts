/**
 * A part of the page's scripts that is fetched when it is needed, and did not come: the page is offline, or the site has changed
 * since. What the reader is told of it is here, and not with the other problems, which come with such a part.
 */
import type { LabWords } from './words.ts';

/** A problem in the page's language, and whether trying again, with nothing else changed, can help. */
export interface Said {
  readonly text: string;
  readonly retry: boolean;
}

/** The frame that shows the page keeps it from the site's files: nothing can run in it. */
export class FrameRefuses extends Error {
  override readonly name = 'FrameRefuses';
}

/** What the reader is told. */
export function partToSaid(cause: unknown, { embedded, page }: LabWords['problem']): Said {
  return cause instanceof FrameRefuses ? { text: embedded, retry: false } : { text: page, retry: true };
}

/**
 * Brings a part by its `import()`, of which `name` is the module's. Firefox and Safari keep the failure of a module for the page's
 * life; so it is then asked for under another address, which the build has left in the page.
 */
export async function bringPart<Part>(load: () => Promise<Part>, name: string): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    const link = document.querySelector<HTMLLinkElement>(`link[rel=modulepreload][href*="/${name}."]`);
    if (link === null) throw error;
    return (await import(/* @vite-ignore */ `${link.href}?${String(Date.now())}`)) as Part;
  }
}
