/**
 * What crossed, laid out for the eye: JSON with a line for each of its parts, and HTTP with its JSON body so. Only
 * the space between the parts changes: numbers, escapes, repeated names and Python's bare NaN stay as they were
 * written, which a parser would not keep.
 */

const STEP = '  ';

/** Levels that are indented: what is nested thousands deep would be nothing but space. */
const MAX_LEVELS = 40;

/** The parts of JSON text: strings, brackets, separators, space, and whatever else stands there (numbers, names). */
const PARTS = /"(?:[^"\\]|\\[^])*"|[{}[\],:]|\s+|[^\s{}[\],:"]+/y;

/** The text laid out; as it is when it is neither JSON nor HTTP with a JSON body, or is laid out already. */
export function toPretty(text: string): string {
  const head = /^[^{["][^]*?\r\n\r\n/.exec(text)?.[0];
  if (head === undefined) return layOut(text) ?? text;
  const body = text.slice(head.length);
  return head.replaceAll('\r\n', '\n') + (layOut(body) ?? body);
}

/** Null when the text is no JSON; scalars are left alone. Brackets must match, the rest is not judged. */
function layOut(text: string): string | null {
  const open: string[] = [];
  let result = '';
  let at = 0;
  let before = '';
  for (PARTS.lastIndex = 0; at < text.length; at = PARTS.lastIndex) {
    const part = PARTS.exec(text)?.[0];
    // The text ends in the middle of a string: it was cut, or is no JSON.
    if (part === undefined) return null;
    if (part.trim() === '') continue;
    const closes = part === '}' || part === ']';
    if (closes && open.pop() !== part) return null;
    const isEmpty = closes && before === (part === '}' ? '{' : '[');
    const isFirst = before === '{' || before === '[';
    if (!isEmpty && (isFirst || closes || before === ','))
      result += `\n${STEP.repeat(Math.min(open.length, MAX_LEVELS))}`;
    else if (before === ':') result += ' ';
    else if (part !== ',' && part !== ':' && before !== '' && !isEmpty) return null;
    if (part === '{') open.push('}');
    if (part === '[') open.push(']');
    result += part;
    before = part;
  }
  return open.length === 0 && before !== '' ? result : null;
}
