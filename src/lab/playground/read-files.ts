/** Files that a reader brings, as texts: what is no text, or too much, is named and left. */

/** Bytes of one file: code is less, and an editor could not hold much more. */
const MAX_BYTES = 262_144;

/** A file's text, or why there is none: the name of a sentence (`playground.live.refused`). */
export type ReadFile = { readonly text: string } | { readonly fault: 'binary' | 'large' | 'unreadable' };

/** Reads one. */
export async function readTextFile(file: Pick<Blob, 'size' | 'arrayBuffer'>): Promise<ReadFile> {
  if (file.size > MAX_BYTES) return { fault: 'large' };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    // A folder, or a file that has gone since.
    return { fault: 'unreadable' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? { fault: 'binary' } : { text };
  } catch {
    return { fault: 'binary' };
  }
}
