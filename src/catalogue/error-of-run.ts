/** Which error of the catalogue did a run end in? The build asks for recordings, a lab for the reader's runs. */
import { eventsToLog, type Outcome, type TraceEvent } from '../trace/format.ts';
import { matchError, type ErrorKeys } from './match-error.ts';

/** Characters that are read at either end of a log: an error says so at its end, an init at its beginning. */
const MAX_LOG = 100_000;

/** The error that the log and the answer of a run show; null for a run that went well, or whose error is not in the catalogue. */
export function errorOfRun<Keys extends ErrorKeys>(
  { events, outcome }: { readonly events: readonly TraceEvent[]; readonly outcome: Outcome },
  platform: string,
  errors: readonly Keys[],
): Keys | null {
  if (!hasTrouble({ events, outcome })) return null;
  const whole = eventsToLog(events);
  const log = `${whole.slice(0, MAX_LOG)}\n${whole.slice(MAX_LOG).slice(-MAX_LOG)}`;
  const text = `${log}\n${'payload' in outcome ? outcome.payload : ''}`;
  return matchError(text, errors, platform);
}

/** Whether a run ended in an error, or had one in its init: what a function that answers has printed is its own affair. */
export function hasTrouble({
  events,
  outcome,
}: {
  readonly events: readonly TraceEvent[];
  readonly outcome: Outcome;
}): boolean {
  if (outcome.status !== 'returned' && outcome.status !== 'completed') return true;
  return /^INIT_REPORT .*Status: (?:error|timeout)/m.test(eventsToLog(events).slice(0, MAX_LOG));
}
