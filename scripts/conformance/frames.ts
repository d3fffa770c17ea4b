/** Log frames as bytes: four of type, four of length, eight of microseconds, the message [M]; big-endian. */
import type { Frame } from './case.ts';

const HEAD = 16;

/** Reads frames one behind the other. Throws RangeError where the bytes break off. */
export function parseFrames(bytes: Uint8Array): Frame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = view.getUint32(at + 4);
    const message = new TextDecoder().decode(bytes.subarray(at + HEAD, at + HEAD + length));
    frames.push({ type: `0x${view.getUint32(at).toString(16)}`, length, message });
    at += HEAD + length;
  }
  return frames;
}
