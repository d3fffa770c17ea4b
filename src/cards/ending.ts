/** What the client got, in as many lines as there is room for, and what is left of the environment. */
import { wrapData } from './break-lines.ts';
import type { Canvas } from './canvas.ts';
import type { CardEnding } from './card.ts';
import { BOTTOM, INNER, SIDE } from './geometry.ts';
import { DoesNotFit } from './heading.ts';
import { box, lifeSign, outline } from './shapes.ts';

const ANSWER = { face: 'mono', size: 28 } as const;
const LABEL = { face: 'sans', size: 28 } as const;
const LIFE = { face: 'bold', size: 30 } as const;
const LINE_OF_ANSWER = 40;
const MOST_LINES = 4;

/** The end of an invocation, at the foot of the picture, below some height. */
export function drawEnding(
  { pen, colours, words }: Canvas,
  { answer, life }: CardEnding,
  above: number,
): string {
  const lifeWords = words.lives[life];
  if (pen.width(lifeWords, LIFE) > INNER - 42)
    throw new DoesNotFit(`There is no room in a picture for "${lifeWords}".`);
  const sign =
    lifeSign(SIDE + 14, BOTTOM - 19, life, colours.ink) +
    pen.write(lifeWords, SIDE + 42, BOTTOM - 8, LIFE, colours.ink);
  if (answer === undefined) return sign;
  if (answer === null) return pen.write(words.noAnswer, SIDE, BOTTOM - 76, LABEL, colours.muted) + sign;
  const most = Math.min(MOST_LINES, Math.floor((BOTTOM - 154 - above) / LINE_OF_ANSWER));
  if (most < 1) throw new DoesNotFit(`There is no room in a picture for the answer ${answer.slice(0, 80)}.`);
  // An empty answer is one, too: it has a line.
  const lines = wrapData(pen.escape(answer, 'mono') || ' ', most, (rest) =>
    pen.fitting(rest, ANSWER, INNER - 48),
  );
  const y = BOTTOM - 90 - lines.length * LINE_OF_ANSWER;
  const height = lines.length * LINE_OF_ANSWER + 24;
  return (
    pen.write(words.clientGot, SIDE, y - 16, LABEL, colours.muted) +
    box(SIDE, y, INNER, height, colours.raised) +
    outline(SIDE, y, INNER, height, colours.line, { stroke: 2 }) +
    lines
      .map((line, index) => pen.write(line, SIDE + 24, y + 42 + index * LINE_OF_ANSWER, ANSWER, colours.code))
      .join('') +
    sign
  );
}
