/** Where in a block of code a pointer is, as an offset in the block's text: the editor that comes later begins there. */

/** An offset in characters; null where the point is on no line, or the browser does not tell. */
export function offsetAtPoint(block: HTMLElement, x: number, y: number): number | null {
  const caret = caretAt(block.ownerDocument, x, y);
  if (caret === null || !block.contains(caret.node)) return null;
  const inside = caret.node instanceof Element ? caret.node : caret.node.parentElement;
  const line = inside?.closest<HTMLElement>('.line') ?? null;
  if (line === null) return null;
  const before = block.ownerDocument.createRange();
  before.setStart(line, 0);
  before.setEnd(caret.node, caret.offset);
  let offset = before.toString().length;
  for (const other of block.querySelectorAll('.line')) {
    if (other === line) return offset;
    // And the newline that ends it.
    offset += other.textContent.length + 1;
  }
  return null;
}

interface Caret {
  readonly node: Node;
  readonly offset: number;
}

/** Older Safari knows the place only as a range. */
interface RangeDocument {
  readonly caretPositionFromPoint?: Document['caretPositionFromPoint'];
  readonly caretRangeFromPoint?: (x: number, y: number) => Range | null;
}

function caretAt(document: Document & RangeDocument, x: number, y: number): Caret | null {
  const { caretPositionFromPoint, caretRangeFromPoint } = document as RangeDocument;
  if (caretPositionFromPoint !== undefined) {
    const position = caretPositionFromPoint.call(document, x, y);
    return position === null ? null : { node: position.offsetNode, offset: position.offset };
  }
  const range = caretRangeFromPoint?.call(document, x, y) ?? null;
  return range === null ? null : { node: range.startContainer, offset: range.startOffset };
}
