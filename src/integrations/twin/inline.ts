/** What stands within a sentence, as Markdown: text, code, links, emphasis. */
import { hasClass, isElement, lineOf, textOf, type HtmlElement, type HtmlNode } from './html.ts';

/** What links become: the address in the page, as it is to be read elsewhere. */
export interface TwinSetting {
  /** The whole address where the site's origin is known, else from the root of its host. */
  readonly addressOf: (href: string) => string;
  /** The page's language: the path of its home page from the root. */
  readonly home: string;
  /** Whether the site has a page there, by its path from the root. */
  readonly hasPage: (path: string) => boolean;
}

/** What no reader of a text needs: controls, pictures, scripts, and what the page does not show. */
const SILENT = [
  'button',
  'canvas',
  'copied-status',
  'input',
  'nav',
  'noscript',
  'progress',
  'script',
  'select',
  'style',
  'svg',
  'template',
];

/** Whether an element has no place in a text. What a search may open (`until-found`) has one. */
export function isSilent(element: HtmlElement): boolean {
  const { name, attribs } = element;
  if (SILENT.includes(name)) return true;
  if (attribs.hidden !== undefined && attribs.hidden !== 'until-found') return true;
  if (attribs['aria-hidden'] === 'true' && !hasClass(element, 'exercise-label')) return true;
  return ['heading-link', 'visually-hidden', 'statement-mark', 'copy-page', 'to-playground'].some((one) =>
    hasClass(element, one),
  );
}

/** Nodes within a sentence, in one line. */
export function inlineOf(nodes: readonly HtmlNode[], setting: TwinSetting): string {
  const pieces: string[] = [];
  nodes.forEach((node, at) => {
    const before = pieces.join('').at(-1) ?? ' ';
    const after = nodes
      .slice(at + 1)
      .map((next) => (isElement(next) && isSilent(next) ? '' : textOf(next)))
      .join('')
      .charAt(0);
    pieces.push(nodeToInline(node, setting, before, after));
  });
  return pieces.join('').replaceAll(/[ \t\n]+/g, ' ');
}

/** The same as a paragraph of its own: nothing at its beginning is taken for a mark of a block. */
export function paragraphOf(nodes: readonly HtmlNode[], setting: TwinSetting): string {
  return inlineOf(nodes, setting)
    .trim()
    .replace(/^(#{1,6}(?=\s|$)|[-+>](?=\s|$)|>|=+$|-+$)/, String.raw`\$1`)
    .replace(/^(\d+)([.)])(?=\s|$)/, String.raw`$1\$2`);
}

/** Code within a sentence, in as many backquotes as it needs. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  const runs = Array.from(line.matchAll(/`+/g), ([run]) => run.length);
  let marks = 1;
  while (runs.includes(marks)) marks += 1;
  const fence = '`'.repeat(marks);
  const isPadded = /^`|`$|^ .*\S.* $/.test(line);
  return `${fence}${isPadded ? ` ${line} ` : line}${fence}`;
}

/** A block of code whose text is as it is. */
export function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.endsWith('\n') || text === '' ? text : `${text}\n`}${fence}`;
}

/** A link; an address with brackets or blanks in it is put between angles. */
export function linkTo(label: string, address: string): string {
  return `[${label}](${/[()\s<>]/.test(address) ? `<${address}>` : address})`;
}

/** Text in which nothing is a mark. */
export function escapeText(text: string): string {
  return (
    text
      .replaceAll(/[\\`*[\]]/g, String.raw`\$&`)
      .replaceAll(/<(?=[A-Za-z/!?])/g, String.raw`\<`)
      .replaceAll(/&(?=#?\w+;)/g, String.raw`\&`)
      .replaceAll('~~', String.raw`\~\~`)
      // Inside of a word an underscore is no mark.
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
  );
}

function nodeToInline(node: HtmlNode, setting: TwinSetting, before: string, after: string): string {
  if (!isElement(node)) return escapeText(textOf(node));
  if (isSilent(node)) return '';
  const { name, children, attribs } = node;
  switch (name) {
    case 'code':
    case 'kbd':
    case 'samp':
      return textOf(node).trim() === '' ? '' : codeSpan(textOf(node));
    case 'a':
      if (attribs.href === undefined) return inlineOf(children, setting);
      return linkTo(inlineOf(children, setting).trim(), setting.addressOf(attribs.href));
    case 'b':
    case 'strong':
      return emphasised(inlineOf(children, setting), '**', 'strong', before, after);
    case 'em':
    case 'i':
      return emphasised(inlineOf(children, setting), '*', 'em', before, after);
    case 'br':
      return ' ';
    case 'wbr':
      return '';
    default:
      return inlineOf(children, setting);
  }
}

/**
 * Marks of emphasis count by the characters around them: beside a letter, with a bracket or a quotation mark inside (as in
 * most Japanese sentences) they would be taken for text. HTML's own element is good Markdown, too.
 */
function emphasised(text: string, marks: string, element: string, before: string, after: string): string {
  const inner = text.trim();
  if (inner === '') return text;
  const isWord = (character: string): boolean => !/[\s\p{P}\p{S}]/u.test(character);
  const opens = isWord(inner.charAt(0)) || !isWord(before);
  const closes = isWord(inner.at(-1) ?? '') || after === '' || !isWord(after);
  const [left, right] = opens && closes ? [marks, marks] : [`<${element}>`, `</${element}>`];
  return `${text.startsWith(' ') ? ' ' : ''}${left}${inner}${right}${text.endsWith(' ') ? ' ' : ''}`;
}

/** What an element says in one line, as bold words. */
export function bold(element: HtmlNode): string {
  const line = lineOf(element);
  return line === '' ? '' : `**${escapeText(line)}**`;
}
