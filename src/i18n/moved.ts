/**
 * Addresses that have moved: `content/moved.json` gives an old address the new one. Addresses lie below the site's base
 * and begin without a slash: `en/cold-and-warm/`, `en/cold-and-warm/#global-counter--lambda-2016/start`.
 *
 * An entry for a lab leads its moments on too, and an entry for a page the places on it, unless they have an entry of
 * their own.
 */

/** New addresses by their old ones. */
export type Moved = Readonly<Record<string, string>>;

/** Where an address leads in the end: to itself when it has not moved. Null when the entries lead round in a circle. */
export function leadOn(address: string, moved: Moved): string | null {
  const seen = new Set<string>();
  let here = address;
  for (;;) {
    if (seen.has(here)) return null;
    seen.add(here);
    const next = leadOnce(here, moved);
    if (next === null) return here;
    here = next;
  }
}

/** The entries of one page: its own, and those of places on it. */
export function movedOfPage(page: string, moved: Moved): Moved {
  return Object.fromEntries(Object.entries(moved).filter(([old]) => splitAddress(old)[0] === page));
}

/** The pages that have moved as a whole. */
export function movedPages(moved: Moved): readonly string[] {
  return Object.keys(moved).filter((old) => !old.includes('#'));
}

/** The ids that a lab had before it moved: what a reader's browser keeps of them is this lab's now. */
export function formerLabs(lab: string, moved: Moved): readonly string[] {
  return Object.keys(moved).flatMap((old) => {
    const id = splitAddress(old)[1].slice(1);
    if (id === '' || id === lab || id.includes('/')) return [];
    return splitAddress(leadOn(old, moved) ?? '')[1] === `#${lab}` ? [id] : [];
  });
}

/** The page of an address, and its fragment with the `#`; an empty one when it has none. */
function splitAddress(address: string): readonly [page: string, fragment: string] {
  const at = address.indexOf('#');
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at)];
}

/** Follows the entry that names the most of an address; null when none does. */
function leadOnce(address: string, moved: Moved): string | null {
  const [page, fragment] = splitAddress(address);
  const lab = fragment.split('/')[0] ?? '';
  for (const old of [address, `${page}${lab}`, page]) {
    const next = Object.hasOwn(moved, old) ? moved[old] : undefined;
    if (next === undefined) continue;
    const rest = address.slice(old.length);
    // A place goes on with its page, a moment with its lab; neither fits behind anything else.
    const fits = rest.startsWith('#')
      ? !next.includes('#')
      : next.includes('#') && !next.includes('/', next.indexOf('#'));
    return fits ? `${next}${rest}` : next;
  }
  return null;
}
