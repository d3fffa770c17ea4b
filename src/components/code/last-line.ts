/**
 * A link to a line beyond the end of a file leads to its last line: files change, and links to them stay. Lines are
 * `#<prefix>L<number>`.
 */
function follow(): void {
  const [, prefix] = /^#(.*?L)[1-9]\d*$/.exec(location.hash) ?? [];
  if (prefix === undefined || document.getElementById(location.hash.slice(1)) !== null) return;
  const lines = [...document.querySelectorAll('.code .line[id]')];
  const last = lines.findLast(({ id }) => id.startsWith(prefix) && /^\d+$/.test(id.slice(prefix.length)));
  if (last === undefined) return;
  location.replace(`#${last.id}`);
  // While one fragment is being followed, Chromium scrolls to no other.
  last.scrollIntoView();
}

addEventListener('hashchange', follow);
follow();
