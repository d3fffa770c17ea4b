/**
 * What does a caller see of the log? The Invoke API answers with `LogResult` when it is asked for the log: the last
 * 4 KB of it, from START to REPORT (`aws-docs` of `content/sources.json`). Inferred: that a KB has 1,024 bytes, that the cut minds
 * neither lines nor characters, and that what the environment wrote while it started counts as well.
 */
import type { TraceEvent } from './format.ts';

/** Bytes of the log that `LogResult` holds at most. */
export const LOG_TAIL = 4096;

export interface LogTail {
  /** The events that still reach the tail; the text of the first may begin in the middle. */
  readonly events: readonly TraceEvent[];
  /** Bytes of the whole log, and how many of them lie before the tail. */
  readonly size: number;
  readonly leftOut: number;
}

/** The end of a run's log in bytes of UTF-8; what is no output is kept only if it comes after the cut. */
export function eventsToTail(events: readonly TraceEvent[], limit = LOG_TAIL): LogTail {
  const encoder = new TextEncoder();
  const size = events.reduce(
    (sum, event) => (event.kind === 'output' ? sum + encoder.encode(event.text).length : sum),
    0,
  );
  const leftOut = Math.max(0, size - limit);
  let toSkip = leftOut;
  const kept: TraceEvent[] = [];
  for (const event of events) {
    if (event.kind !== 'output') {
      if (toSkip === 0) kept.push(event);
      continue;
    }
    const bytes = encoder.encode(event.text);
    const skipped = Math.min(toSkip, bytes.length);
    toSkip -= skipped;
    if (skipped < bytes.length || (bytes.length === 0 && toSkip === 0)) {
      kept.push(skipped === 0 ? event : { ...event, text: bytesToText(bytes.subarray(skipped)) });
    }
  }
  return { events: kept, size, leftOut };
}

/** The bytes of a character that was cut apart are no character any more: each shows as U+FFFD. */
function bytesToText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
