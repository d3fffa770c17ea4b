/**
 * What does the caller of an IronFunctions route get in place of an answer? The form of an error and the words for a
 * time-out are known [IRON]; *inferred*: all other words.
 */
import type { LastWords } from '../service.ts';

/** The largest answer that the model keeps. Inferred: no limit is known, and a page has to have one. */
export const MAX_ANSWER = 6 * 1024 * 1024;

/** How the platform itself removes a container: SIGKILL. */
export const REMOVED = { exit: -9 } as const;

export function errorToPayload(request: string, message: string): string {
  return JSON.stringify({ request_id: request, error: { message } });
}

/** The platform writes nothing into a function's log. */
export function timeoutToLastWords(request: string, milliseconds: number): LastWords {
  const payload = errorToPayload(request, 'Timed out');
  return { log: '', outcome: { status: 'timed-out', milliseconds, payload } };
}

/** What is said of a process that ended and left the caller without an answer; `code` is negative for a signal. */
export function exitToPayload(request: string, code: number): string {
  const how = code < 0 ? `was ended by signal ${String(-code)}` : `ended with status ${String(code)}`;
  return errorToPayload(request, `the function ${how}`);
}
