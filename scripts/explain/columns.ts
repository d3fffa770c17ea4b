/** Text in a terminal's columns: a character of Japanese takes two of them. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Characters with which no line of Japanese begins. */
const NEVER_FIRST = /^[、。，．・：；？！）」』】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]/u;

/** How many columns a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** A text filled with blanks to a width, behind it or ahead of it. */
export function pad(text: string, width: number, isRight = false): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isRight ? blanks + text : text + blanks;
}

/** The beginning of a text that fits; `…` says that there is more. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = '';
  let used = 1;
  for (const character of text) {
    used += WIDE.test(character) ? 2 : 1;
    if (used > width) break;
    result += character;
  }
  return `${result.trimEnd()}…`;
}

/** A sentence in lines of a width, the later ones as far in as `indent` says. */
export function wrap(text: string, width: number, indent: string): string {
  const pieces = text.match(/ *[^ \u3000-\u9fff\uff00-\uffef]+|[\u3000-\u9fff\uff00-\uffef]| +/gu) ?? [];
  const lines = [''];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? '';
    const isOver = widthOf(line) + widthOf(piece) > width && line.trim() !== '' && !NEVER_FIRST.test(piece);
    if (isOver) lines.push(indent + piece.trimStart());
    else lines[lines.length - 1] = line + piece;
  }
  return lines.join('\n');
}
