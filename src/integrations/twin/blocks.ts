/** The blocks of a page as Markdown: headings, paragraphs, lists, tables, code, and what this site has of its own. */
import {
  findAll,
  findClass,
  findName,
  hasClass,
  isElement,
  lineOf,
  TEXT,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './html.ts';
import {
  bold,
  codeBlock,
  codeSpan,
  escapeText,
  inlineOf,
  isSilent,
  paragraphOf,
  type TwinSetting,
} from './inline.ts';
import { labToBlocks, pairToBlocks } from './lab.ts';

/** Elements that stand within a sentence; whatever else is between tags is a block. */
// prettier-ignore
const WITHIN = [
  'a', 'abbr', 'b', 'bdi', 'br', 'cite', 'code', 'em', 'i', 'kbd', 'lab-step', 'mark', 'q', 's', 'samp', 'small', 'span',
  'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr',
];

/** What some nodes say, block by block. */
export function blocksOf(nodes: readonly HtmlNode[], setting: TwinSetting): readonly string[] {
  const blocks: string[] = [];
  let sentence: HtmlNode[] = [];
  const end = (): void => {
    const text = paragraphOf(sentence, setting);
    if (text !== '') blocks.push(text);
    sentence = [];
  };
  for (const node of nodes) {
    if (!isElement(node)) {
      if (node.nodeType === TEXT) sentence.push(node);
    } else if (isSilent(node)) {
      continue;
    } else if (WITHIN.includes(node.name) && !hasBlock(node)) {
      sentence.push(node);
    } else {
      end();
      blocks.push(...elementToBlocks(node, setting));
    }
  }
  end();
  return blocks;
}

function hasBlock({ children }: HtmlElement): boolean {
  return findAll(children, ({ name }) => ['p', 'pre', 'ol', 'ul', 'table', 'div'].includes(name)).length > 0;
}

function elementToBlocks(element: HtmlElement, setting: TwinSetting): readonly string[] {
  const { name, children } = element;
  if (hasClass(element, 'stack')) return [stackToList(element)];
  if (hasClass(element, 'fold-way')) return [foldToLine(element)];
  if (hasClass(element, 'contents-folded')) return [];
  if (['moment-about', 'moment-way'].some((one) => hasClass(element, one)))
    return nonEmpty(
      children
        .map((node) => inlineOf([node], setting).trim())
        .join(' ')
        .trim(),
    );
  switch (name) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return [`${'#'.repeat(Number(name.charAt(1)))} ${inlineOf(children, setting).trim()}`];
    case 'p':
      return nonEmpty(
        hasClass(element, 'exercise-label') || hasClass(element, 'exercise-list-label')
          ? bold(element)
          : paragraphOf(children, setting),
      );
    case 'pre':
      return [codeBlock(textOf(element), languageOf(element))];
    case 'ul':
    case 'ol':
      return nonEmpty(listOf(element, setting));
    case 'dl':
      return nonEmpty(definitionsOf(element, setting));
    case 'table':
      return tableOf(element, setting);
    case 'summary':
    case 'legend': {
      const ways = findAll(children, (inner) => hasClass(inner, 'fold-way'));
      return ways.length > 0 ? ways.map(foldToLine) : nonEmpty(bold(element));
    }
    case 'figcaption':
      return nonEmpty(paragraphOf(children, setting));
    case 'fieldset':
      return choicesOf(element, setting);
    case 'lab-root':
      return labToBlocks(element, setting);
    case 'lab-pair':
      return pairToBlocks(element, setting);
    case 'blockquote':
      return blocksOf(children, setting).map((block) => prefixed(block, '> ', '> '));
    default:
      return blocksOf(children, setting);
  }
}

/** The language of a block: a block of a file says which file it is of. */
function languageOf({ attribs, parent }: HtmlElement): string {
  const caption = parent === null || !('attribs' in parent) ? null : findName(parent.children, 'figcaption');
  const names = `${attribs['aria-label'] ?? ''} ${caption === null ? '' : lineOf(caption)}`;
  return attribs.class?.split(' ').includes('code') === true && /\.py\b/.test(names) ? 'python' : '';
}

function nonEmpty(block: string): readonly string[] {
  return block === '' ? [] : [block];
}

