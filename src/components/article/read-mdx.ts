/**
 * What an article's MDX is made of, as the engine reads it that also builds the page. Nothing else in the project looks
 * for tags, headings, code or comments in an article's text.
 *
 * The site's own setting of the engine differs in its quotation marks and dashes alone, which move nothing.
 */
import { mdxToMdast, type MdastNode } from 'satteri';

/** A piece of the text: where it begins, and the place behind its end. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A component or element: its span reaches from the `<` of its first tag to the `>` of its last. */
export interface MdxElement extends Span {
  readonly name: string;
  /**
   * Its attributes by name, those that a constant brings (`{...lab}`) among them: a text without its quotes, an
   * expression without its braces, an empty text for a name alone. Of two of one name the later counts, as in JSX.
   */
  readonly attributes: ReadonlyMap<string, string>;
  /** Each attribute as JSX writes it: `example="a"`, `asks={false}`, `{...lab}`. */
  readonly written: readonly string[];
  /** What is between its two tags; null where it is a single tag that closes itself. */
  readonly content: Span | null;
}

/** A heading: its span has its marks, its text has not. */
export interface Heading extends Span {
  readonly depth: number;
  readonly text: string;
}

/** An article's text, read. All lists are in the order of the text. */
export interface Mdx {
  readonly elements: readonly MdxElement[];
  readonly headings: readonly Heading[];
  /** Blocks of code, and code within sentences. */
  readonly blocks: readonly Span[];
  readonly inlineCode: readonly Span[];
  /** What is JavaScript: imports, exports, and expressions, which comments are as well. */
  readonly scripts: readonly Span[];
  readonly frontmatter: Span | null;
}

/** The constants that a text exports, by name: of each the properties whose value is a text. */
type Constants = ReadonlyMap<string, ReadonlyMap<string, string>>;

type Node<Type extends MdastNode['type']> = Extract<MdastNode, { type: Type }>;
type JsxNode = Node<'mdxJsxFlowElement'> | Node<'mdxJsxTextElement'>;

/** Reads a text of MDX. Throws Error with line and column when it is none, as the build does. */
export function readMdx(source: string): Mdx {
  const nodes = [...nodesOf(mdxToMdast(source))];
  const ofType = <Type extends MdastNode['type']>(...types: readonly Type[]): readonly Node<Type>[] =>
    nodes.filter((node): node is Node<Type> => types.some((type) => type === node.type));
  const [frontmatter] = ofType('yaml');
  const constants = new Map(ofType('mdxjsEsm').flatMap(({ value }) => [...constantsIn(value)]));
  return {
    elements: ofType('mdxJsxFlowElement', 'mdxJsxTextElement').map((node) =>
      elementOf(node, source, constants),
    ),
    headings: ofType('heading').map((node) => headingOf(node, source)),
    blocks: ofType('code').map(spanOf),
    inlineCode: ofType('inlineCode').map(spanOf),
    scripts: ofType('mdxjsEsm', 'mdxFlowExpression', 'mdxTextExpression').map(spanOf),
    frontmatter: frontmatter === undefined ? null : spanOf(frontmatter),
  };
}

/** The elements of a name, in order. */
export function elementsNamed({ elements }: Mdx, name: string): readonly MdxElement[] {
  return elements.filter((element) => element.name === name);
}

/** Whether one span lies within another, or is the same. */
export function liesWithin(inner: Span, outer: Span | null): boolean {
  return outer !== null && outer.start <= inner.start && inner.end <= outer.end;
}

function* nodesOf(node: MdastNode): Generator<MdastNode> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

function spanOf({ position }: MdastNode): Span {
  const [start, end] = [position?.start.offset, position?.end.offset];
  if (start === undefined || end === undefined) throw new TypeError('The engine gives no place in the text.');
  return { start, end };
}

function elementOf(node: JsxNode, source: string, constants: Constants): MdxElement {
  const span = spanOf(node);
  const attributes = new Map<string, string>();
  const written: string[] = [];
  for (const attribute of node.attributes) {
    if (attribute.type === 'mdxJsxExpressionAttribute') {
      const spread = constants.get(attribute.value.replace(/^\s*\.{3}/, '').trim());
      for (const [name, value] of spread ?? []) attributes.set(name, value);
      written.push(`{${attribute.value}}`);
      continue;
    }
    const { name, value } = attribute;
    attributes.set(name, typeof value === 'object' ? (value?.value ?? '') : (value ?? ''));
    if (typeof value === 'string') written.push(`${name}="${value}"`);
    else written.push(value ? `${name}={${value.value}}` : name);
  }
  return { ...span, name: node.name ?? '', attributes, written, content: contentOf(node, source) };
}

/** The engine gives the place of an element and of what is in it, not of its tags. */
function contentOf(node: JsxNode, source: string): Span | null {
  const { start, end } = spanOf(node);
  // Without a name it is a fragment, whose end is `</>`.
  if (node.name !== null && node.children.length === 0 && source.slice(start, end).endsWith('/>'))
    return null;
  const closing = source.lastIndexOf('</', end - 1);
  const [first] = node.children;
  const inside = first === undefined ? closing : spanOf(first).start;
  return { start: source.lastIndexOf('>', inside - 1) + 1, end: closing };
}

function headingOf(node: Node<'heading'>, source: string): Heading {
  const [first, last] = [node.children.at(0), node.children.at(-1)];
  const text = first && last ? source.slice(spanOf(first).start, spanOf(last).end) : '';
  return { ...spanOf(node), depth: node.depth, text };
}

/** This is JavaScript, which the engine leaves as it is written: objects of texts, `export const lab = { … };`. */
function constantsIn(script: string): Constants {
  return new Map(
    Array.from(script.matchAll(/^export const (\w+) = \{([^}]*)\}/gm), ([, name = '', body = '']) => [
      name,
      new Map(Array.from(body.matchAll(/(\w+): '([^']*)'/g), ([, key = '', value = '']) => [key, value])),
    ]),
  );
}
