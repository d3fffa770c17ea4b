/** The beginning of bytes that are no text, as programmers look at it. */

const ROW = 16;

/** Rows of an offset, sixteen bytes and what of them is printable; `rows` of them at most. */
export function bytesToHexHead(bytes: Uint8Array, rows = 8): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, rows * ROW); at += ROW) {
    const row = bytes.subarray(at, at + ROW);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(row, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join(
      '',
    );
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${text}`);
  }
  return lines.join('\n');
}

/** The text that the bytes are, in UTF-8; null when they are none. Of more than `most` bytes their beginning decides. */
export function bytesToTextOrNull(bytes: Uint8Array, most = Infinity): string | null {
  const head = bytes.subarray(0, most);
  // No text has a zero in it, though UTF-8 would allow it.
  if (head.includes(0)) return null;
  try {
    // A character that is cut apart by the end of the head is none of it.
    const stream = head.length < bytes.length;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head, { stream });
  } catch {
    return null;
  }
}
