/** What this room uses of `opentype.js`, which brings no types of its own. */
declare module 'opentype.js' {
  /** A command of a path: `M`, `L`, `Q`, `C` with their points, or `Z`. */
  export interface PathCommand {
    readonly type: string;
    x?: number;
    y?: number;
    x1?: number;
    y1?: number;
    x2?: number;
    y2?: number;
  }

  export interface Path {
    readonly commands: PathCommand[];
    /** As the attribute `d` of an SVG path has it. */
    toPathData(decimals: number): string;
  }

  export interface Glyph {
    readonly advanceWidth: number;
    getPath(x: number, y: number, size: number): Path;
  }

  export interface Font {
    readonly unitsPerEm: number;
    readonly glyphs: { get(index: number): Glyph };
    /** 0 where the font has none. */
    charToGlyphIndex(letter: string): number;
    getKerningValue(left: Glyph, right: Glyph): number;
  }

  const opentype: { parse(buffer: ArrayBuffer, options?: { lowMemory?: boolean }): Font };
  export default opentype;
}
