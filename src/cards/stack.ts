/** The frames of a moment: a row each, the last one with the lines around the one that runs. */
import { linesAround, type PassingNote, type ViewFrame } from '../trace/stop-view.ts';
import { HIDDEN, type CardFrame, type CardStack } from './card.ts';
import type { Canvas } from './canvas.ts';
import { foldFrames } from './fold-frames.ts';
import { BOTTOM, FOLD, GAP, INDENT, LINE, RIGHT, ROW, SIDE } from './geometry.ts';
import { DoesNotFit } from './heading.ts';
import { box, currentLine, edge, leftOut, outline } from './shapes.ts';

const NAME = { face: 'monoBold', size: 30 } as const;
const PLACE = { face: 'mono', size: 28 } as const;
const WORD = { face: 'sans', size: 26 } as const;
const PASSING = { face: 'monoBold', size: 28 } as const;

/** Lines of source that a frame alone may show. */
const MOST_LINES = 7;

/**
 * The stack below some height. What does not fit is folded, away from both ends; room that is left shows source. Seated, it ends
 * at the foot of the picture.
 */
export function drawStack(
  canvas: Canvas,
  { frames, text, note }: CardStack,
  top: number,
  { isSeated = false }: { readonly isSeated?: boolean } = {},
): string {
  const { pen, colours, words } = canvas;
  const tail =
    (text === null ? 0 : LINE) + (note === null ? 0 : LINE) + (text === null && note === null ? 0 : 8);
  const { shown, count } = foldFrames(frames, BOTTOM - top - tail);
  let drawn = '';
  let y = top;
  for (const [index, frame] of shown.entries()) {
    const x = SIDE + index * INDENT;
    if (frame === null) {
      const says = words.folded.replace('{count}', String(count));
      drawn += leftOut(x + 4, y, colours.muted) + pen.write(says, x + 24, y + 29, WORD, colours.muted);
      y += FOLD + GAP;
    } else if (frame === HIDDEN) {
      drawn += hiddenRow(canvas, x, y);
      y += ROW + GAP;
      // What passes through a frame that is to be guessed stands alone below it.
      if (index === shown.length - 1 && note !== null) drawn += passing(canvas, note, x + 24, y + 30);
      if (index === shown.length - 1 && note !== null) y += LINE;
    } else if (index < shown.length - 1 || (text === null && note === null)) {
      drawn += frameRow(canvas, frame, x, y, ROW, index === shown.length - 1 && shown.length > 1);
      y += ROW + GAP;
    } else {
      const spare = Math.floor((BOTTOM - y - ROW - tail) / LINE);
      const running = runningFrame(canvas, { frame, text, note }, x, y, spare);
      drawn += running.drawn;
      y += running.height + GAP;
    }
  }
  if (y - GAP > BOTTOM)
    throw new DoesNotFit(`There is no room in a picture for the frame ${nameOf(frames.at(-1))}.`);
  return isSeated ? `<g transform="translate(0 ${BOTTOM - (y - GAP)})">${drawn}</g>` : drawn;
}

/** The frame that runs: its row, the lines around the one that runs, and what passes there. */
function runningFrame(
  canvas: Canvas,
  { frame, text, note }: { readonly frame: ViewFrame } & Pick<CardStack, 'text' | 'note'>,
  x: number,
  y: number,
  spare: number,
): { readonly drawn: string; readonly height: number } {
  const around =
    text === null
      ? { first: 0, lines: [] }
      : linesAround(text, frame.line, Math.min(MOST_LINES, 1 + Math.max(0, spare)));
  const { first, lines } = around;
  const height = ROW + lines.length * LINE + (note === null ? 0 : LINE) + 8;
  const lastNumber = String(first + lines.length - 1);
  const codeX = text === null ? x + 24 : x + 72 + canvas.pen.width(lastNumber, PLACE);
  return {
    drawn:
      frameRow(canvas, frame, x, y, height, true, text !== null) +
      sourceLines(canvas, around, frame.line, x, codeX, y + ROW) +
      (note === null ? '' : passing(canvas, note, codeX, y + height - 20)),
    height,
  };
}

/** One frame: its function, its place, its owner in colour and word. A frame with lines has its number at the line. */
function frameRow(
  { pen, colours, words }: Canvas,
  frame: ViewFrame,
  x: number,
  y: number,
  height: number,
  isRunning: boolean,
  hasLines = false,
): string {
  const colour = colours[frame.owner];
  const owner = words.owners[frame.owner];
  const file = pen.escape(frame.source.slice(frame.source.lastIndexOf('/') + 1), 'mono');
  const place = hasLines ? file : `${file}:${frame.line}`;
  const ownerX = RIGHT - 20 - pen.width(owner, WORD);
  const name = pen.cut(pen.escape(frame.name, 'monoBold'), NAME, ownerX - 24 - (x + 24));
  const placeX = x + 46 + pen.width(name, NAME);
  const hasRoom = placeX + pen.width(place, PLACE) <= ownerX - 24;
  return (
    box(x, y, RIGHT - x, height, colours[`${frame.owner}Soft`]) +
    (isRunning ? outline(x, y, RIGHT - x, height, colour) : '') +
    edge(x, y, height, colour) +
    pen.write(name, x + 24, y + 38, NAME, colour) +
    (hasRoom ? pen.write(place, placeX, y + 38, PLACE, colours.muted) : '') +
    pen.write(owner, ownerX, y + 38, WORD, colour)
  );
}

/** What is to be guessed. */
function hiddenRow({ pen, colours }: Canvas, x: number, y: number): string {
  return (
    outline(x, y, RIGHT - x, ROW, colours.runtime, { dashes: '10 7' }) +
    pen.write('?', x + 24, y + 40, { face: 'monoBold', size: 34 }, colours.runtime)
  );
}

function sourceLines(
  { pen, colours }: Canvas,
  { first, lines }: { readonly first: number; readonly lines: readonly string[] },
  current: number,
  x: number,
  codeX: number,
  top: number,
): string {
  return lines
    .map((line, index) => {
      const y = top + index * LINE;
      const code = pen.cut(pen.escape(line, 'mono'), PLACE, RIGHT - 20 - codeX);
      return (
        (first + index === current ? currentLine(x + 7, y, RIGHT - x - 10, colours) : '') +
        pen.writeBefore(String(first + index), codeX - 20, y + 33, PLACE, colours.muted) +
        pen.write(code, codeX, y + 33, PLACE, colours.code)
      );
    })
    .join('');
}

function passing({ pen, colours }: Canvas, { kind, text }: PassingNote, x: number, y: number): string {
  const says = pen.cut(pen.escape(text, 'monoBold'), PASSING, RIGHT - 20 - x);
  return pen.write(says, x, y, PASSING, kind === 'error' ? colours.error : colours.code);
}

function nameOf(frame: CardFrame | undefined): string {
  return frame === undefined || frame === HIDDEN ? '?' : frame.name;
}
