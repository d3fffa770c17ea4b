/** How many there are of each kind, as one bar at the foot of the picture, and below it in numbers and words. */
import type { Canvas } from './canvas.ts';
import type { CardCount } from './card.ts';
import { BOTTOM, INNER, SIDE } from './geometry.ts';
import { toPixels } from './shapes.ts';

const NUMBER = { face: 'bold', size: 44 } as const;
const LABEL = { face: 'sans', size: 28 } as const;
const BAR = 28;
const BETWEEN = 6;

/** The bar and its words. */
export function drawCounts({ pen, colours }: Canvas, counts: readonly CardCount[]): string {
  const inks = [colours.runtime, colours.markedEdge, colours.handler];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const room = INNER - BETWEEN * (counts.length - 1);
  let barX = SIDE;
  let wordX = SIDE;
  return counts
    .map(({ count, label }, index) => {
      const ink = inks[index % inks.length] ?? colours.ink;
      const width = toPixels((room * count) / total);
      const number = String(count);
      const bar = `<rect x="${toPixels(barX)}" y="${BOTTOM - 112}" width="${width}" height="${BAR}" rx="4" fill="${ink}"/>`;
      const labelX = wordX + pen.width(number, NUMBER) + 12;
      const words =
        pen.write(number, wordX, BOTTOM - 24, NUMBER, ink) +
        pen.write(label, labelX, BOTTOM - 24, LABEL, colours.muted);
      barX += width + BETWEEN;
      wordX = labelX + pen.width(label, LABEL) + 48;
      return bar + words;
    })
    .join('');
}
