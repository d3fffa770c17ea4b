/** What was changed in a text, as lines of a block: removed, added, and the same in both. */
import { textToNodes } from '../marks.ts';
import { compareLines, type DifferentLine } from './line-difference.ts';

/** One text that was changed, by the name it is shown under. */
export interface ChangedText {
  readonly title: string;
  readonly original: string;
  readonly text: string;
}

const ELEMENTS = { same: 'span', removed: 'del', added: 'ins' } as const;
const SIGNS = { same: ' ', removed: '−', added: '+' } as const satisfies Record<
  DifferentLine['kind'],
  string
>;

/** A text whose control characters are seen, as a carriage return, which begins a line for Python and for no browser. */
function showControls(text: string): string {
  return text.replace(/(?!\t)\p{Cc}/gu, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u2421';
  });
}

/** The lines, under the text's name. */
export function differenceToNodes({ title, original, text }: ChangedText): Node[] {
  const head = document.createElement('b');
  head.textContent = `${title}\n`;
  const lines = compareLines(original.replace(/\n$/, ''), text.replace(/\n$/, '')).map((line) => {
    const element = document.createElement(ELEMENTS[line.kind]);
    const text = `${SIGNS[line.kind]} ${showControls(line.text)}\n`;
    element.append(...textToNodes(text));
    return element;
  });
  return [head, ...lines];
}
