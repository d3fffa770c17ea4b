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

/** Folds a text with the places of its characters. */
export function foldWithPlaces(original: string): Folded {
  let text = '';
  const places: number[] = [];
  for (const { 0: character, index } of original.matchAll(CHARACTER)) {
    const folded = foldCharacter(character);
    for (let at = 0; at < folded.length; at += 1) places.push(index);
    text += folded;
  }
  places.push(original.length);
  return { text, places };
}

/** The folded text alone. */
export function fold(original: string): string {
  return original.replaceAll(CHARACTER, foldCharacter);
}

function foldCharacter(character: string): string {
  const plain = character.normalize('NFKC').toLowerCase();
  // サーバー and サーバ are one word; so are the dashes that people type for the long vowel.
  if (plain === 'ー') return '';
  if (plain === '’' || plain === '‘') return "'";
  return plain.replaceAll(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}
