/** What the files of an archive are called here: a path that stays below one folder, in letters that can be seen. */
import { UNSEEN } from '../trace/unseen.ts';

/** Why one file of an archive is left out; the name of its words (`dump.leftOut`). */
export type LeftOutReason =
  /** A symbolic link: it is not followed. */
  | 'link'
  /** No file: a device, a pipe. */
  | 'special'
  /** A path that leads out of the archive. */
  | 'outside'
  /** Another file of the archive has the same path already. */
  | 'duplicate'
  /** A name of no letters at all. */
  | 'nameless';

const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');

/**
 * The path of a file below the archive's root: an absolute one loses its beginning (`/var/runtime/a.py` → `var/runtime/a.py`, and
 * a drive's letter), characters that nobody sees are written as their code. Or the reason why it can't have one.
 */
export function toDumpPath(name: string): { readonly path: string } | { readonly reason: LeftOutReason } {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:\//, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return { reason: 'outside' };
  if (parts.length === 0) return { reason: 'nameless' };
  const path = parts
    .join('/')
    .replace(
      EACH_UNSEEN,
      (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
  return { path };
}

/** The upper half of code page 437, in which old zip writers named files. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name from its bytes: UTF-8 where they are that (whatever a flag says), code page 437 in a zip, Latin-1 elsewhere. */
export function readName(bytes: Uint8Array, otherwise: 'cp437' | 'latin1'): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte < 0x80 || otherwise === 'latin1' ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? '?'),
    ).join('');
  }
}
