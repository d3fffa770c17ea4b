/**
 * Which lines of a file ran? The trace names the first line of each statement; what a bracket or a long string
 * carries on to further lines belongs to it.
 */

/** The numbers of all lines that belong to what ran, counted from 1. */
export function spreadOverStatements(text: string, ran: ReadonlySet<number>): ReadonlySet<number> {
  const lines = new Set<number>();
  let depth = 0;
  let quote: string | null = null;
  let belongs = false;
  for (const [index, line] of text.split('\n').entries()) {
    const number = index + 1;
    if (ran.has(number)) belongs = true;
    else if (depth === 0 && quote === null) belongs = false;
    if (belongs) lines.add(number);
    ({ depth, quote } = scan(line, depth, quote));
  }
  return lines;
}

/** How many brackets, and which long string, are open at the end of a line. */
function scan(
  line: string,
  depth: number,
  quote: string | null,
): { readonly depth: number; readonly quote: string | null } {
  const tokens = /\\.|"""|'''|["'#()[\]{}]/g;
  for (const [token] of line.matchAll(tokens)) {
    if (quote !== null) {
      if (token === quote) quote = null;
    } else if (token === '#') break;
    else if (token.startsWith('"') || token.startsWith("'")) quote = token;
    else if (token === '(' || token === '[' || token === '{') depth += 1;
    else if (!token.startsWith('\\')) depth = Math.max(0, depth - 1);
  }
  // Only a string of three quotes goes on in the next line.
  return { depth, quote: quote?.length === 3 ? quote : null };
}
