/**
 * Links of an embed lead out of it: a frame is no place to read a page in. What shows it may forbid new windows; WordPress
 * does, and follows a message instead. Elsewhere the reader gets the address.
 */
import { fill } from '../words.ts';

export interface LinkOptions {
  readonly document: Document;
  /** What WordPress has given the frame; null where it is not WordPress. */
  readonly secret: () => string | null;
  readonly say: (sentence: string) => void;
}

/** Has every link of the page open in a window of its own. */
export function openLinks({ document, secret, say }: LinkOptions): void {
  // In the bubbling phase: a link that the lab follows itself is prevented by then.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (link === null || event.defaultPrevented || isHere(link.href)) return;
    event.preventDefault();
    // Without `noopener`, which gives no window back to tell by whether it opened; the way back is cut at once.
    const opened = openWindow(link.href);
    if (opened !== null) {
      opened.opener = null;
      return;
    }
    const value = secret();
    if (value !== null) parent.postMessage({ message: 'link', value: link.href, secret: value }, '*');
    const sentence = document.querySelector<HTMLElement>('[data-no-window]')?.dataset.noWindow ?? '';
    say(fill(sentence, { address: link.href }));
  });
}

/** Null where no window may open; Firefox says so by an error. */
function openWindow(address: string): Window | null {
  try {
    return open(address, '_blank');
  } catch {
    return null;
  }
}

function isHere(address: string): boolean {
  return address.split('#', 1)[0] === location.href.split('#', 1)[0];
}
