/** What a row of the tables of ids says: how one is found, and what comes in its place. */
import type { Masks } from './masks.ts';

/** A form in which something is written that nobody else should read. */
export interface MaskRow {
  /** With the flag `d`, and a group `it` where not the whole match is masked. */
  readonly pattern: RegExp;
  /** Whether a match is one, where the pattern alone can't tell. */
  readonly isIt?: (it: string, match: RegExpExecArray) => boolean;
  readonly mask: (it: string, masks: Masks, match: RegExpExecArray) => string;
  /**
   * When one that a line break seems to part is taken as one: `whole` where its form says that it is complete, `apart` where neither
   * half is one by itself, `secret` where what follows the break begins no line, `wrapped` only where a terminal broke the line.
   */
  readonly joined?: 'whole' | 'apart' | 'secret' | 'wrapped';
  /** Its parts that are masked already keep their masks; what is left of it is masked as well. */
  readonly hasParts?: boolean;
}
