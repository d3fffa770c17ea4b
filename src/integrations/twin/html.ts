/** A built page's elements, as far as its Markdown needs them. */
import { parseDocument } from 'htmlparser2';

/** Anything in a page: an element, a text, a comment. */
export type HtmlNode = ReturnType<typeof parseDocument>['children'][number];

/** An element with its attributes and what is in it. */
export type HtmlElement = Extract<HtmlNode, { attribs: object }>;

/** The DOM's number for a text. */
export const TEXT = 3;

/** The nodes of a page. */
export function parseHtml(html: string): readonly HtmlNode[] {
  return parseDocument(html).children;
}

/** Whether a node is an element. */
export function isElement(node: HtmlNode): node is HtmlElement {
  return 'attribs' in node;
}

/** Whether an element has a class. */
export function hasClass({ attribs }: HtmlElement, name: string): boolean {
  return (attribs.class ?? '').split(/\s+/).includes(name);
}

/** Every element below some nodes that a test passes, in the page's order. */
export function findAll(
  nodes: readonly HtmlNode[],
  isWanted: (element: HtmlElement) => boolean,
): readonly HtmlElement[] {
  return nodes.filter(isElement).flatMap((element) => {
    const inner = findAll(element.children, isWanted);
    return isWanted(element) ? [element, ...inner] : inner;
  });
}

/** The first of them, or null. */
export function find(
  nodes: readonly HtmlNode[],
  isWanted: (element: HtmlElement) => boolean,
): HtmlElement | null {
  return findAll(nodes, isWanted)[0] ?? null;
}

/** The first element of a class below some nodes, or null. */
export function findClass(nodes: readonly HtmlNode[], name: string): HtmlElement | null {
  return find(nodes, (element) => hasClass(element, name));
}

/** The first element of a name below some nodes, or null. */
export function findName(nodes: readonly HtmlNode[], name: string): HtmlElement | null {
  return find(nodes, (element) => element.name === name);
}

/** The text of a node, blanks and all; a `<br>` ends a line. */
export function textOf(node: HtmlNode): string {
  if (isElement(node)) {
    if (node.name === 'br') return '\n';
    return node.children.map(textOf).join('');
  }
  return 'data' in node && node.nodeType === TEXT ? node.data : '';
}

/** The same in one line, as a sentence is read. */
export function lineOf(node: HtmlNode): string {
  return textOf(node).replaceAll(/\s+/g, ' ').trim();
}
