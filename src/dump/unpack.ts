/** Unpacks deflate and gzip, up to a bound that holds while it unpacks. Synchronous: it runs in a worker. */
import { Gunzip, Inflate } from 'fflate';
import { joinBytes } from '../platforms/shared/bytes.ts';
import { crc32 } from '../platforms/shared/crc32.ts';
import { DumpFault } from './dump-fault.ts';

/** Bytes that go in at once: deflate makes at most some thousand times as many before anybody looks. */
const PIECE = 16 * 1024;

/** Unpacks raw deflate data of which `size` bytes should come. Throws `DumpFault` (`damaged`, about the file). */
export function inflate(data: Uint8Array, size: number, name: string): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  const stream = new Inflate((piece) => {
    if (at + piece.length > size) throw new DumpFault('damaged', name);
    whole.set(piece, at);
    at += piece.length;
  });
  feed(stream, data, name);
  if (at !== size) throw new DumpFault('damaged', name);
  return whole;
}

/** Unpacks a gzip file. Throws `DumpFault`: `bomb` above `most` bytes, `cut` or `damaged`. */
export function gunzip(data: Uint8Array, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Gunzip((piece) => {
    size += piece.length;
    if (size > most) throw new DumpFault('bomb', Math.round(most / 1e6));
    pieces.push(piece);
  });
  // A further member would begin where another one has ended, and its check sum would be that of a part.
  let members = 1;
  stream.onmember = () => (members += 1);
  feed(stream, data, '');
  const whole = joinBytes(pieces);
  if (data.length < 18) throw new DumpFault('cut');
  const trailer = new DataView(data.buffer, data.byteOffset + data.length - 8, 8);
  if (members <= 1 && trailer.getUint32(4, true) !== size >>> 0) throw new DumpFault('cut');
  if (members <= 1 && trailer.getUint32(0, true) !== crc32(whole)) throw new DumpFault('damaged');
  return whole;
}

function feed(
  stream: { push(chunk: Uint8Array, isLast: boolean): void },
  data: Uint8Array,
  name: string,
): void {
  try {
    for (let begin = 0; begin === 0 || begin < data.length; begin += PIECE) {
      const end = begin + PIECE;
      stream.push(data.subarray(begin, end), end >= data.length);
    }
  } catch (error) {
    if (error instanceof DumpFault) throw error;
    throw new DumpFault(/EOF/i.test(String(error)) ? 'cut' : 'damaged', name);
  }
}
