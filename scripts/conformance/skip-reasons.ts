/**
 * The only reasons for which a case may be left out: each names something that a browser does not have, or that only
 * the Python has that was measured.
 */
import type { Case, Expectation } from './case.ts';

/** Why a case cannot be run at all; null when it can. */
export function reasonToSkip(case_: Case): string | null {
  if (case_.then_signal !== undefined)
    return `signals from outside (${case_.then_signal}): a browser has none`;
  if (case_.unordered === true || 'AWS_LAMBDA_MAX_CONCURRENCY' in case_.env)
    return 'child processes: a browser has none';
  return null;
}

/** Why a case could not come out as measured, as it says itself where it was measured. Null when it does not. */
export function reasonMarked({ browser, python }: Case): string | null {
  return browser ?? python ?? null;
}

/** What Python prints when a program uses something that a browser does not have, and the reason that follows from it. */
const SKIP_REASONS: readonly (readonly [RegExp, string])[] = [
  [/can't start new thread/, 'threads: a browser has none for Python'],
  [
    /emscripten does not support processes|No module named '_multiprocessing'/,
    'child processes: a browser has none',
  ],
  [/\[Errno 38\] Function not implemented/, 'a call of the operating system: a browser has none'],
  [
    /does not support dup|is not supported on this platform/,
    'a call of the operating system: a browser has none',
  ],
];

/** Why a case that was run could not come out as measured: Python itself has said so. Null when it has not. */
export function reasonSeen(observed: Expectation): string | null {
  const bodies = observed.responses.map(({ body }) => (typeof body === 'string' ? body : ''));
  const seen = [observed.log, ...bodies].join('\n');
  return SKIP_REASONS.find(([pattern]) => pattern.test(seen))?.[1] ?? null;
}
