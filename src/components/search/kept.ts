/** What the search keeps in this browser: the pages that were opened from it, and whether `/` opens it. */

/** A page that was opened from the search. */
export interface Recent {
  readonly address: string;
  readonly title: string;
}

const SLASH = 'search:slash';
/** How many pages are kept. */
const MOST = 6;

/** The last pages first. None where storage is refused, or holds what is none of ours. */
export function readRecent(language: string): readonly Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(language)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keeps a page as the last one. */
export function keepRecent(language: string, recent: Recent): void {
  const others = readRecent(language).filter(({ address }) => address !== recent.address);
  keep(keyOf(language), JSON.stringify([recent, ...others].slice(0, MOST)));
}

/** Keeps no page any more. */
export function forgetRecent(language: string): void {
  keep(keyOf(language), null);
}

/** Whether `/` opens the search. */
export function isSlashOn(): boolean {
  try {
    return localStorage.getItem(SLASH) !== 'off';
  } catch {
    return true;
  }
}

/** Turns `/` on or off. */
export function setSlash(isOn: boolean): void {
  keep(SLASH, isOn ? null : 'off');
}

function keyOf(language: string): string {
  return `search:recent:${language}`;
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is refused or full: nothing depends on it.
  }
}

function isRecent(value: unknown): value is Recent {
  const { address, title } = (value ?? {}) as Partial<Recent>;
  // Only addresses of this site: what is kept becomes a link.
  return (
    typeof title === 'string' &&
    typeof address === 'string' &&
    /^[\p{L}\p{N}][^:\\]*$/u.test(address) &&
    !address.includes('..')
  );
}
