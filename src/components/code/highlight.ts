/**
 * Code as HTML, made when the site is built. Every token gets a class (`token-keyword`) and never a
 * style attribute, so that both themes come from the stylesheet and a strict policy can hold.
 */
import { createCssVariablesTheme, createHighlighter, type Highlighter, type ShikiTransformer } from 'shiki';

export type CodeLanguage = 'python' | 'json' | 'shellscript' | 'text';

export interface HighlightOptions {
  readonly language: CodeLanguage;
  /** The number of the first line, where the code is an excerpt. */
  readonly firstLine: number;
  /** Lines that are meant, by their numbers. */
  readonly marked: readonly number[];
  /** Makes every line a target for links, `<idPrefix>-L<number>`, or `L<number>` when it is empty; null leaves the lines without ids. */
  readonly idPrefix: string | null;
}

/** The lines of some code as the inside of `<code>`: one `<span class="line" data-line="…">` each. */
export async function highlightToHtml(code: string, options: HighlightOptions): Promise<string> {
  const highlighter = await (ready ??= prepare());
  const html = highlighter.codeToHtml(code.replace(/\n$/, ''), {
    lang: options.language,
    theme: 'site',
    structure: 'classic',
    transformers: [stylesToClasses, addressLines(options)],
  });
  return html.replace(/^<pre[^>]*><code>|<\/code><\/pre>$/g, '');
}

let ready: Promise<Highlighter> | undefined;

function prepare(): Promise<Highlighter> {
  return createHighlighter({
    themes: [createCssVariablesTheme({ name: 'site', variablePrefix: '--' })],
    langs: ['python', 'json', 'shellscript'],
  });
}

const stylesToClasses: ShikiTransformer = {
  name: 'styles-to-classes',
  span(node) {
    const { style } = node.properties;
    const name = typeof style === 'string' ? /var\(--token-([\w-]+)\)/.exec(style)?.[1] : undefined;
    delete node.properties.style;
    if (name !== undefined) node.properties.class = `token-${name}`;
  },
};

function addressLines({ firstLine, marked, idPrefix }: HighlightOptions): ShikiTransformer {
  return {
    name: 'address-lines',
    line(node, index) {
      const line = firstLine + index - 1;
      node.properties['data-line'] = String(line);
      if (idPrefix !== null) node.properties.id = `${idPrefix === '' ? '' : `${idPrefix}-`}L${String(line)}`;
      if (marked.includes(line)) this.addClassToHast(node, 'is-marked');
    },
  };
}
