/** What is said of an attempt that was not checked: on the page, and by `npm run invoke`. */
import type { Unchecked } from '../../exercise/judge.ts';
import { cutText } from '../cut-text.ts';
import { fill } from '../words.ts';

/** A sentence for each reason, with its places between braces: `{run}`, `{error}`. */
export type UncheckedWords = Readonly<Record<Unchecked['why'], string>>;

/** The sentence for a reason. */
export function uncheckedToSentence({ why, ...values }: Unchecked, words: UncheckedWords): string {
  return fill(
    words[why],
    'error' in values ? { ...values, error: cutText(values.error, MAX_ERROR) } : values,
  );
}

/** Characters of an error: an answer may have millions. */
const MAX_ERROR = 500;
