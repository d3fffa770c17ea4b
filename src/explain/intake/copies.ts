/** What stands twice in a paste because a console shows it twice: an event's preview and its whole text, pretty JSON and raw. */
import type { Item } from './items.ts';

function squash(items: readonly Item[]): string {
  return items.map(({ slice }) => slice.text.replaceAll(/\s+/g, '')).join('');
}

/** A preview ends in the middle of the text, after some hundred characters; so many are enough to know it by. */
const SHORTEST_PREVIEW = 100;

/** Marks the copies. Only between two times that stand alone, as a console's rows do: a program may well print a line twice. */
export function markCopies(items: readonly Item[]): void {
  let from = 0;
  while (from < items.length) {
    const block = items[from]?.block;
    let to = from;
    while (to < items.length && items[to]?.block === block) to += 1;
    const own = items.slice(from, to).filter(({ known }) => known?.kind !== 'console');
    if (block !== 0) markBlock(own);
    from = to;
  }
}

function markBlock(items: readonly Item[]): void {
  for (let at = 1; at < items.length; at += 1) {
    const isParagraph = items[at]?.paragraph !== items[at - 1]?.paragraph;
    const isJson = items[at]?.slice.text.startsWith('{') === true;
    if (!isParagraph && !isJson) continue;
    const [first, second] = [items.slice(0, at), items.slice(at)];
    const [before, after] = [squash(first), squash(second)];
    const isSame = before === after;
    const isPreview =
      !isSame && before.length >= SHORTEST_PREVIEW && after.startsWith(before.slice(0, SHORTEST_PREVIEW));
    if (!isSame && !isPreview) continue;
    for (const item of isPreview ? first : second) item.isCopy = true;
    return;
  }
}
