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
  if (lengthOf(name) <= KEPT_OF_NAME) return name;
  let kept = '';
  let length = 0;
  for (const character of name) {
    length += lengthOf(character);
    if (length > KEPT_OF_NAME) break;
    kept += character;
  }
  return kept;
}

/** A character as the bytes that it has in UTF-8, each after a percent sign. */
function escape(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
