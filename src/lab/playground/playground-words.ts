/** The words of the playground in the reader's language, which its page holds as JSON. */
import type { PlaygroundWords } from '../words.ts';

/** The id of the script element that holds them. */
export const PLAYGROUND_WORDS = 'playground-words';

/** Reads them. */
export function readPlaygroundWords(document: Document): PlaygroundWords {
  const script = document.getElementById(PLAYGROUND_WORDS);
  if (script === null) throw new Error('The page does not hold the words of its playground.');
  return JSON.parse(script.textContent) as PlaygroundWords;
}
