/** Looks for some words in every text of a dump. */

/** A line that has them. */
export interface Hit {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The line, cut to what can be shown around the first place. */
  readonly text: string;
  /** Where the words stand in `text`. */
  readonly at: number;
}

/** What a search has found. */
export interface Hits {
  readonly hits: readonly Hit[];
  /** Files that have the words at all. */
  readonly files: number;
  /** Whether there are more than are told. */
  readonly isCut: boolean;
}

/** Characters of a line that are shown before the words, and in all. */
const BEFORE = 40;
const SHOWN = 160;

/**
 * The lines with the words, in the files' order; letters of either case, unless a capital is asked for. Files of bytes (a NUL among
 * the first 8,000) are passed over.
 */
export function searchDump(files: ReadonlyMap<string, Uint8Array>, words: string, most = 500): Hits {
  const isExact = words !== words.toLowerCase();
  const wanted = isExact ? words : words.toLowerCase();
  const hits: Hit[] = [];
  let found = 0;
  if (wanted === '') return { hits, files: 0, isCut: false };
  const decoder = new TextDecoder();
  for (const [path, bytes] of files) {
    if (bytes.subarray(0, 8000).includes(0)) continue;
    const text = decoder.decode(bytes);
    const compared = isExact ? text : text.toLowerCase();
    let at = compared.indexOf(wanted);
    if (at < 0) continue;
    found += 1;
    // Lower case may be longer than the text (İ): lines are counted in what was searched, and shown from it then.
    const shown = compared.length === text.length ? text : compared;
    let line = 1;
    let counted = 0;
    while (at >= 0) {
      if (hits.length >= most) {
        return { hits, files: found, isCut: true };
      }
      for (let end = shown.indexOf('\n', counted); end >= 0 && end < at; end = shown.indexOf('\n', counted)) {
        line += 1;
        counted = end + 1;
      }
      const next = shown.indexOf('\n', at);
      const end = next < 0 ? shown.length : next;
      const begin = Math.max(counted, at - BEFORE);
      hits.push({ path, line, text: shown.slice(begin, Math.min(end, begin + SHOWN)), at: at - begin });
      at = next < 0 ? -1 : compared.indexOf(wanted, end + 1);
    }
  }
  return { hits, files: found, isCut: false };
}
