/**
 * The list of drawn pictures, beside them in `.cache/cards`. Writer: `npm run cards`. Reader: the build, which shows a picture
 * only where one exists.
 */

/** Its name. */
export const CARD_LIST = 'list.json';

/** By the picture's path below its folder: what it was made of, and what it shows in words. */
export type CardList = Readonly<Record<string, { readonly key: string; readonly text: string }>>;
