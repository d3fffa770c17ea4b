/**
 * Markup as a value: what the build writes into a page and an element makes again in the browser comes from one
 * place. Text stays text in both; nothing is ever read as HTML.
 */
export type Markup = string | Tag;

export interface Tag {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Markup[];
}

/** Elements that hold nothing, and have no end. */
const VOID: ReadonlySet<string> = new Set(['br']);

/** An element; an attribute that is null is left out. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | null>>,
  ...children: readonly Markup[]
): Tag {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null);
  return { tag: name, attributes: Object.fromEntries(given), children };
}

export function markupToHtml(markup: Markup): string {
  if (typeof markup === 'string') return escape(markup);
  const { tag, attributes, children } = markup;
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  if (VOID.has(tag)) return `<${tag}${written.join('')}>`;
  const inside = children.map(markupToHtml).join('');
  // The parser drops a newline that follows <pre> at once.
  const newline = tag === 'pre' && inside.startsWith('\n') ? '\n' : '';
  return `<${tag}${written.join('')}>${newline}${inside}</${tag}>`;
}

export function markupToText(markup: Markup): string {
  return typeof markup === 'string' ? markup : markup.children.map(markupToText).join('');
}

export function markupToNode(markup: Markup, document: Document): ChildNode {
  if (typeof markup === 'string') return document.createTextNode(markup);
  const element = document.createElement(markup.tag);
  for (const [name, value] of Object.entries(markup.attributes)) element.setAttribute(name, value);
  for (const child of markup.children) element.append(markupToNode(child, document));
  return element;
}

/** A carriage return has to be named, or the parser makes a newline of it. */
function escape(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
