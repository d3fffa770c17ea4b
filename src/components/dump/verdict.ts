/** What a dump is, in one sentence. */
import { fill } from '../../lab/words.ts';
import type { DumpPageData } from './page-data.ts';
import type { Summary } from './told.ts';

/** Which runtime, of which release and Python; or that there is none. Names are between backquotes. */
export function broughtText({ found }: Summary, { words: { page } }: DumpPageData): string {
  const { verdict } = page;
  if (found === null) return verdict.none;
  const { form, version, python } = found;
  const release = version === null ? '' : fill(verdict.release, { version });
  const made = python === null ? verdict.anyPython : fill(verdict.python, { python });
  const folder = found.folder === '' ? '/' : found.folder;
  return fill(verdict[form], { release, made, folder });
}
