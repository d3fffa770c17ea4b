/**
 * The letters of the pictures, as outlines. So a width is measured with the very letters that are drawn, a picture needs no
 * font, and a letter that no font has is an error instead of a box.
 */
import opentype, { type Font, type Glyph } from 'opentype.js';

/** `mono` is what a program has or prints; `sans` is in our own words. */
export const FACES = ['sans', 'bold', 'mono', 'monoBold'] as const;

export type FaceName = (typeof FACES)[number];

/** A letter of ours that no font has. */
export class NoSuchGlyph extends Error {
  override name = 'NoSuchGlyph';
}

/** One letter: its outline, with y upwards as its font has it, and how far the next one is. */
interface Letter {
  readonly advance: number;
  readonly path: string;
  readonly glyph: Glyph;
  readonly font: Font;
}

/** A letter at its place in a line, in units of its font. */
export interface PlacedLetter {
  readonly at: number;
  readonly path: string;
}

/** A monospaced face has no Japanese: its letters then come from the other. */
const INSTEAD: Readonly<Partial<Record<FaceName, FaceName>>> = { mono: 'sans', monoBold: 'bold' };

export class Faces {
  readonly #fonts: Readonly<Record<FaceName, Font>>;
  readonly #letters: Readonly<Record<FaceName, Map<string, Letter | null>>>;

  /** Reads the files of the four faces. */
  constructor(files: Readonly<Record<FaceName, ArrayBuffer>>) {
    const each = <Value>(make: (face: FaceName) => Value): Record<FaceName, Value> =>
      Object.fromEntries(FACES.map((face) => [face, make(face)])) as Record<FaceName, Value>;
    // Whole fonts of Japanese: unread tables and glyphs stay unread.
    this.#fonts = each((face) => opentype.parse(files[face], { lowMemory: true }));
    this.#letters = each(() => new Map<string, Letter | null>());
  }

  /** Units of a face's font in the height of a line. */
  unitsOf(face: FaceName): number {
    return this.#fonts[face].unitsPerEm;
  }

  /** Whether a letter can be drawn. */
  has(face: FaceName, letter: string): boolean {
    return this.#letter(face, letter) !== null;
  }

  /**
   * The letters of a line and its width, in units of the font; pairs are kerned. Ends before the letter that would pass `room`.
   * Throws NoSuchGlyph.
   */
  lay(face: FaceName, text: string, room = Infinity): { letters: PlacedLetter[]; width: number } {
    const letters: PlacedLetter[] = [];
    let at = 0;
    let before: Letter | null = null;
    for (const one of text) {
      const letter = this.#letter(face, one);
      if (letter === null) {
        const number = (one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        throw new NoSuchGlyph(`No font of the pictures has ${one} (U+${number}), in "${text.slice(0, 80)}".`);
      }
      const kern = before?.font === letter.font ? letter.font.getKerningValue(before.glyph, letter.glyph) : 0;
      if (at + kern + letter.advance > room) break;
      at += kern;
      letters.push({ at, path: letter.path });
      at += letter.advance;
      before = letter;
    }
    return { letters, width: at };
  }

  #letter(face: FaceName, letter: string): Letter | null {
    const known = this.#letters[face].get(letter);
    if (known !== undefined) return known;
    const font = this.#fonts[face];
    // Fonts have glyphs for some control characters, which show nothing.
    const index = /\p{C}/u.test(letter) ? 0 : font.charToGlyphIndex(letter);
    const instead = INSTEAD[face];
    let found: Letter | null = null;
    if (index !== 0) {
      const glyph = font.glyphs.get(index);
      found = { advance: glyph.advanceWidth, path: outlineOf(glyph, font.unitsPerEm), glyph, font };
    } else if (instead !== undefined) found = this.#letter(instead, letter);
    this.#letters[face].set(letter, found);
    return found;
  }
}

function outlineOf(glyph: Glyph, em: number): string {
  const path = glyph.getPath(0, 0, em);
  for (const command of path.commands)
    for (const key of ['y', 'y1', 'y2'] as const) {
      const value = command[key];
      if (value !== undefined) command[key] = -value;
    }
  return path.toPathData(0);
}
