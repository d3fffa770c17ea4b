/** Characters that nobody sees in a name: controls, formats (directions among them), line ends, halves of characters. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
