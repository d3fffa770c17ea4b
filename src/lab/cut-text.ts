/** Texts and lists that are longer than a page can draw, cut so that what is left out can be said as a count. */

/** A text, or its beginning with an ellipsis where it has more characters than `limit`. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, endOfCharacter(text, limit))}…`;
}

/** The beginning of a text of at most `limit` characters, and how many there are after it. */
export function splitText(text: string, limit: number): { readonly shown: string; readonly leftOut: number } {
  if (text.length <= limit) return { shown: text, leftOut: 0 };
  const end = endOfCharacter(text, limit);
  return { shown: text.slice(0, end), leftOut: text.length - end };
}

/** The place, or the one before it where it would part the two halves of a character. */
function endOfCharacter(text: string, place: number): number {
  const before = text.charCodeAt(place - 1);
  return before >= 0xd800 && before < 0xdc00 ? place - 1 : place;
}

/** The `count` first things by their order, without sorting the others: there may be tens of thousands of them. */
export function firstOf<Thing>(
  things: Iterable<Thing>,
  count: number,
  compare: (a: Thing, b: Thing) => number,
): Thing[] {
  const first: Thing[] = [];
  if (count <= 0) return first;
  for (const thing of things) {
    const last = first.at(-1);
    if (first.length === count && last !== undefined && compare(thing, last) >= 0) continue;
    first.splice(placeOf(first, thing, compare), 0, thing);
    if (first.length > count) first.pop();
  }
  return first;
}

function placeOf<Thing>(
  sorted: readonly Thing[],
  thing: Thing,
  compare: (a: Thing, b: Thing) => number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there !== undefined && compare(there, thing) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
