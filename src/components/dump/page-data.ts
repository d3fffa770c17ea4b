/** What `/dump/` hands to its script. Page and script are of one build, so its shape is trusted. */
import type { Strings } from '../../i18n/strings.ts';

/** The id of the script element that holds it. */
export const DUMP_DATA = 'dump-data';

/** What the ids of the benches in the page's template begin with: a platform's name follows. */
export const BENCH = 'dump-bench-';

/** The page's words: `dump` of `content/ui`. */
export type DumpWords = Strings['dump'];

/** The platforms whose disk and service a runtime runs on, and what they're called. */
export type Models = Readonly<Record<'lambda-today' | 'lambda-2016', string>>;

export interface DumpPageData {
  readonly words: DumpWords;
  readonly models: Models;
}

/** What the page says. */
export function readDumpData(document: Document): DumpPageData {
  const script = document.getElementById(DUMP_DATA);
  if (script === null) throw new Error('The page does not hold what its script needs.');
  return JSON.parse(script.textContent) as DumpPageData;
}
