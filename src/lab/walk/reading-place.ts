/**
 * Where a reader reads: how far a page has to be scrolled so that the next sentence stands where the last one stood, and
 * which sentence is read at a place. All numbers are pixels from the window's top.
 */

/** What of the window the words have: nothing sticks there. */
export interface FreeArea {
  readonly top: number;
  readonly bottom: number;
}

/** Where eyes rest that are not known to rest elsewhere. */
export function readingLine({ top, bottom }: FreeArea): number {
  return top + (bottom - top) / 3;
}

/**
 * The height at which the next sentence shall stand: that of the sentence before it where that can be seen, else its own
 * if it can be seen, else the reading line.
 */
export function heightFor(next: number, before: number | null, free: FreeArea): number {
  if (before !== null && isSeen(before, free)) return before;
  return isSeen(next, free) ? next : readingLine(free);
}

/** Which sentence is read at a line: the last that begins above it, as an index of `tops`; -1 where none does. */
export function sentenceAt(tops: readonly number[], line: number): number {
  return tops.findLastIndex((top) => top <= line);
}

/** The least that has to be seen of a line of text, in pixels. */
const LINE = 24;

function isSeen(top: number, free: FreeArea): boolean {
  return top >= free.top && top + LINE <= free.bottom;
}
