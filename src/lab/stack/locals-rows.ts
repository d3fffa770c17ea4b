/** Which locals of a frame are listed, and in which order? What has just changed is what one looks for: it is on top. */
import type { Locals } from '../../trace/format.ts';
import type { Change } from '../../trace/moment.ts';
import { ownValue } from '../../trace/own-value.ts';

/** One local; `value` is null where it is no more. */
export interface LocalRow {
  readonly name: string;
  readonly value: string | null;
  readonly change: Change | null;
}

/** Locals of one frame that are listed: a frame may have thousands. */
export const MAX_LOCALS = 200;

/** The rows, and how many locals have none. */
export function localsToRows(
  locals: Locals,
  changes: Readonly<Record<string, Change>>,
  most = MAX_LOCALS,
): { readonly rows: readonly LocalRow[]; readonly leftOut: number } {
  const changeOf = (name: string): Change | null => ownValue(changes, name) ?? null;
  const names = Object.keys(locals);
  const gone = Object.keys(changes).filter((name) => changeOf(name) === 'gone');
  const changed = names.filter((name) => changeOf(name) !== null);
  const rows: LocalRow[] = gone.slice(0, most).map((name) => ({ name, value: null, change: 'gone' }));
  for (const isChanged of [true, false]) {
    for (const name of isChanged ? changed : names) {
      if (rows.length >= most) break;
      const change = changeOf(name);
      if (isChanged || change === null) rows.push({ name, value: ownValue(locals, name) ?? '', change });
    }
  }
  return { rows, leftOut: names.length + gone.length - rows.length };
}
