/**
 * Which error of the catalogue do these lines show? The page of all errors asks for what a reader types or pastes, labs for
 * the log and the answer of a run, the checks for those of recordings.
 */

import type { ErrorFile } from './error-schema.ts';

/** An error as far as lines are compared with it. */
export interface ErrorKeys {
  readonly id: string;
  /** A folder of `src/platforms`. */
  readonly platform: string;
  /** In small letters, with single spaces: any of them within the lines says that it is this one. */
  readonly keys: readonly string[];
  /** Its keys are read when no other error's is there. */
  readonly isGeneral: boolean;
}

/** An error's file as lines are compared with it. */
export function toErrorKeys(
  id: string,
  { platform, keys, general }: Pick<ErrorFile, 'platform' | 'keys' | 'general'>,
): ErrorKeys {
  return { id, platform, keys, isGeneral: general };
}

/**
 * The error whose key is there: the longest of all keys decides, since it says most. A platform limits it to that system's.
 * Null where no key is in the text.
 */
export function matchError<Keys extends ErrorKeys>(
  text: string,
  errors: readonly Keys[],
  platform: string | null = null,
): Keys | null {
  const lines = toPlain(text);
  const lengthIn = ({ keys }: ErrorKeys): number =>
    Math.max(0, ...keys.map((key) => (lines.includes(key) ? key.length : 0)));
  const there = errors
    .filter((error) => platform === null || error.platform === platform)
    .map((error) => ({ error, length: lengthIn(error) }))
    .filter(({ length }) => length > 0);
  const special = there.filter(({ error }) => !error.isGeneral);
  const found = special.length > 0 ? special : there;
  return found.toSorted((one, other) => other.length - one.length)[0]?.error ?? null;
}

/** Small letters, and one space for tabs, ends of lines and the runtime's indentation. */
export function toPlain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ');
}
