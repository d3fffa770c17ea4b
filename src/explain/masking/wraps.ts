/** Where has a terminal broken a line? Where it ends at the width at which others of the same text end, or at a width that many have. */

import { withoutColours } from './reading.ts';

const WIDTHS: ReadonlySet<number> = new Set([72, 76, 78, 79, 80, 100, 112, 120, 132, 140, 160, 200]);

/** The least width of a terminal. */
const NARROWEST = 40;

/** Whether the line that ends at a place of the text was broken there. */
export function wrapsIn(source: string): (end: number) => boolean {
  const counts = new Map<number, number>();
  let widest = 0;
  for (let from = 0; from <= source.length;) {
    const next = source.indexOf('\n', from);
    const end = next === -1 ? source.length : next;
    const width = widthOf(source.slice(from, end));
    counts.set(width, (counts.get(width) ?? 0) + 1);
    widest = Math.max(widest, width);
    from = end + 1;
  }
  return (end) => {
    const width = widthOf(source.slice(source.lastIndexOf('\n', end - 1) + 1, end));
    if (width < NARROWEST) return false;
    return (WIDTHS.has(width) && width === widest) || (width === widest && (counts.get(width) ?? 0) > 1);
  };
}

/** A line's width without the marks of a quotation and without colours. */
function widthOf(line: string): number {
  return withoutColours(line.replace(/^(?:> ?){1,4}|\r$/g, '')).length;
}
