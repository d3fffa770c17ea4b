/** The shapes of a picture, as SVG. */
import type { Life } from './card.ts';
import { HEIGHT, LINE, WIDTH } from './geometry.ts';
import type { Colours } from './colours.ts';

/** A whole picture. */
export function sheet(content: string, { paper }: Colours): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="${paper}"/>${content}</svg>`;
}

/** A filled box; its edge, where it has one, stays within it. */
export function box(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${toPixels(y)}" width="${width}" height="${height}" rx="4" fill="${fill}"/>`;
}

/** An outline within a box of that size, drawn or dashed. */
export function outline(
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  { stroke = 3, dashes = '' }: { readonly stroke?: number; readonly dashes?: string } = {},
): string {
  const inset = stroke / 2;
  const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
  return `<rect x="${x + inset}" y="${toPixels(y + inset)}" width="${width - stroke}" height="${height - stroke}" rx="4" fill="none" stroke="${colour}" stroke-width="${stroke}"${dashed}/>`;
}

/** The edge at the left of a frame. */
export function edge(x: number, y: number, height: number, colour: string): string {
  return `<rect x="${x}" y="${toPixels(y)}" width="7" height="${height}" fill="${colour}"/>`;
}

/** The current line's ground, edge and arrow. */
export function currentLine(x: number, y: number, width: number, { marked, markedEdge }: Colours): string {
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${LINE}" fill="${marked}"/>` +
    `<path d="M${x} ${y}h5v${LINE}h-5zM${x + 15} ${y + 13}l16 10l-16 10z" fill="${markedEdge}"/>`
  );
}

/** The sign of an environment: whole where it waits, a ring where its process is another one, dashed where it is gone. */
export function lifeSign(x: number, y: number, life: Life, ink: string): string {
  const looks = {
    alive: `fill="${ink}"`,
    reset: `fill="none" stroke="${ink}" stroke-width="5"`,
    gone: `fill="none" stroke="${ink}" stroke-width="4" stroke-dasharray="8.64 5.18"`,
    none: `fill="none" stroke="${ink}" stroke-width="4" stroke-dasharray="8.64 5.18"`,
  };
  return `<circle cx="${x}" cy="${y}" r="11" ${looks[life]}/>`;
}

/** Three dots below one another: frames that are left out. */
export function leftOut(x: number, y: number, colour: string): string {
  return [8, 19, 30].map((dot) => `<circle cx="${x}" cy="${y + dot}" r="3.5" fill="${colour}"/>`).join('');
}

/** A number as SVG has it: no digits that no pixel shows. */
export function toPixels(value: number): number {
  return Math.round(value * 100) / 100;
}
