/** The heading of a picture: in the first of its settings, from large to small, that it fits. */
import { balance, phrasesOf, wrapData } from './break-lines.ts';
import type { FaceName } from './faces.ts';
import { INNER, SIDE } from './geometry.ts';
import type { Pen } from './pen.ts';

/** A text of ours that has no room in any of its settings. */
export class DoesNotFit extends Error {
  override name = 'DoesNotFit';
}

/** A size, and the lines that are allowed at that size. */
type Size = readonly [size: number, lines: number];

/** For each kind of page the sizes of its heading, tried from left to right. */
// prettier-ignore
export const HEADINGS = {
  stop: [[68, 1], [60, 1], [60, 2], [52, 2]],
  end: [[84, 1], [76, 1], [72, 2], [60, 2]],
  article: [[92, 1], [84, 1], [80, 2], [68, 2], [60, 3]],
  error: [[56, 1], [52, 1], [50, 2], [44, 2], [48, 3], [44, 3], [36, 4]],
} as const satisfies Record<string, readonly Size[]>;

interface HeadingPlace {
  readonly x?: number;
  readonly top: number;
  readonly room?: number;
  readonly face?: FaceName;
  readonly settings: readonly Size[];
  readonly colour: string;
  /** How it breaks. */
  readonly breaks: 'words' | 'kana';
}

/** A drawn text, and where below it the next thing may begin. */
export interface Drawn {
  readonly drawn: string;
  readonly below: number;
}

/** Draws a heading. Throws DoesNotFit; recorded text (in `monoBold`) ends in dots instead. */
export function drawHeading(pen: Pen, text: string, place: HeadingPlace): Drawn {
  const { x = SIDE, top, room = INNER, face = 'bold', settings, colour, breaks } = place;
  const set = (lines: readonly string[], size: number): Drawn => {
    const leading = Math.round(size * (breaks === 'kana' ? 1.3 : 1.16));
    const baseline = top + Math.round(size * 0.8);
    return {
      drawn: lines
        .map((line, index) => pen.write(line, x, baseline + index * leading, { face, size }, colour))
        .join(''),
      below: top + size + (lines.length - 1) * leading,
    };
  };
  for (const [size, count] of settings) {
    const lines = balance(phrasesOf(text, breaks), count, (line) => pen.width(line, { face, size }), room);
    if (lines !== null) return set(lines, size);
  }
  const last = settings.at(-1);
  if (last === undefined || face !== 'monoBold')
    throw new DoesNotFit(`There is no room in a picture for the heading "${text}".`);
  const [size, count] = last;
  return set(
    wrapData(text, count, (rest) => pen.fitting(rest, { face, size }, room)),
    size,
  );
}
