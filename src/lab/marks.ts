/**
 * A reader's text with what would not be seen in it named in its place: `U+202E`. The characters stay in the text, for who
 * copies or reads it out of the page; each is shut into its mark, and turns nothing round outside of it.
 */
import { codeOf, TURNS, UNSEEN_IN_NAMES } from '../trace/unseen.ts';
import { markupToNode, tag, type Markup } from './markup.ts';

/** Pieces of one text: where it would have more, U+FFFD is all that is shown of its marks. */
const MAX_PIECES = 1000;

/** A text of some lines: its controls of direction are named. */
export function textToMarkup(text: string): readonly Markup[] {
  return mark(text, TURNS);
}

/** A name, of a file or of a variable: all that is not seen of it is named. */
export function nameToMarkup(name: string): readonly Markup[] {
  return mark(name, UNSEEN_IN_NAMES);
}

/** A text of some lines, as nodes. */
export function textToNodes(text: string): readonly ChildNode[] {
  return textToMarkup(text).map(toNode);
}

/** A name, as nodes. */
export function nameToNodes(name: string): readonly ChildNode[] {
  return nameToMarkup(name).map(toNode);
}

function toNode(part: Markup): ChildNode {
  return markupToNode(part, document);
}

function mark(text: string, unseen: RegExp): readonly Markup[] {
  // Every second piece is one of what is not seen.
  const pieces = text.split(new RegExp(`(${unseen.source})`, 'u'));
  if (pieces.length > MAX_PIECES)
    return [pieces.map((piece, index) => (index % 2 === 0 ? piece : '\ufffd')).join('')];
  return pieces.map((piece, index) =>
    index % 2 === 0 ? piece : tag('span', { class: 'unseen', 'data-code': codeOf(piece) }, piece),
  );
}
