/** Draws a picture, as SVG: its kind decides how the parts are laid out. */
import { balance, phrasesOf } from './break-lines.ts';
import type { Canvas } from './canvas.ts';
import type { Card } from './card.ts';
import { drawCounts } from './counts.ts';
import { drawEnding } from './ending.ts';
import { INNER, RIGHT, SIDE } from './geometry.ts';
import { DoesNotFit, drawHeading, HEADINGS } from './heading.ts';
import { drawSides } from './pair.ts';
import { box, edge, sheet } from './shapes.ts';
import { drawStack } from './stack.ts';

const LABEL = { face: 'sans', size: 28 } as const;
/** Tried from left to right. */
const PLATFORM_SIZES = [26, 24, 22, 20];
const SAYS = { face: 'sans', size: 36 } as const;

/** The picture. Throws DoesNotFit or NoSuchGlyph for words of ours; recorded text is cut and escaped. */
export function drawCard(canvas: Canvas, card: Card): string {
  const { colours } = canvas;
  return sheet(topRow(canvas, card.platform) + drawContent(canvas, card), colours);
}

function drawContent(canvas: Canvas, card: Card): string {
  const { colours, breaks } = canvas;
  const heading = (title: string, top: number, kind: keyof typeof HEADINGS): ReturnType<typeof drawHeading> =>
    drawHeading(canvas.pen, title, { top, settings: HEADINGS[kind], colour: colours.ink, breaks });
  switch (card.kind) {
    case 'stop': {
      const { drawn, below } = heading(card.title, 122, 'stop');
      return drawn + drawStack(canvas, card.stack, below + 28);
    }
    case 'end': {
      const { drawn, below } = heading(card.title, 130, 'end');
      return drawn + drawEnding(canvas, card.ending, below);
    }
    case 'pair': {
      const { drawn, below } = heading(card.title, 122, 'stop');
      return drawn + drawSides(canvas, card.sides, below + 30);
    }
    case 'article': {
      const { drawn, below } = heading(card.title, 132, 'article');
      return drawn + drawStack(canvas, card.stack, below + 40, { isSeated: true });
    }
    case 'text': {
      const { drawn, below } = heading(card.title, 150, 'article');
      return drawn + drawSays(canvas, card.says, below + 40);
    }
    case 'platform': {
      const { drawn, below } = heading(card.title, 132, 'article');
      return drawn + drawSays(canvas, card.says, below + 30) + drawCounts(canvas, card.counts);
    }
    case 'error':
      return drawError(canvas, card);
  }
}

/** The row on top: the mark and the name of the site, and whose runtime this is a model of. */
function topRow({ pen, colours, words }: Canvas, platform: string): string {
  const name = { face: 'bold', size: 28 } as const;
  const room = INNER - 54 - pen.width(words.site, name) - 40;
  const size = PLATFORM_SIZES.find((one) => pen.width(platform, { face: 'sans', size: one }) <= room);
  if (size === undefined) throw new DoesNotFit(`There is no room in a picture for "${platform}".`);
  return (
    `<g fill="none" stroke="${colours.runtime}" stroke-width="5" stroke-linecap="round"><path d="M${SIDE + 3} 53h22M${SIDE + 9} 65h20"/><path stroke="${colours.handler}" d="M${SIDE + 15} 77h22"/></g>` +
    pen.write(words.site, SIDE + 54, 75, name, colours.ink) +
    pen.writeBefore(platform, RIGHT, 75, { face: 'sans', size }, colours.muted)
  );
}

function drawError(canvas: Canvas, { line, isLogged, ending }: Extract<Card, { kind: 'error' }>): string {
  const { pen, colours, words } = canvas;
  const { drawn, below } = drawHeading(pen, pen.escape(line, 'monoBold'), {
    x: SIDE + 28,
    top: 170,
    room: INNER - 52,
    face: 'monoBold',
    settings: HEADINGS.error,
    colour: colours.error,
    breaks: isLogged ? 'words' : canvas.breaks,
  });
  const height = below - 134;
  return (
    pen.write(isLogged ? words.inTheLog : words.error, SIDE, 138, LABEL, colours.muted) +
    box(SIDE, 154, INNER, height, colours.errorSoft) +
    edge(SIDE, 154, height, colours.error) +
    drawn +
    drawEnding(canvas, ending, below + 20)
  );
}

/** A sentence or two of ours, in up to five lines. */
function drawSays({ pen, colours, breaks }: Canvas, says: string, top: number): string {
  const leading = breaks === 'kana' ? 56 : 50;
  for (let count = 1; count <= 5; count += 1) {
    const lines = balance(phrasesOf(says, breaks), count, (line) => pen.width(line, SAYS), INNER);
    if (lines === null) continue;
    return lines
      .map((line, index) => pen.write(line, SIDE, top + 36 + index * leading, SAYS, colours.muted))
      .join('');
  }
  throw new DoesNotFit(`There is no room in a picture for "${says}".`);
}
