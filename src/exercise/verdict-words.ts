/** What is said of why an attempt was not checked, and of a run of it. */
import type { Unchecked } from './judge.ts';

/** A sentence for each reason, with its places between braces: `{run}`, `{error}`. */
export type UncheckedWords = Readonly<Record<Unchecked['why'], string>>;

/** The sentence for a reason. */
export function uncheckedToSentence(reason: Unchecked, words: UncheckedWords): string {
  const values: Readonly<Record<string, string>> = {
    ...('run' in reason && { run: String(reason.run) }),
    ...('error' in reason && { error: reason.error }),
  };
  return words[reason.why].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
