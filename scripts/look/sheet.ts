/**
 * A contact sheet: many small pictures with captions in one picture. A page that is longer than the sheet is high is cut
 * into columns, which are read from left to right.
 */
import type { Browser } from '@playwright/test';

/** One picture. */
export interface Shot {
  readonly caption: string;
  readonly png: Buffer;
}

/** The size of a sheet in pixels; its height grows with what is on it. */
const SHEET_WIDTH = 3200;
const COLUMN_HEIGHT = 1500;
/** Pixels of a picture that the end of one column and the beginning of the next both show. */
const OVERLAP = 12;

/** Lays pictures on a sheet and writes it to a file. */
export async function writeSheet(
  browser: Browser,
  title: string,
  shots: readonly Shot[],
  file: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: SHEET_WIDTH, height: 800 } });
  try {
    await page.setContent(sheetToHtml(title, shots), { waitUntil: 'load' });
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await page.close();
  }
}

/** The HTML of a sheet. */
function sheetToHtml(title: string, shots: readonly Shot[]): string {
  const figures = shots.map(({ caption, png }) => {
    const { width, height } = sizeOfPng(png);
    const columns = cutIntoColumns(height).map(
      ({ top, height: part }) =>
        `<div style="width:${width}px;height:${part}px;background-position:0 ${-top}px"></div>`,
    );
    const name = `shot-${shots.findIndex((shot) => shot.png === png)}`;
    return `<figure><figcaption>${escape(caption)}</figcaption><span class="${name}">${columns.join('')}</span></figure>`;
  });
  const pictures = shots.map(
    ({ png }, index) =>
      `.shot-${index} div { background-image: url(data:image/png;base64,${png.toString('base64')}) }`,
  );
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 16px; background: #777; color: #fff; font: 20px sans-serif }
h1 { margin: 0 0 12px; font-size: 26px }
main { display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-start }
figure { margin: 0 }
figcaption { margin-bottom: 4px }
span { display: flex; gap: 6px; align-items: flex-start }
${pictures.join('\n')}
</style><h1>${escape(title)}</h1><main>${figures.join('')}</main>`;
}

/** The parts of a picture of this height, each at most a column high. */
function cutIntoColumns(height: number): readonly { readonly top: number; readonly height: number }[] {
  const columns: { top: number; height: number }[] = [];
  for (let top = 0; top === 0 || top + OVERLAP < height; top += COLUMN_HEIGHT - OVERLAP) {
    columns.push({ top, height: Math.min(COLUMN_HEIGHT, height - top) });
  }
  return columns;
}

/** Width and height stand at the beginning of a PNG. */
function sizeOfPng(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
