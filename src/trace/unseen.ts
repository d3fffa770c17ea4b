/** Characters that are not seen, and those that turn the direction in which others are: what to do with them is their reader's. */

/** Characters that nobody sees in a name: controls, formats (directions among them), line ends, halves of characters. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Between letters, or in an emoji, these two are a part of how that is written. */
const JOINER = String.raw`(?<=[\p{L}\p{M}\p{Extended_Pictographic}\ufe0f])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}])`;

/** As above, but for what joins letters or makes an emoji. */
export const UNSEEN_IN_NAMES = new RegExp(`(?!${JOINER})${UNSEEN.source}`, 'u');

/** Controls of direction: one that is left open turns round what follows, up to the end of its paragraph. */
export const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Those that turn round what is beside them, and letters that run from right to left (the last four begin letters of further planes). */
const TURNED =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\ud802\ud803\ud83a\ud83b]/;

/** What a character is called where it is not seen: `U+202E`. */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * A text of anybody's within a sentence: it leaves the order of the words around it alone. Its controls of direction are
 * named, and where its letters run from right to left it is isolated.
 */
export function isolated(text: string): string {
  if (!TURNED.test(text)) return text;
  return `\u2068${withTurnsNamed(text)}\u2069`;
}

/** A text whose controls of direction are named in their places. */
export function withTurnsNamed(text: string): string {
  return text.replaceAll(new RegExp(TURNS, 'g'), codeOf);
}

/** What is inside of a sentence's code, which isolates by itself. */
export function withoutIsolates(code: string): string {
  return code.replaceAll(/[\u2068\u2069]/g, '');
}
