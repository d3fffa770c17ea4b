/** Sets text into a picture: measures it, cuts it to a room, and draws its outlines. */
import type { FaceName, Faces } from './faces.ts';
import { toPixels } from './shapes.ts';

/** How a text is set. */
export interface Setting {
  readonly face: FaceName;
  readonly size: number;
}

export class Pen {
  readonly #faces: Faces;

  constructor(faces: Faces) {
    this.#faces = faces;
  }

  width(text: string, { face, size }: Setting): number {
    return this.#faces.lay(face, text).width * this.#scale(face, size);
  }

  /** How many letters of a text fit into a room. */
  fitting(text: string, { face, size }: Setting, room: number): number {
    return this.#faces.lay(face, text, room / this.#scale(face, size)).letters.length;
  }

  /** As much of a text as fits, and then three dots. */
  cut(text: string, setting: Setting, room: number): string {
    const letters = Array.from(text);
    if (this.fitting(text, setting, room) === letters.length) return text;
    const kept = this.fitting(text, setting, room - this.width('…', setting));
    return `${letters.slice(0, kept).join('').trimEnd()}…`;
  }

  /** A text whose line stands on `y` and begins at `x`. */
  write(text: string, x: number, y: number, setting: Setting, colour: string): string {
    const { face, size } = setting;
    const scale = this.#scale(face, size);
    const outlines = this.#faces
      .lay(face, text)
      .letters.map(({ at, path }) =>
        path === '' ? '' : `<path transform="translate(${toPixels(at)})" d="${path}"/>`,
      );
    return `<g fill="${colour}" transform="translate(${toPixels(x)} ${toPixels(y)}) scale(${scale} ${-scale})">${outlines.join('')}</g>`;
  }

  /** The same with its end at `x`. */
  writeBefore(text: string, x: number, y: number, setting: Setting, colour: string): string {
    return this.write(text, x - this.width(text, setting), y, setting, colour);
  }

  /**
   * Recorded text as it can be drawn: a tab as spaces, and a letter that no font has, such as an emoji or a control character,
   * by its number, `\u{1f389}`. In words of our own such a letter is an error.
   */
  escape(text: string, face: FaceName): string {
    return Array.from(text.replaceAll('\t', '    '), (letter) =>
      this.#faces.has(face, letter) ? letter : `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
    ).join('');
  }

  #scale(face: FaceName, size: number): number {
    return size / this.#faces.unitsOf(face);
  }
}
