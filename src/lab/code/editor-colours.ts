/** The colours of the editor for a block of lines: the same classes as those of the blocks that the build makes. */
import { pythonLanguage } from '@codemirror/lang-python';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { textToNodes } from '../marks.ts';

const COLOURS = tagHighlighter([
  { tag: tags.comment, class: 'token-comment' },
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword, tags.modifier],
    class: 'token-keyword',
  },
  { tag: [tags.string, tags.special(tags.string)], class: 'token-string' },
  { tag: [tags.number, tags.bool, tags.null, tags.self], class: 'token-constant' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.function(tags.definition(tags.variableName)),
    ],
    class: 'token-function',
  },
  { tag: [tags.punctuation, tags.operator, tags.bracket], class: 'token-punctuation' },
]);

/** Colours Python in a block whose lines are still plain. */
export function colourPython(block: HTMLElement): void {
  const lines = [...block.querySelectorAll<HTMLElement>('.line')];
  // What a step has put into a line stays in front.
  const text = lines.map(textOf).join('\n');
  let line: (Node | string)[] = [];
  let at = 0;
  const end = (): void => {
    const element = lines[at];
    if (element !== undefined)
      element.replaceChildren(...element.querySelectorAll(':scope > button'), ...line);
    line = [];
    at += 1;
  };
  highlightCode(
    text,
    pythonLanguage.parser.parse(text),
    COLOURS,
    (piece, classes) => {
      if (classes === '') {
        line.push(...textToNodes(piece));
        return;
      }
      const token = document.createElement('span');
      token.className = classes;
      token.append(...textToNodes(piece));
      line.push(token);
    },
    end,
  );
  end();
}

function textOf(line: HTMLElement): string {
  const button = line.querySelector(':scope > button')?.textContent ?? '';
  return line.textContent.slice(button.length);
}
