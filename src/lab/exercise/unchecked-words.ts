/** What is said of an attempt that was not checked: on the page, and by `npm run invoke`. */
import type { Unchecked } from '../../exercise/judge.ts';
import { fill } from '../words.ts';

/** A sentence for each reason, with its places between braces: `{run}`, `{error}`. */
export type UncheckedWords = Readonly<Record<Unchecked['why'], string>>;

/** The sentence for a reason. */
export function uncheckedToSentence({ why, ...values }: Unchecked, words: UncheckedWords): string {
  return fill(words[why], values);
}
