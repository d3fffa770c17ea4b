/** What do the lines show, and what do they leave open? The answer comes first. */
import type { Finding } from './explanation.ts';
import { findBelonging } from './find/belonging.ts';
import { shown, type Context } from './find/context.ts';
import { findEndings } from './find/endings.ts';
import { findBilling, findMemory } from './find/numbers.ts';
import { findOpen } from './find/opens.ts';
import { findPaste } from './find/pastes.ts';
import { findPrograms } from './find/programs.ts';
import { findStarts } from './find/starts.ts';
import { FINDING_IDS } from './findings.ts';

const ORDER = new Map(FINDING_IDS.map((id, index) => [id, index]));

/** All findings in the order of their table: what is shown, then what isn't. */
export function findFindings(context: Context): readonly Finding[] {
  const found = [
    ...findEndings(context),
    ...findSuccess(context),
    ...findStarts(context),
    ...findBilling(context),
    ...findBelonging(context),
    ...findMemory(context),
    ...findPrograms(context),
    ...findPaste(context),
  ];
  const all = [...found, ...findOpen(context, found)];
  return all.toSorted(
    (one, other) =>
      Number(other.isShown) - Number(one.isShown) || (ORDER.get(one.id) ?? 0) - (ORDER.get(other.id) ?? 0),
  );
}

function findSuccess({ runs }: Context): readonly Finding[] {
  const isAll = runs.length > 0 && runs.every(({ outcome }) => outcome === 'success');
  return isAll ? [shown('all-succeeded', { count: runs.length }, runs.length === 1 ? 0 : null, [])] : [];
}
