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
  return longestIn(lines, errors, platform, false) ?? longestIn(lines, errors, platform, true);
}

/** The first error with the longest key that is there. A long log asks for each of its errors: shorter keys aren't looked for. */
function longestIn<Keys extends ErrorKeys>(
  lines: string,
  errors: readonly Keys[],
  platform: string | null,
  isGeneral: boolean,
): Keys | null {
  let found: Keys | null = null;
  let length = 0;
  for (const error of errors) {
    if (error.isGeneral !== isGeneral || (platform !== null && error.platform !== platform)) continue;
    for (const key of error.keys) {
      if (key.length <= length || !lines.includes(key)) continue;
      found = error;
      length = key.length;
    }
  }
  return found;
}

/** Small letters, and one space for tabs, ends of lines and the runtime's indentation. */
export function toPlain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ');
}
