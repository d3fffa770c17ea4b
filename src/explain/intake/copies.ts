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
  const lineOf = (item: Item | undefined): number | undefined => item?.slice.parts[0]?.line;
  const first = beginningOf(items[0]);
  let joined: Joined | null = null;
  let isOneLine = true;
  for (let at = 1; at < items.length; at += 1) {
    isOneLine &&= lineOf(items[at - 1]) === lineOf(items[0]);
    // Most lines begin otherwise than the first one, so that the texts needn't be put together.
    const own = beginningOf(items[at]);
    if (!own.startsWith(first) && !first.startsWith(own)) continue;
    const isParagraph = items[at]?.paragraph !== items[at - 1]?.paragraph;
    if (!isParagraph && !own.startsWith('{') && !isOneLine) continue;
    joined ??= joinTexts(items);
    const { whole } = joined;
    // Lines of one paragraph: a preview is one line, and of more than a program prints twice.
    const isRow = isOneLine && (items.length > 2 || /^(?:START|END|REPORT|INIT_)/.test(whole));
    if (!isParagraph && !own.startsWith('{') && !isRow) continue;
    const length = joined.starts[at] ?? 0;
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

/** The first signs of a line. */
function beginningOf(item: Item | undefined): string {
  return item?.slice.text.trimStart().slice(0, SHORTEST_PREVIEW).replaceAll(/\s+/g, '') ?? '';
}

/** The texts of all lines without blanks, and where each begins in them. */
interface Joined {
  readonly whole: string;
  readonly starts: readonly number[];
}

function joinTexts(items: readonly Item[]): Joined {
  const texts = items.map(({ slice }) => slice.text.replaceAll(/\s+/g, ''));
  let length = 0;
  const starts = texts.map((text) => {
    length += text.length;
    return length - text.length;
  });
  return { whole: texts.join(''), starts };
}
