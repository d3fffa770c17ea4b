/** A moment of two runs: their frames in two columns, the last one outlined and with its place. */
import { wrapData } from './break-lines.ts';
import { HIDDEN, type CardFrame, type CardSide } from './card.ts';
import type { Canvas } from './canvas.ts';
import { foldFrames } from './fold-frames.ts';
import { BOTTOM, FOLD, GAP, INNER, SIDE } from './geometry.ts';
import { box, edge, leftOut, outline } from './shapes.ts';

const NAME = { face: 'monoBold', size: 26 } as const;
const PLACE = { face: 'mono', size: 24 } as const;
const WORD = { face: 'sans', size: 24 } as const;
const TITLE = { face: 'bold', size: 30 } as const;

const BETWEEN = 32;
const WIDTH_OF_SIDE = (INNER - BETWEEN) / 2;
const ROW_OF_SIDE = 48;
const INDENT_OF_SIDE = 12;
/** What the frame that runs is higher, for its place. */
const PLACE_ROW = 38;
/** Lines of an answer. */
const MOST_LINES = 6;

/** Both sides, below some height. */
export function drawSides(canvas: Canvas, sides: readonly [CardSide, CardSide], top: number): string {
  return sides
    .map((side, index) => drawSide(canvas, side, SIDE + index * (WIDTH_OF_SIDE + BETWEEN), top))
    .join('');
}

function drawSide(canvas: Canvas, { title, frames, ending }: CardSide, left: number, top: number): string {
  const { pen, colours, words } = canvas;
  const right = left + WIDTH_OF_SIDE;
  let drawn = pen.write(pen.cut(title, TITLE, WIDTH_OF_SIDE), left, top + 28, TITLE, colours.ink);
  let y = top + 48;
  if (ending !== null) return drawn + sideAnswer(canvas, ending.answer ?? null, left, y);
  if (frames.length === 0) return drawn + pen.write(words.notBegun, left, y + 34, WORD, colours.muted);
  const { shown, count } = foldFrames(frames, BOTTOM - y - PLACE_ROW, ROW_OF_SIDE);
  for (const [index, frame] of shown.entries()) {
    const x = left + index * INDENT_OF_SIDE;
    if (frame === null) {
      const says = words.folded.replace('{count}', String(count));
      drawn += leftOut(x + 4, y, colours.muted) + pen.write(says, x + 24, y + 28, WORD, colours.muted);
      y += FOLD + GAP;
      continue;
    }
    const isRunning = index === shown.length - 1;
    const height = ROW_OF_SIDE + (isRunning && frame !== HIDDEN ? PLACE_ROW : 0);
    drawn += sideRow(canvas, frame, x, y, right, height, isRunning);
    y += height + GAP;
  }
  return drawn;
}

/** What the client got on one side. */
function sideAnswer({ pen, colours, words }: Canvas, answer: string | null, left: number, y: number): string {
  if (answer === null) return pen.write(words.noAnswer, left, y + 34, WORD, colours.muted);
  const lines = wrapData(pen.escape(answer, 'mono') || ' ', MOST_LINES, (rest) =>
    pen.fitting(rest, PLACE, WIDTH_OF_SIDE - 40),
  );
  const height = lines.length * 36 + 22;
  return (
    pen.write(words.clientGot, left, y + 34, WORD, colours.muted) +
    box(left, y + 50, WIDTH_OF_SIDE, height, colours.raised) +
    outline(left, y + 50, WIDTH_OF_SIDE, height, colours.line, { stroke: 2 }) +
    lines.map((line, index) => pen.write(line, left + 20, y + 86 + index * 36, PLACE, colours.code)).join('')
  );
}

function sideRow(
  { pen, colours, words }: Canvas,
  frame: CardFrame,
  x: number,
  y: number,
  right: number,
  height: number,
  isRunning: boolean,
): string {
  if (frame === HIDDEN)
    return (
      outline(x, y, right - x, height, colours.runtime, { dashes: '10 7' }) +
      pen.write('?', x + 20, y + 34, { face: 'monoBold', size: 30 }, colours.runtime)
    );
  const colour = colours[frame.owner];
  const owner = words.owners[frame.owner];
  const ownerX = right - 16 - pen.width(owner, WORD);
  const name = pen.cut(pen.escape(frame.name, 'monoBold'), NAME, ownerX - 16 - (x + 20));
  const file = pen.escape(frame.source.slice(frame.source.lastIndexOf('/') + 1), 'mono');
  const place = pen.cut(`${file}:${frame.line}`, PLACE, right - 16 - (x + 20));
  return (
    box(x, y, right - x, height, colours[`${frame.owner}Soft`]) +
    (isRunning ? outline(x, y, right - x, height, colour) : '') +
    edge(x, y, height, colour) +
    pen.write(name, x + 20, y + 33, NAME, colour) +
    pen.write(owner, ownerX, y + 33, WORD, colour) +
    (isRunning ? pen.write(place, x + 20, y + ROW_OF_SIDE + 22, PLACE, colours.muted) : '')
  );
}
