/**
 * Lines on their way from the search to `/explain/`. They aren't in the address, which would be kept in the history and in logs
 * of whoever it's sent to; the tab keeps them until the page takes them, and no longer.
 */
const KEY = 'explain:lines';

/** Leaves lines for the page. False where the browser keeps nothing: then the page can only be opened empty. */
export function handOver(text: string): boolean {
  try {
    sessionStorage.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}

/** Takes what was left; null where nothing was. */
export function takeOver(): string | null {
  try {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return text;
  } catch {
    return null;
  }
}
