/** What `npm run invoke` tells of the environments that it ran: as text for a person, as JSON for a program. */
import words from '../content/ui/en.json' with { type: 'json' };
import { absencesToSentences } from '../src/lab/output/run-notes.ts';
import type { EnvironmentRecord } from '../src/integrations/node-life.ts';
import { placeToSentence } from '../src/dump/note-sentences.ts';
import {
  eventsToAbsences,
  eventsToLog,
  type Outcome,
  type RecordedRun,
  type TraceEvent,
} from '../src/trace/format.ts';

/** One environment, as `--json` prints it. */
export interface EnvironmentJson {
  /** What was written before the platform's first line, and the error the runtime reported instead of starting. */
  readonly init: { readonly log: string; readonly error: string | null };
  readonly invocations: readonly InvocationJson[];
  /** The exit status of the runtime's process; null when it still waited, or was ended from outside. */
  readonly exit: number | null;
}

export interface InvocationJson {
  readonly requestId: string;
  readonly log: string;
  /** The payload that came back, as text; null when none did. */
  readonly response: string | null;
  /** The error's payload, as text; null when there was none. */
  readonly error: string | null;
  readonly outcome: Outcome['status'];
  /** What the invocation asked for that this Python has not, in sentences, whatever became of the error. */
  readonly notes: readonly string[];
}

/** What `--json` prints of all environments, in their order. */
export function environmentsToJson(environments: readonly EnvironmentRecord[]): EnvironmentJson[] {
  return environments.map(({ runs, exit }) => ({
    init: {
      log: runs[0] === undefined ? '' : eventsToLog(splitAtStart(runs[0]).before),
      error: runs[0] === undefined ? null : initErrorOf(runs[0]),
    },
    invocations: runs.map((run) => ({
      requestId: run.beginning.request,
      log: eventsToLog(splitAtStart(run).after),
      response: isAnswer(run.outcome) ? run.outcome.payload : null,
      error: errorOf(run.outcome),
      outcome: run.outcome.status,
      notes: notesOf(run),
    })),
    exit,
  }));
}

/** The same for a terminal. */
export function environmentsToText(environments: readonly EnvironmentRecord[]): string {
  return environments.flatMap(({ runs }) => runs.map(runToText)).join('\n');
}

/** Whether any invocation did not return. */
export function hasFailure(environments: readonly EnvironmentRecord[]): boolean {
  return environments.some(({ runs }) => runs.some(({ outcome }) => !isAnswer(outcome)));
}

function runToText(run: RecordedRun): string {
  const { beginning, events, outcome } = run;
  const log = eventsToLog(events);
  const end = log === '' || log.endsWith('\n') ? '' : '\n';
  const notes = notesOf(run).map((note) => `\n-- note: ${note}`);
  return `-- ${startToText(beginning)}\n${log}${end}-- ${outcomeToText(outcome)}${notes.join('')}`;
}

function notesOf({ events }: RecordedRun): readonly string[] {
  return eventsToAbsences(events).flatMap((absence) => {
    const { at } = absence;
    const place = at === undefined ? '' : ` ${placeToSentence(at, words.dump.notes)}`;
    return absencesToSentences([absence], { lack: words.lack, cut: words.lab.live.cut }, 'en').map(
      (sentence) => `${sentence}${place}`,
    );
  });
}

function outcomeToText(outcome: Outcome): string {
  switch (outcome.status) {
    case 'returned':
      return `answer: ${outcome.payload}`;
    case 'completed':
      return `answer: ${outcome.payload} (the process ended with it)`;
    case 'raised':
      return `error: ${outcome.payload}`;
    case 'exited':
      return `error: ${outcome.payload} (the process ended with status ${String(outcome.code)})`;
    case 'shut-down':
      return `no answer: the platform removed the environment (the process ended with status ${String(outcome.code)})`;
    case 'timed-out':
      return `error: ${outcome.payload} (its process is gone)`;
    case 'crashed':
      return `no answer: Python itself broke (${outcome.message}); the environment is gone`;
    case 'limited':
      return 'no answer: it took too long and was ended; the environment is gone';
    default:
      return outcome satisfies never;
  }
}

/** Whether the client got the function's own answer. */
function isAnswer(outcome: Outcome): outcome is Extract<Outcome, { status: 'returned' | 'completed' }> {
  return outcome.status === 'returned' || outcome.status === 'completed';
}

function errorOf(outcome: Outcome): string | null {
  return !isAnswer(outcome) && 'payload' in outcome ? outcome.payload : null;
}

/** An error that was reported for no invocation: the one that the process was started for is answered with it. */
function initErrorOf({ events, outcome }: RecordedRun): string | null {
  const isReported = events.some(
    (event) => event.kind === 'phase' && event.phase === 'report-error' && event.request === null,
  );
  return isReported ? errorOf(outcome) : null;
}

function startToText({ cold, reset, process }: RecordedRun['beginning']): string {
  const begun = reset === true || (process ?? 1) > 1 ? 'new process in the same environment' : 'cold start';
  const how = cold ? begun : 'warm invocation';
  return process === undefined ? how : `${how}, process ${String(process)}`;
}

/** A cold run begins with the init phase; the invocation's own log begins where the platform speaks of it first. */
function splitAtStart({ beginning, events }: RecordedRun): { before: TraceEvent[]; after: TraceEvent[] } {
  if (!beginning.cold) return { before: [], after: [...events] };
  const before: TraceEvent[] = [];
  for (const [index, event] of events.entries()) {
    const start = event.kind === 'output' && event.stream === 'platform' ? event.text.search(START) : -1;
    if (event.kind !== 'output' || start < 0) before.push(event);
    else {
      // What the platform says of the init phase may stand in the same event.
      if (start > 0) before.push({ ...event, text: event.text.slice(0, start) });
      return { before, after: [{ ...event, text: event.text.slice(start) }, ...events.slice(index + 1)] };
    }
  }
  return { before: [], after: before };
}

/** The platform's line for the beginning of an invocation, as text or as JSON. */
const START = /^(?:START |\{.*"type":"platform\.start")/m;
