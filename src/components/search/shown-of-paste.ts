/** What of a paste a search looks for: a field is seconds about a few megabytes, and most of them say nothing. */

/** Characters of all, and of one of several lines: what an error is called stands in its first ones. */
const MOST_SHOWN = 10_000;
const MOST_OF_LINE = 1000;

/** Lines put together with a gap. Of a long paste the beginning and the end: errors stand at either. */
export function shownOfPaste(text: string): string {
  const lines = text.split('\n');
  // A single line may go between words: the blanks at its ends are theirs.
  const shown = lines.length === 1 ? text : lines.map((line) => line.trim().slice(0, MOST_OF_LINE)).join(' ');
  const half = MOST_SHOWN / 2 - 1;
  return shown.length <= MOST_SHOWN ? shown : `${shown.slice(0, half)} ${shown.slice(-half)}`;
}
