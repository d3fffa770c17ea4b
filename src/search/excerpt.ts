/** What is shown of a text that answers: the passage with what was asked, marked. */
import type { Range, ReadText } from './contains.ts';

/** A piece of an excerpt. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** How much an excerpt has, and what of it is before what was found: in Latin letters, of which a wide one takes two. */
const LENGTH = 190;
const BEFORE = 40;
const WIDE = /[\u1100-\uFFDC]/g;
const GAP = /[\s。、「（]/u;

/** The excerpt around a passage, in pieces. A line's end is a space there. */
export function excerptOf({ original }: ReadText, passage: Range, marks: readonly Range[]): readonly Piece[] {
  const start = startOf(original, passage.start);
  const wide = original.slice(start, start + LENGTH).match(WIDE)?.length ?? 0;
  const end = Math.min(original.length, start + Math.round((LENGTH * LENGTH) / (LENGTH + wide)));
  const pieces: Piece[] = start > 0 ? [{ text: '… ', isMarked: false }] : [];
  let at = start;
  const add = (to: number, isMarked: boolean): void => {
    if (to > at) pieces.push({ text: original.slice(at, to).replaceAll(/\s+/g, ' '), isMarked });
    at = Math.max(at, to);
  };
  for (const mark of marks) {
    if (mark.start < at || mark.end > end) continue;
    add(mark.start, false);
    add(mark.end, true);
  }
  add(end, false);
  if (end < original.length) pieces.push({ text: ' …', isMarked: false });
  return pieces;
}

/** A little before the passage, where a word begins. */
function startOf(text: string, at: number): number {
  if (at <= BEFORE) return 0;
  const from = at - BEFORE;
  const gap = text.slice(from, at).search(GAP);
  return gap === -1 ? from : from + gap + 1;
}
