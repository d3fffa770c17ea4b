/**
 * The addresses that a site has had, against those that it has: none of them may ever end in nothing. What counts as an
 * address is a page, a lab on it, and a stop of that lab; lines of files and numbered steps come and go with the files
 * and the recordings, and lead to the last one when they lie beyond the end.
 */
import { leadOn, type Moved } from '../src/i18n/moved.ts';
import { pageToPath, type Page } from './built-pages.ts';

/** What the comparison of two lists of addresses needs. */
export interface Addresses {
  /** Every address that the built site has. */
  readonly built: readonly string[];
  /** Every address that the site has ever had: the committed list. */
  readonly listed: readonly string[];
  readonly moved: Moved;
}

/** Every address that built pages have, sorted: the page's path, and with `#` the labs on it and their stops. */
export function addressesOf(
  pages: readonly Pick<Page, 'file' | 'ids' | 'idsInTemplates'>[],
): readonly string[] {
  const addresses = pages
    .filter(({ file }) => file !== '404.html')
    .flatMap(({ file, ids: all, idsInTemplates }) => {
      const ids = all.filter((id) => !idsInTemplates.includes(id));
      const page = pageToPath(file);
      const stops = ids.filter((id) => /^[^/]+\/(?!step-\d+$)[^/]+$/.test(id));
      // A lab is what has moments.
      const labs = ids.filter((id) => ids.some((other) => other.startsWith(`${id}/`)));
      return [page, ...[...labs, ...stops].map((id) => `${page}#${id}`)];
    });
  return [...new Set(addresses)].toSorted();
}

/** The addresses of the committed list. The front door is the address `/`, as a line must not be empty. */
export function parseAddresses(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (line === '/' ? '' : line));
}

/** The text of the committed list. */
export function addressesToText(addresses: readonly string[]): string {
  return addresses
    .toSorted()
    .map((address) => `${nameOf(address)}\n`)
    .join('');
}

/** The built addresses that are not in the list yet. */
export function newAddresses({ built, listed }: Pick<Addresses, 'built' | 'listed'>): readonly string[] {
  const known = new Set(listed);
  return built.filter((address) => !known.has(address));
}

/** What is wrong with the addresses of a built site, a sentence for each that is. */
export function findAddressFaults({ built, listed, moved }: Addresses): readonly string[] {
  const there = new Set(built);
  const known = new Set(listed);
  const faults: string[] = [];
  for (const [old, next] of Object.entries(moved)) {
    const end = leadOn(old, moved);
    if (!known.has(old))
      faults.push(
        `content/moved.json leads ${nameOf(old)} on, which is no address of content/addresses.txt: correct the entry or remove it.`,
      );
    if (old.includes('#') && there.has(old))
      faults.push(
        `content/moved.json leads ${nameOf(old)} on, but the site still has it: remove the entry, or what has that address.`,
      );
    if (end === null)
      faults.push(
        `content/moved.json leads ${nameOf(old)} round in a circle: give it the address of something that is there.`,
      );
    else if (!there.has(end))
      faults.push(
        `content/moved.json leads ${nameOf(old)} to ${nameOf(next)}, and so to ${nameOf(end)}, which is not there: give it an address that is.`,
      );
  }
  for (const address of listed) {
    // An address that has an entry itself was looked at above.
    if (there.has(address) || Object.hasOwn(moved, address)) continue;
    const end = leadOn(address, moved);
    if (end === address)
      faults.push(
        `${nameOf(address)} is gone: bring it back, or write into content/moved.json where its readers shall go.`,
      );
    else if (end !== null && !there.has(end))
      faults.push(
        `${nameOf(address)} is led to ${nameOf(end)}, which is not there: give it an entry of its own in content/moved.json.`,
      );
  }
  const added = newAddresses({ built, listed });
  if (added.length > 0) {
    faults.push(
      ...added.map((address) => `${nameOf(address)} is new.`),
      'npm run check:addresses -- --write adds what is new to content/addresses.txt; commit it.',
    );
  }
  return faults;
}

function nameOf(address: string): string {
  return address === '' ? '/' : address;
}
