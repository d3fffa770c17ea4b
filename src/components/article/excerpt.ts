/** Some lines of a file, and the number of the first. */
export interface Excerpt {
  readonly first: number;
  readonly lines: readonly string[];
}

/**
 * The lines of a file around one of them: back to the nearest line that begins with `from`, on to the
 * nearest that begins with `to` (indentation aside). Naming lines by their words keeps an excerpt right
 * when the file grows; words that are not found end the build.
 */
export function excerptAround(text: string, line: number, from: string, to: string): Excerpt {
  const lines = text.split('\n');
  const begins = (words: string) => (candidate: string) => candidate.trimStart().startsWith(words);
  const first = lines.slice(0, line).findLastIndex(begins(from)) + 1;
  const last = lines.findIndex((candidate, index) => index >= line - 1 && begins(to)(candidate)) + 1;
  if (first === 0) throw new RangeError(`No line before line ${line} begins with "${from}".`);
  if (last === 0) throw new RangeError(`No line after line ${line} begins with "${to}".`);
  return { first, lines: lines.slice(first - 1, last) };
}
