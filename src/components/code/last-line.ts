/**
 * A link to a line beyond the end of a file leads to its last line: files change, and links to them stay. Lines are
 * `#<prefix>L<number>`.
 */
function follow(): void {
  const { hash } = location;
  const prefix = /^#(.*L)\d+$/.exec(hash)?.[1];
  if (prefix === undefined || document.getElementById(hash.slice(1))) return;
  const last = [...document.querySelectorAll('.line[id]')].findLast(({ id }) => id.startsWith(prefix));
  if (!last) return;
  location.replace(`#${last.id}`);
  // While one fragment is being followed, Chromium scrolls to no other.
  last.scrollIntoView();
}

addEventListener('hashchange', follow);
follow();
