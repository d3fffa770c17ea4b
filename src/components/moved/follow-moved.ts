/** Leads a reader on who comes by an address that has moved. */
import { leadOn, type Moved } from '../../i18n/moved.ts';

/** What a page says of the addresses on it that have moved. */
export interface MovedHere {
  /** The site's base, with a slash at its end. */
  readonly base: string;
  /** The page's own address below the base. */
  readonly page: string;
  readonly moved: Moved;
}

/** The part of a window that this needs; the tests pass another. */
export interface View {
  readonly location: { readonly href: string; replace(address: string): void };
  addEventListener(kind: 'hashchange', listener: () => void): void;
}

/** Goes on from the address of the window, now and whenever its fragment changes, if it has moved. */
export function followMoved(view: View, { base, page, moved }: MovedHere): void {
  const follow = (): void => {
    const { hash, search, href } = new URL(view.location.href);
    const here = `${page}${decode(hash)}`;
    const there = leadOn(here, moved);
    if (there === null || there === here) return;
    const url = new URL(`${base}${there}`, href);
    url.search = search;
    view.location.replace(url.href);
  };
  view.addEventListener('hashchange', follow);
  follow();
}

/** A fragment comes from anywhere, and need not be well encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
