/** The catalogue's errors as an explanation looks lines up in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { toErrorKeys, type ErrorKeys } from '../../../src/catalogue/match-error.ts';

const FOLDER = new URL('../../../content/errors/', import.meta.url);

/** Keys of all errors. */
export const ERRORS: readonly ErrorKeys[] = readdirSync(FOLDER).map((name) => {
  const file = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as {
    platform: string;
    keys: string[];
  } & {
    readonly general?: boolean;
  };
  return toErrorKeys(name.replace(/\.json$/, ''), { ...file, general: file.general ?? false });
});
