/**
 * A text as it is compared: width, case, hiragana and katakana, and the long vowel of loanwords make no difference. Each
 * character of the folded text knows where it was, so what is found can be marked in the text itself.
 */

/** A text and its folded form. */
export interface Folded {
  readonly text: string;
  /** For each character of `text`, and for the place behind the last, where it begins in the original. */
  readonly places: readonly number[];
}

/** A character with the marks that belong to it: half-width katakana write their voicing apart. */
const CHARACTER = /.[\u3099\u309A\uFF9E\uFF9F\p{M}]*/gsu;
/** Texts without this have folded characters of the same places: all of theirs are one character each. */
const MOVES =
  /[^\t -\u007E\u00A0-\u00A7\u2018\u2019\u201C\u201D\u3000-\u3096\u30A1-\u30FA\u30FB\u4E00-\u9FFF\uFF01-\uFF60]/u;

/** Folds a text with the places of its characters. */
export function foldWithPlaces(original: string): Folded {
  const pieces: string[] = [];
  const places: number[] = [];
  const add = (folded: string, place: (at: number) => number): void => {
    pieces.push(folded);
    places.push(...Array.from({ length: folded.length }, (_, at) => place(at)));
  };
  for (const { 0: line, index: begin } of original.matchAll(/[^ー\n]+|[ー\n]/g)) {
    if (!MOVES.test(line)) {
      add(fold(line), (at) => begin + at);
      continue;
    }
    for (const { 0: character, index } of line.matchAll(CHARACTER)) add(fold(character), () => begin + index);
  }
  places.push(original.length);
  return { text: pieces.join(''), places };
}

/** ASCII: nothing of it changes but its case. */
const PLAIN = /^[\t-~]*$/;

/** The folded text alone. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      // サーバー and サーバ are one word.
      .replaceAll('ー', '')
      .replaceAll(/[‘’]/g, "'")
      .replaceAll(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
  );
}
