/** Characters that are not seen, and those that turn the direction in which others are: what to do with them is their reader's. */

/** Characters that nobody sees in a name: controls, formats (directions among them), line ends, halves of characters. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** As above, but for the two that belong to how letters or signs are written on both of their sides, as in an emoji. */
export const UNSEEN_IN_NAMES = new RegExp(
  String.raw`(?!(?<=[\p{L}\p{M}\p{S}\ufe0f])[\u200c\u200d](?=[\p{L}\p{S}]))${UNSEEN.source}`,
  'u',
);

/** Controls of direction: one that is left open turns round what follows, up to the end of its paragraph. */
export const TURNS = /\p{Bidi_Control}/u;

/** Those, and letters that run from right to left. */
const TURNED =
  /[\p{Bidi_Control}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What a character is called where it is not seen: `U+202E`. */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text whose controls of direction are named in their places. */
export function withTurnsNamed(text: string): string {
  return text.replaceAll(new RegExp(TURNS, 'gu'), codeOf);
}

/**
 * A text of anybody's within a sentence: it leaves the order of the words around it alone. Its controls of direction are
 * named, and where its letters run from right to left it is isolated.
 */
export function isolated(text: string): string {
  return TURNED.test(text) ? `\u2068${withTurnsNamed(text)}\u2069` : text;
}
