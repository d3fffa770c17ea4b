/** What every part of a picture is drawn with. */
import type { CardWords } from './card.ts';
import type { Colours } from './colours.ts';
import type { Pen } from './pen.ts';

export interface Canvas {
  readonly pen: Pen;
  readonly colours: Colours;
  readonly words: CardWords;
  /** How headings break: Japanese has no spaces between its words. */
  readonly breaks: 'words' | 'kana';
}
