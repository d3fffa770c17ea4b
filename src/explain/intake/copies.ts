/** What stands twice in a paste because a console shows it twice: an event's preview and its whole text, pretty JSON and raw. */
import type { Item } from './item.ts';

/** A preview ends in the middle of the text, after some hundred characters; so many are enough to know it by. */
const SHORTEST_PREVIEW = 100;

/** Marks the copies. Only between two times that stand alone, as a console's rows do: a program may well print a line twice. */
export function markCopies(items: readonly Item[]): void {
  let from = 0;
  while (from < items.length) {
    const block = items[from]?.block;
    let to = from;
    while (to < items.length && items[to]?.block === block) to += 1;
    if (block !== 0) markBlock(items.slice(from, to).filter(({ known }) => known?.kind !== 'console'));
    from = to;
  }
}

/** More lines than one event has: the rest of a paste behind a time. */
const MOST_LINES = 2000;

function markBlock(items: readonly Item[]): void {
  if (items.length > MOST_LINES) return;
  const texts = items.map(({ slice }) => slice.text.replaceAll(/\s+/g, ''));
  const whole = texts.join('');
  const lineOf = (item: Item | undefined): number | undefined => item?.slice.parts[0]?.line;
  let length = 0;
  let isOneLine = true;
  for (let at = 1; at < items.length; at += 1) {
    length += texts[at - 1]?.length ?? 0;
    isOneLine &&= lineOf(items[at - 1]) === lineOf(items[0]);
    const isParagraph = items[at]?.paragraph !== items[at - 1]?.paragraph;
    const isJson = texts[at]?.startsWith('{') === true;
    // Lines of one paragraph: a preview is one line, and of more than a program prints twice.
    const isRow = isOneLine && (items.length > 2 || /^(?:START|END|REPORT|INIT_)/.test(whole));
    if (!isParagraph && !isJson && !isRow) continue;
    const isSame = whole.length === 2 * length && whole.startsWith(whole.slice(length));
    const isPreview =
      !isSame && length >= SHORTEST_PREVIEW && whole.startsWith(whole.slice(0, SHORTEST_PREVIEW), length);
    if (!isSame && !isPreview) continue;
    // The one with its line ends is the whole one.
    const isFirst = isPreview || items.length > 2 * at;
    for (const item of isFirst ? items.slice(0, at) : items.slice(at)) item.isCopy = true;
    return;
  }
}
