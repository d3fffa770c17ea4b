/** How did a recorded run end, as the log and the client see it? Two runs with equal endings are one outcome. */
import { eventsToLog, type RecordedRun } from '../trace/format.ts';

/** What an outcome is told by. */
export interface Ending {
  /** What the lab says of the end: returned, raised, exited, timed-out. */
  readonly status: string;
  /** The answer's type where it is one of the platform's or the runtime's own; null for a class of the function's. */
  readonly type: string | null;
  /** `Status: error Error Type: …` of the last REPORT; null where it has none, or there is no such line. */
  readonly report: string | null;
  /** The same of each INIT_REPORT, with its phase. */
  readonly init: readonly string[];
}

/** The end of one run. */
export function endingOf(run: Pick<RecordedRun, 'events' | 'outcome'>): Ending {
  const { outcome } = run;
  const log = eventsToLog(run.events);
  const reports = [...log.matchAll(/^REPORT (.*)$/gm)].map(([, line = '']) => statusIn(line));
  const inits = [...log.matchAll(/^INIT_REPORT .*?(Phase: \w+)\t?(.*)$/gm)];
  return {
    status: outcome.status,
    type: 'payload' in outcome ? typeIn(outcome.payload) : null,
    report: reports.at(-1) ?? null,
    init: inits.map(([, phase = '', rest = '']) => `${phase} ${statusIn(rest) ?? ''}`.trim()),
  };
}

/** Whether two runs end in one outcome; what init said before counts as well. */
export function isSameEnding(one: Ending, other: Ending): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a run answered as a function does that works: nothing in its REPORT, and no trouble in its init. */
export function isAnswer({ status, report, init }: Ending): boolean {
  return (
    (status === 'returned' || status === 'completed') &&
    report === null &&
    !init.some((phase) => /error|timeout/.test(phase))
  );
}

/** `Status: … Error Type: …` of a line of the platform's; null where it has none. */
export function statusIn(line: string): string | null {
  const [found] = /Status: \w+(?:\s+Error Type: [\w.]+)?/.exec(line) ?? [];
  return found?.replaceAll(/\s+/g, ' ') ?? null;
}

/** A type of the form `Category.Reason` in an answer. */
function typeIn(payload: string): string | null {
  const [, type] = /"errorType": ?"([A-Z]\w*\.[A-Z]\w*)"/.exec(payload) ?? [];
  return type ?? null;
}
