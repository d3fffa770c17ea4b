/** Log frames as a case tells of them. */
import { readFrames } from '../../src/platforms/lambda-today/frames.ts';
import type { Frame } from './case.ts';

/** Reads frames one behind the other. Throws RangeError where the bytes break off. */
export function parseFrames(bytes: Uint8Array): Frame[] {
  const { frames, rest } = readFrames(bytes);
  if (rest.length > 0) throw new RangeError(`${String(rest.length)} bytes are no frame.`);
  return frames.map(({ type, length, message }) => ({ type: `0x${type.toString(16)}`, length, message }));
}
