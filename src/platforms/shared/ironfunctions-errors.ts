/**
 * What does the caller of an IronFunctions route get in place of an answer? That a time-out is an error of the
 * runner's is known [IRON]; *inferred*: the form of an error, and all words.
 */
import type { LastWords } from '../service.ts';

/** The largest answer that the model keeps. Inferred: no limit is known, and a page has to have one. */
export const MAX_ANSWER = 6 * 1024 * 1024;

/** How the platform itself removes a container: SIGKILL. */
export const REMOVED = { exit: -9 } as const;

export function errorToPayload(message: string): string {
  return JSON.stringify({ error: { message } });
}

/** The platform writes nothing into a function's log. */
export function timeoutToLastWords(milliseconds: number): LastWords {
  const message = `the call took longer than ${String(milliseconds / 1000)} seconds`;
  return { log: '', outcome: { status: 'timed-out', milliseconds, payload: errorToPayload(message) } };
}

/** What is said of a process that ended and left the caller without an answer; `code` is negative for a signal. */
export function exitToPayload(code: number): string {
  const how = code < 0 ? `was ended by signal ${String(-code)}` : `ended with status ${String(code)}`;
  return errorToPayload(`the function ${how}`);
}
