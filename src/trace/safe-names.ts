/** What does a file system take as one name? Names that are harmless stay as they are. */
import { UNSEEN_IN_NAMES } from './unseen.ts';

/** Bytes of one name that file systems take. */
const MAX_NAME = 255;
/** So much of a name that is too long stays, which leaves room for what tells it from another one. */
const KEPT_OF_NAME = 240;

/** The name of one file or folder for any text: it leads to no other folder, and is no longer than names may be. */
export function toSafeName(part: string): string {
  if (part === '') return '%';
  if (part === '.' || part === '..') return part.replaceAll('.', '%2E');
  const plain = part
    // A backslash divides names on some systems.
    .replaceAll(new RegExp(`\\\\|${UNSEEN_IN_NAMES.source}`, 'gu'), escape)
    // On Windows these are devices, whatever follows the dot, and a name ends in neither of the last two.
    .replace(
      /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?=\.|$)/i,
      (device) => escape(device.charAt(0)) + device.slice(1),
    )
    .replace(/[. ]$/, escape);
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

/** A character as the bytes that it has in UTF-8, each after a percent sign. */
function escape(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
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
