/**
 * What of the site is built. A fresh start builds the first part, serves it, and goes on with the whole: the home pages and
 * the front door, with the recordings of their lab.
 */

/** The examples whose labs are on the pages of the first part. `tests/unit/i18n/site-part.test.ts` looks that they are. */
export const FIRST_EXAMPLES = ['print-the-stack'] as const;