/** A block with what stands before its first line, and before the others. */
function prefixed(block: string, first: string, others: string): string {
  return block
    .split('\n')
    .map((line, at) => (at === 0 ? first + line : line === '' ? line : others + line))
    .join('\n');
}

function listOf({ name, children }: HtmlElement, setting: TwinSetting): string {
  const items = children.filter(isElement).filter((item) => item.name === 'li' && !isSilent(item));
  const blocks = items.map((item) => blocksOf(item.children, setting));
  // A list with blocks of several paragraphs needs lines between its items to be read as one.
  const between = blocks.some((inner) => inner.length > 1) ? '\n\n' : '\n';
  return blocks
    .filter((inner) => inner.length > 0)
    .map((inner, at) => {
      const mark = name === 'ol' ? `${String(at + 1)}. ` : '- ';
      return prefixed(inner.join('\n\n'), mark, ' '.repeat(mark.length));
    })
    .join(between);
}

/** Terms and what is said of them, each a point of a list; what is no words there is a block of the point. */
function definitionsOf(list: HtmlElement, setting: TwinSetting): string {
  const points: string[] = [];
  for (const part of findAll(list.children, ({ name }) => name === 'dt' || name === 'dd')) {
    if (part.name === 'dt') {
      const term = inlineOf(part.children, setting).trim();
      points.push(`- ${/[`*[]/.test(term) ? term : `**${term}**`}:`);
      continue;
    }
    const said = blocksOf(part.children, setting).join('\n\n');
    const last = points.pop() ?? '-';
    const isSentence = !said.includes('\n') && !last.includes('\n');
    points.push(isSentence ? `${last} ${said}` : `${last}\n\n${prefixed(said, '  ', '  ')}`);
  }
  return points.join('\n');
}

function tableOf(table: HtmlElement, setting: TwinSetting): readonly string[] {
  const caption = findName(table.children, 'caption');
  const rows = findAll(table.children, ({ name }) => name === 'tr').map((row) =>
    row.children
      .filter(isElement)
      .filter(({ name }) => name === 'td' || name === 'th')
      .map((cell) =>
        inlineOf(cell.children, setting)
          .trim()
          .replaceAll('|', String.raw`\|`),
      ),
  );
  const [head, ...body] = rows;
  if (head === undefined) return [];
  const width = Math.max(...rows.map((row) => row.length));
  const toLine = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`;
  const grid = [toLine(head), `|${' --- |'.repeat(width)}`, ...body.map(toLine)].join('\n');
  const title = caption === null || isSilent(caption) ? '' : paragraphOf(caption.children, setting);
  return [...nonEmpty(title), grid];
}

/** A question with its answers to choose from. */
function choicesOf({ children }: HtmlElement, setting: TwinSetting): readonly string[] {
  const legend = findName(children, 'legend');
  const choices = findAll(children, (element) => hasClass(element, 'choice'));
  return [
    ...(legend === null ? [] : nonEmpty(bold(legend))),
    choices.map(({ children: words }) => `- ${paragraphOf(words, setting)}`).join('\n'),
  ];
}

/** A stack: a frame a point, with its owner and its place. */
function stackToList({ children }: HtmlElement): string {
  return children
    .filter(isElement)
    .map((frame) => {
      const name = findName(frame.children, 'code');
      const owner = findClass(frame.children, 'stack-owner');
      const rest = ['stack-place', 'stack-source']
        .map((part) => findClass(frame.children, part))
        .filter((part) => part !== null)
        .map((part) => codeSpan(lineOf(part)));
      const whose = owner === null ? '' : ` (${escapeText(lineOf(owner))})`;
      return `- ${[`${name === null ? '' : codeSpan(lineOf(name))}${whose}`, ...rest].join(' · ')}`;
    })
    .join('\n');
}

/** What is folded, its name and how it ends. */
function foldToLine({ children }: HtmlElement): string {
  const partOf = (name: string): string => {
    const part = findClass(children, name);
    return part === null ? '' : lineOf(part);
  };
  return `**${escapeText(`${partOf('fold-verb')}: ${partOf('fold-title')} (${partOf('fold-end')})`)}**`;
}
