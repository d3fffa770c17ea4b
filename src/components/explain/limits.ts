/** How much the page takes at once. More belongs into the terminal (`npm run explain`), which has no page to keep alive. */

/** Of a file as it is, and of what it unpacks to. */
export const MOST_MEGABYTES = 20;
export const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;

export const MOST_LINES = 500_000;

/** Where no worker may help: about as much as is read within a frame or two. */
export const MOST_LINES_HERE = 5_000;

/** What can be shared: a reader should see all of it before. */
export const MOST_LINES_SHARED = 5_000;
