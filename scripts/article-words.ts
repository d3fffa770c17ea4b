/**
 * What of an article's file is words and what is markup. Nothing is cut out: what is no word is overwritten with
 * spaces, so a place in the words is the same place in the file.
 */
import { elementsNamed, readMdx, type Span } from '../src/components/article/read-mdx.ts';

/** What is overwritten, until it is known what shall stand there: no text holds this letter. */
const FILLING = '\u{e000}';

/** How the words of an article are wanted. */
export interface WordsOptions {
  /** Parts whose words do not count either, by the names of their tags. */
  readonly without?: readonly string[];
  /** One letter in the place of what a component writes, where it stands alone; a space unless told otherwise. */
  readonly standIn?: string;
  /** Leaves out what is no word, instead of writing spaces: then only the lines are where they are in the file. */
  readonly compact?: boolean;
}

/** The words of an article: its title, its description, its text, each where it stands in the file. */
export function wordsOf(source: string, options: WordsOptions = {}): string {
  const { without = [], standIn = FILLING, compact = false } = options;
  const mdx = readMdx(source);
  const parts = without.flatMap((name) => elementsNamed(mdx, name).map(({ content }) => content));
  let words = source;
  for (const span of [...mdx.blocks, ...mdx.scripts, ...parts]) {
    if (span !== null) words = overwrite(words, span);
  }
  for (const { start, end, content } of mdx.elements) {
    if (content === null) words = overwrite(words, { start, end }, standIn);
    else {
      words = overwrite(words, { start, end: content.start });
      words = overwrite(words, { start: content.end, end });
    }
  }
  if (mdx.frontmatter !== null) {
    const { start, end } = mdx.frontmatter;
    words = words.slice(0, start) + blankFrontmatter(words.slice(start, end)) + words.slice(end);
  }
  return words.replaceAll(FILLING, compact ? '' : ' ');
}

/** The number of the line that a place in a text is on. */
export function lineOf(text: string, place: number): number {
  return text.slice(0, place).split('\n').length;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, FILLING);
}

/** Of frontmatter, the title and the description are words. */
function blankFrontmatter(text: string): string {
  return text.replace(/^(?!(?:title|description):).*$/gm, blank).replace(/^(?:title|description):/gm, blank);
}

function overwrite(text: string, { start, end }: Span, first?: string): string {
  const filled = blank(text.slice(start, end));
  return text.slice(0, start) + (first === undefined ? filled : first + filled.slice(1)) + text.slice(end);
}
