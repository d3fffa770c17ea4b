/** From what was pasted or dropped to its text: packed or not, in UTF-8 or UTF-16. Stops at the page's limits. Throws `ReadFault`. */
import { MOST_BYTES, MOST_LINES } from './limits.ts';
import { ReadFault, type PasteSource, type Progress } from './told.ts';

/** The text of a source. */
export async function readSource(
  source: PasteSource,
  onProgress: (progress: Progress) => void,
): Promise<string> {
  const given = 'text' in source ? source.text : await readFile(source.file, onProgress);
  // With the breaks of old Macs alone it would be one line. Beside others they are a part of what was logged.
  const text = given.includes('\n') ? given : given.replaceAll('\r', '\n');
  if (text.length > MOST_BYTES) throw new ReadFault('tooLong');
  if (hasMoreLines(text, MOST_LINES)) throw new ReadFault('tooMany');
  return text;
}

/** Whether a text has more than so many lines. */
export function hasMoreLines(text: string, most: number): boolean {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    count += 1;
    if (count > most) return true;
  }
  return false;
}

async function readFile(file: File, onProgress: (progress: Progress) => void): Promise<string> {
  if (file.size > MOST_BYTES) throw new ReadFault('tooLong');
  const isPacked = await beginsPacked(file);
  let done = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        done += piece.length;
        onProgress({ done, all: file.size });
        controller.enqueue(piece);
      },
    }),
  );
  const bytes = isPacked
    ? await collect(counted.pipeThrough(new DecompressionStream('gzip')), 'damaged')
    : await collect(counted, 'unreadable');
  return toText(bytes);
}

/** By gzip's own first bytes: names lie. */
async function beginsPacked(file: File): Promise<boolean> {
  try {
    const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
    return first === 0x1f && second === 0x8b;
  } catch {
    // A folder has a name and a size, and can't be read.
    throw new ReadFault('unreadable');
  }
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  fault: 'damaged' | 'unreadable',
): Promise<Uint8Array> {
  const reader = stream.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const read = await reader.read().catch(() => {
      throw new ReadFault(fault);
    });
    if (read.done) break;
    size += read.value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new ReadFault('tooLong');
    }
    pieces.push(read.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** Characters that stand for what was no text, out of so many: more of them and the file is none. */
const MOST_ODD = 0.02;

function toText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  const beginning = text.slice(0, 65_536);
  const odd = beginning.match(/[\0\ufffd]/g)?.length ?? 0;
  if (odd > beginning.length * MOST_ODD) throw new ReadFault('noText');
  return text;
}
