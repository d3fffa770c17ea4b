import type { PasteTime } from '../explanation.ts';
import type { Fields, Kind } from '../grammar.ts';
import type { Slice } from './slice.ts';

/** A line of an event, or of what stands around the events. */
export interface Item {
  readonly slice: Slice;
  /** Whether an event begins with it; null where the paste doesn't tell. */
  readonly opens: boolean | null;
  readonly time: PasteTime | null;
  readonly stream: string | null;
  /** What it is, where its form alone told. */
  readonly known: { readonly kind: Kind; readonly fields: Fields } | null;
  /** Counts the parts of the paste between times that stand alone, and inside of one its paragraphs. */
  readonly block: number;
  readonly paragraph: number;
  isCopy: boolean;
}
