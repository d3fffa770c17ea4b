/**
 * Log frames as the runtime writes them: four bytes of type, four of length, eight of microseconds since 1970, the
 * message [M]; numbers are big-endian.
 */
const HEAD = 16;
/** Clients of Python 3.8 write frames of this type, without a time [M]. */
const TIMELESS = 0xa55a0001;

/** One frame without its time. */
export interface LogFrame {
  readonly type: number;
  /** Bytes of the message. */
  readonly length: number;
  readonly message: string;
}

/** The complete frames at the beginning of these bytes, and the bytes behind them. */
export function readFrames(bytes: Uint8Array): { readonly frames: LogFrame[]; readonly rest: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: LogFrame[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const type = view.getUint32(at);
    const length = view.getUint32(at + 4);
    const begin = at + (type === TIMELESS ? 8 : HEAD);
    const end = begin + length;
    if (end > bytes.length) break;
    const message = new TextDecoder().decode(bytes.subarray(begin, end));
    frames.push({ type, length, message });
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}
