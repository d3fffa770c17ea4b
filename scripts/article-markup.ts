/**
 * What of an article's file is words and what is markup. Nothing is cut out: what is no word is overwritten with
 * spaces, so a place in the words is the same place in the file.
 */

/** One component or element in an article's text. */
export interface Tag {
  readonly name: string;
  readonly kind: 'opens' | 'closes' | 'alone';
  readonly attributes: ReadonlyMap<string, string>;
  /** Where its `<` and the place behind its `>` are in the text. */
  readonly start: number;
  readonly end: number;
}

/** A pair of tags of one name and what stands between them. */
export interface Part {
  readonly tag: Tag;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What is overwritten, until it is known what shall stand there: no text holds this letter. */
const FILLING = '\u{e000}';

const FENCE = /^( *)(`{3,}|~{3,})[^\n]*\n.*?^\1\2[ \t]*$/gms;
const COMMENT = /\{\/\*.*?\*\/\}|<!--.*?-->/gs;
const MODULE_LINE = /^(?:export|import)\s[^\n]*$/gm;
const INLINE_CODE = /(`+)(?!`)[^\n]*?[^`\n]?\1(?!`)/g;
const ATTRIBUTE = /([\w:-]+)(?:=(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}))?|\{[^}]*\}/g;
const TAG =
  /<(\/?)([A-Za-z][\w.]*)((?:\s+(?:[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}))?|\{[^}]*\}))*)\s*(\/?)>/g;

/** The text with code blocks, comments and lines of JavaScript overwritten. */
function withoutCode(source: string): string {
  return withoutComments(source.replace(FENCE, blank)).replace(MODULE_LINE, blank);
}

/** The text with its comments overwritten, its code left as it is. */
export function withoutComments(source: string): string {
  return source.replace(COMMENT, blank);
}

/** The blocks of code that stand in the text itself, each by where it begins. */
export function fencesIn(source: string): readonly number[] {
  return Array.from(source.matchAll(FENCE), ({ index }) => index);
}

/** Every component and element of an article, in order; what only looks like one in code does not count. */
export function tagsIn(source: string): readonly Tag[] {
  const text = withoutCode(source).replace(INLINE_CODE, blank);
  return Array.from(text.matchAll(TAG), (match): Tag => {
    const [whole, closes = '', name = '', attributes = '', alone = ''] = match;
    return {
      name,
      kind: closes === '/' ? 'closes' : alone === '/' ? 'alone' : 'opens',
      attributes: new Map(
        Array.from(attributes.matchAll(ATTRIBUTE), ([spread, key, double, single, expression]) => [
          key ?? spread,
          double ?? single ?? expression ?? '',
        ]),
      ),
      start: match.index,
      end: match.index + whole.length,
    };
  });
}

/** What stands between each pair of tags of a name. Throws RangeError when a tag lacks its other half. */
export function partsNamed(source: string, name: string): readonly Part[] {
  const parts: Part[] = [];
  const open: Tag[] = [];
  for (const tag of tagsIn(source).filter((candidate) => candidate.name === name)) {
    if (tag.kind === 'opens') open.push(tag);
    if (tag.kind !== 'closes') continue;
    const opening = open.pop();
    if (opening === undefined)
      throw new RangeError(`line ${lineOf(source, tag.start)}: </${name}> closes nothing`);
    const [start, end] = [opening.end, tag.start];
    parts.push({ tag: opening, start, end, text: source.slice(start, end) });
  }
  const [left] = open;
  if (left !== undefined) throw new RangeError(`line ${lineOf(source, left.start)}: <${name}> is not closed`);
  return parts.toSorted((a, b) => a.start - b.start);
}

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
  let words = withoutCode(source.replace(/^---\r?\n.*?\n---$/ms, blankFrontmatter));
  for (const name of without) {
    for (const { start, end } of partsNamed(source, name)) words = overwrite(words, start, end);
  }
  for (const { start, end, kind } of tagsIn(source)) {
    words = overwrite(words, start, end, kind === 'alone' ? standIn : FILLING);
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

function overwrite(text: string, start: number, end: number, first = FILLING): string {
  return text.slice(0, start) + first + blank(text.slice(start + 1, end)) + text.slice(end);
}
