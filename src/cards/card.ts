/**
 * What a picture of a shared link shows, as data. Writer: `scripts/cards/`, from recordings and content. Readers: the drawing
 * (`draw-card.ts`), and the words for those who do not see it (`card-to-text.ts`).
 */
import type { Owner } from '../trace/format.ts';
import type { PassingNote, ViewEnd, ViewFrame } from '../trace/stop-view.ts';

/** Stands for the frames that a lab asks its reader to guess. */
export const HIDDEN = 'hidden';

export type CardFrame = ViewFrame | typeof HIDDEN;

/** The frames of a moment, outermost first. */
export interface CardStack {
  readonly frames: readonly CardFrame[];
  /** The text of the last frame's file; null shows no lines of it. */
  readonly text: string | null;
  readonly note: PassingNote | null;
}

/** What is left of an environment; `none` where there never was one. */
export type Life = ViewEnd['life'] | 'none';

/** What came of an invocation. */
export interface CardEnding {
  /** Null where the client got no answer; left out where that is not known. */
  readonly answer?: string | null;
  readonly life: Life;
}

/** One of two runs that are shown side by side. */
export interface CardSide extends Pick<CardStack, 'frames'> {
  readonly title: string;
  /** What the client got, where the run is over; null before that. */
  readonly ending: Pick<CardEnding, 'answer'> | null;
}

/** So many of a kind. */
export interface CardCount {
  readonly count: number;
  readonly label: string;
}

/** One picture. `platform` says whose model this is, with its year; empty where the page has no platform. */
export type Card =
  /** A moment of a run: its title, the stack, the line that runs, and the error or the value that passes. */
  | { readonly kind: 'stop'; readonly title: string; readonly platform: string; readonly stack: CardStack }
  /** The end of a run, when no frame is left. */
  | { readonly kind: 'end'; readonly title: string; readonly platform: string; readonly ending: CardEnding }
  /** A moment that two runs have in common. */
  | {
      readonly kind: 'pair';
      readonly title: string;
      readonly platform: string;
      readonly sides: readonly [CardSide, CardSide];
    }
  /** An article or the home page: its question, and the stack that it is about. */
  | { readonly kind: 'article'; readonly title: string; readonly platform: string; readonly stack: CardStack }
  /** A page of text: its title, and the sentence that says what it is. */
  | { readonly kind: 'text'; readonly title: string; readonly platform: string; readonly says: string }
  /** A platform's model beside its original: how many behaviours there are of each kind. */
  | {
      readonly kind: 'platform';
      readonly title: string;
      readonly platform: string;
      readonly says: string;
      readonly counts: readonly CardCount[];
    }
  /** An error: the line that people search for, what the client got, and what is left of the environment. */
  | {
      readonly kind: 'error';
      readonly line: string;
      readonly platform: string;
      /** Whether the line is one of the log, or else the error's name. */
      readonly isLogged: boolean;
      readonly ending: CardEnding;
    };

/** The words in a picture that are the site's own. */
export interface CardWords {
  readonly site: string;
  readonly owners: Readonly<Record<Owner, string>>;
  readonly lives: Readonly<Record<Life, string>>;
  readonly inTheLog: string;
  readonly error: string;
  readonly clientGot: string;
  readonly noAnswer: string;
  /** With `{count}`. */
  readonly folded: string;
  readonly notBegun: string;
  /** To those who do not see the picture: what stands for hidden frames, and what comes before the names of the others. */
  readonly hidden: string;
  readonly stack: string;
}
