/**
 * Lets the page's address follow a moment. Coming into a lab is a place of its own to come back from; steps within it
 * are not.
 */

/** Milliseconds without a step after which the address follows: browsers count how often it is changed. */
export const ADDRESS_DELAY = 200;

/**
 * Writes a moment's fragment into the address; null takes the lab of this id out of it. `isHere` says that the reader has gone
 * nowhere: then there is nothing to come back from.
 */
export function rememberMoment(fragment: string | null, id: string, isHere = false): void {
  // A code link stays in the address: a reload opens it again.
  if (location.hash.startsWith(`#${id}~`)) return;
  const isIn = location.hash.startsWith(`#${id}/`);
  if (fragment === location.hash || (fragment === null && !isIn)) return;
  const address = fragment ?? `${location.pathname}${location.search}`;
  if (isIn || isHere) history.replaceState(history.state, '', address);
  else history.pushState(null, '', address);
}
