/**
 * Lines on their way to `/explain/`, from the search or from the same page in another language. They aren't in the address,
 * which would be kept in the history and is what people send to others; the tab keeps them until the page takes them, and no
 * longer.
 */
const KEY = 'explain:lines';

/** Milliseconds that a page may take to open. What was left longer was never fetched: it's taken away, and not shown. */
const FRESH = 60_000;

/** The event by which the search hands lines to a page that is open: its `detail` is the text. */
export const LINES_EVENT = 'explain-lines';

/** Leaves lines for the page that is opened next. False where the browser keeps nothing or not so much: it opens empty. */
export function handOver(text: string): boolean {
  try {
    sessionStorage.setItem(KEY, `${String(Date.now())} ${text}`);
    return true;
  } catch {
    return false;
  }
}

/** Takes what was left; null where nothing was. */
export function takeOver(): string | null {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    const [, at, text] = /^(\d+) ([^]*)$/.exec(kept ?? '') ?? [];
    return text === undefined || Date.now() - Number(at) > FRESH ? null : text;
  } catch {
    return null;
  }
}
