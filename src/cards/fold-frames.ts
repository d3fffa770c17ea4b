/** Which frames are drawn where there are more than there is room for? */
import { FOLD, GAP, ROW } from './geometry.ts';

/** The frames to draw, null where the others are left out, and how many these are. */
export interface Folded<Frame> {
  readonly shown: readonly (Frame | null)[];
  readonly count: number;
}

/**
 * The outermost frame and the last ones stay, and the fold stands between them for two frames or more. Where there is not even
 * room for that, the fold stands above the last one.
 */
export function foldFrames<Frame>(frames: readonly Frame[], room: number, row = ROW): Folded<Frame> {
  const [first, ...others] = frames;
  if (first === undefined || frames.length * (row + GAP) - GAP <= room) return { shown: frames, count: 0 };
  const rows = Math.floor((room - FOLD) / (row + GAP));
  const last = Math.min(rows - 1, frames.length - 3);
  if (last < 1) return { shown: [null, ...frames.slice(-1)], count: frames.length - 1 };
  return { shown: [first, null, ...others.slice(-last)], count: frames.length - 1 - last };
}
