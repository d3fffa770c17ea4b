/** What a Markdown file says to a reader of Markdown: the engine that reads this is not the code that wrote it. */
import { markdownToMdast, type MdastNode } from 'satteri';

/** A Markdown file, read. All lists are in the order of the text. */
export interface ReadTwin {
  readonly headings: readonly { readonly depth: number; readonly text: string }[];
  readonly code: readonly string[];
  readonly links: readonly { readonly address: string; readonly text: string }[];
  /** All that is to be read in sentences, lists and tables, without blanks. */
  readonly words: string;
  /** The facts before the text, as they are written. */
  readonly front: string;
}

/** Reads a Markdown file. */
export function readTwin(source: string): ReadTwin {
  const nodes = [...nodesOf(markdownToMdast(source))];
  const ofType = <Type extends MdastNode['type']>(
    type: Type,
  ): readonly Extract<MdastNode, { type: Type }>[] =>
    nodes.filter((node): node is Extract<MdastNode, { type: Type }> => node.type === type);
  return {
    headings: ofType('heading').map((node) => ({ depth: node.depth, text: wordsOf(node) })),
    code: ofType('code').map(({ value }) => value),
    links: ofType('link').map((node) => ({ address: node.url, text: wordsOf(node) })),
    words: nodes.map((node) => ('value' in node && isSaid(node) ? withoutBlanks(node.value) : '')).join(''),
    front: ofType('yaml')[0]?.value ?? '',
  };
}

/** A text without its blanks: where a line ends is no part of what it says. */
export function withoutBlanks(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

function* nodesOf(node: MdastNode): Generator<MdastNode> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

function isSaid(node: MdastNode): node is Extract<MdastNode, { type: 'text' | 'inlineCode' }> {
  return node.type === 'text' || node.type === 'inlineCode';
}

function wordsOf(node: MdastNode): string {
  return Array.from(nodesOf(node), (inner) => (isSaid(inner) ? withoutBlanks(inner.value) : '')).join('');
}
