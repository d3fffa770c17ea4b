/** What does a file system take as one name? Names that are harmless stay as they are. */

/** Bytes of one name that file systems take. */
const MAX_NAME = 255;
/** So much of a name that is too long stays, which leaves room for what tells it from another one. */
const KEPT_OF_NAME = 240;

/** The name of one file or folder for any text: it leads to no other folder, and is no longer than names may be. */
export function toSafeName(part: string): string {
  if (part === '') return '%';
  if (part === '.' || part === '..') return part.replaceAll('.', '%2E');
  // A backslash divides names on some systems; what is below a space is no part of a name on most.
  // eslint-disable-next-line no-control-regex
  const plain = part.replaceAll(/[\0-\x1f\x7f\\]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return lengthOf(plain) <= MAX_NAME ? plain : `${beginningOf(plain)}~`;
}

/** The beginning of a name that leaves room for a number: as many whole characters as fit. */
export function beginningOf(name: string): string {
  let length = 0;
  let kept = 0;
  for (let at = 0; at < name.length && length <= MAX_NAME;) {
    const code = name.codePointAt(at) ?? 0;
    at += code < 0x10000 ? 1 : 2;
    length += bytesOf(code);
    if (length <= KEPT_OF_NAME) kept = at;
  }
  return name.slice(0, length <= KEPT_OF_NAME ? undefined : kept);
}

function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    length += bytesOf(code);
    if (code >= 0x10000) at += 1;
  }
  return length;
}

/** Bytes of a character in UTF-8; half of one is written as U+FFFD, which has three. */
function bytesOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
