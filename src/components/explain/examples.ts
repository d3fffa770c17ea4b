/** The errors of the catalogue whose logs the page offers as examples, in this order. */
export const EXAMPLES = ['import-module-error', 'out-of-memory', 'timed-out'] as const;
