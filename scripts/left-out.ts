/**
 * How a check says that this machine lacks what it needs: `npm test` then counts it as left out, not as passed, and its
 * last line repeats the reason.
 */

/** Begins the output of a check that is left out as a whole; the reason follows. */
export const LEFT_OUT = 'Left out: ';

/** Begins a line, anywhere in the output, of a check that leaves out a part of itself: `webkit: there is no driver.` */
export const PART_LEFT_OUT = 'Part left out: ';

/** What the output of a check that did not fail says is left out. */
export interface LeftOut {
  /** Why nothing was checked; null when something was. */
  readonly whole: string | null;
  /** Each part's name and reason, as the check says them. */
  readonly parts: readonly string[];
}

/** Reads from a check's output what it left out. */
export function readLeftOut(output: string): LeftOut {
  const parts = output
    .split('\n')
    .filter((line) => line.startsWith(PART_LEFT_OUT))
    .map((line) => line.slice(PART_LEFT_OUT.length).trim());
  return { whole: output.startsWith(LEFT_OUT) ? output.slice(LEFT_OUT.length).trim() : null, parts };
}
