/** Makes pixels of a picture's SVG. All text in it is outlines already, so no font is looked for. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Makes the pixels of an SVG: red, green, blue and opacity of each, row by row. */
export type Render = (svg: string) => Uint8Array;

/** resvg takes its WebAssembly once a process, and refuses it then. */
let loaded: Promise<void> | null = null;

/** Loads resvg from the packages of the project. */
export async function loadRenderer(root: string): Promise<Render> {
  loaded ??= readFile(path.join(root, 'node_modules/@resvg/resvg-wasm/index_bg.wasm')).then(initWasm);
  await loaded;
  return (svg) => {
    const resvg = new Resvg(svg, { font: { loadSystemFonts: false } });
    const image = resvg.render();
    const pixels = Uint8Array.from(image.pixels);
    // WebAssembly's memory is freed by hand.
    image.free();
    resvg.free();
    return pixels;
  };
}
