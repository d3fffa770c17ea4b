/** How much of a dump is drawn at once: a runtime's folder has some 5,000 files. */

/** Lines of a file, and characters of those and of one. */
export const MOST_LINES = 2000;
export const MOST_CHARACTERS = 200_000;
export const MOST_IN_LINE = 5000;

/** Places that a search tells. */
export const MOST_HITS = 300;

/** Files of a list. */
export const MOST_ROWS = 100;
