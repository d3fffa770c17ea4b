/** Looks up the error that a run ended in. A page loads this when a reader's run has ended. */
import { errorOfRun, hasTrouble } from '../../catalogue/error-of-run.ts';
import type { ErrorKeys } from '../../catalogue/match-error.ts';
import type { Outcome, TraceEvent } from '../../trace/format.ts';

/** An error as the list has it. */
interface ListedError extends ErrorKeys {
  readonly address: string;
}

/**
 * The address of the page of the error that a run ended in; null where it went well, or the catalogue has no such error.
 * `list` is the address of the list of errors, which only a run with trouble fetches. Rejects when that cannot be had.
 */
export async function findError(
  run: { readonly events: readonly TraceEvent[]; readonly outcome: Outcome },
  platform: string,
  list: string,
): Promise<string | null> {
  const { status } = run.outcome;
  // A limit of the lab's, and a fault of its own, are no errors of the platform.
  if (status === 'limited' || status === 'crashed' || !hasTrouble(run)) return null;
  const response = await fetch(list);
  if (!response.ok) return null;
  const errors = (await response.json()) as readonly ListedError[];
  return errorOfRun(run, platform, errors)?.address ?? null;
}
