/**
 * Has an attempt done what an exercise asks for? The statements are looked up in the record of its runs, one after the other
 * in one environment. What the code looks like decides nothing; a record that is not whole decides nothing either.
 */
import type { AttemptedRun, Look } from './attempted-run.ts';
import type { ExerciseFile, Statement } from './exercise-schema.ts';
import { parseJson } from './parse-json.ts';
import { RunRecord } from './run-record.ts';

/** Why nothing can be said of an attempt; `run` counts from 1. */
export type Unchecked =
  | { readonly why: 'not-run' }
  | { readonly why: 'stopped' | 'crashed' | 'limited' | 'timed-out' | 'cut'; readonly run: number }
  | { readonly why: 'other-end'; readonly run: number }
  /** `error` is what the client got: the type, and the message where there is one. */
  | { readonly why: 'raised' | 'exited'; readonly run: number; readonly error: string };

/** What is to be said of one statement. */
export type Verdict =
  | { readonly is: 'true' }
  | { readonly is: 'not-yet'; readonly look: Look | null }
  | { readonly is: 'unchecked'; readonly reason: Unchecked };

/** What is judged by. */
interface Judged extends Pick<ExerciseFile, 'mayEnd'> {
  readonly statements: readonly Pick<Statement, 'is' | 'look'>[];
}

/** Whether the next run would be looked at, after one that ended so. */
export function mayGoOn(
  { mayEnd }: Pick<Judged, 'mayEnd'>,
  { ending }: Pick<AttemptedRun, 'ending'>,
): boolean {
  return mayEnd.some((status) => status === ending.status);
}

/** A verdict for each statement. `count` is the number of runs that an attempt has. */
export function judge(exercise: Judged, runs: readonly AttemptedRun[], count: number): readonly Verdict[] {
  const reason = whyUnchecked(exercise, runs, count);
  if (reason !== null) return exercise.statements.map(() => ({ is: 'unchecked', reason }));
  const record = new RunRecord(runs);
  const { brokenRun } = record;
  if (brokenRun !== null)
    return exercise.statements.map(() => ({ is: 'unchecked', reason: { why: 'cut', run: brokenRun } }));
  return exercise.statements.map(({ is, look }) => {
    const found = record.find(is);
    if (found.holds) return { is: 'true' };
    const named = look === undefined ? null : (record.placesOf(look.at, look.run)[0] ?? null);
    const place = named ?? found.at;
    return { is: 'not-yet', look: place === null ? null : record.stepOf(place) };
  });
}

function whyUnchecked(exercise: Judged, runs: readonly AttemptedRun[], count: number): Unchecked | null {
  for (const [index, { ending, events }] of runs.entries()) {
    const run = index + 1;
    const { status } = ending;
    if (status === 'stopped' || status === 'crashed' || status === 'limited') return { why: status, run };
    if (!mayGoOn(exercise, { ending })) {
      if (status === 'raised' || status === 'exited')
        return { why: status, run, error: errorIn(ending.payload) };
      if (status === 'timed-out') return { why: status, run };
      return { why: 'other-end', run };
    }
    if (events.some(({ kind }) => kind === 'cut')) return { why: 'cut', run };
  }
  return runs.length < count ? { why: 'not-run' } : null;
}

function errorIn(payload: string): string {
  const answer = parseJson(payload);
  if (typeof answer !== 'object' || answer === null) return payload;
  const { errorType, errorMessage } = answer as { errorType?: unknown; errorMessage?: unknown };
  return [errorType, errorMessage].filter((part) => typeof part === 'string' && part !== '').join(': ');
}
