/**
 * What an example printed and answered, as text for people: committed, so that a change of any output is
 * seen in a review.
 */
import { eventsToAbsences, eventsToLog, type Outcome, type RecordedRun } from './format.ts';
import type { Recording } from './recording.ts';

/** The transcript of one example on all its platforms. */
export function recordingsToTranscript(recordings: readonly Recording[]): string {
  return recordings.map(recordingToText).join('\n');
}

function recordingToText({ example, platform, runs }: Recording): string {
  const python = runs[0]?.beginning.python ?? '';
  const title = `${example} on ${platform}, a model running on Python ${python}`;
  return `${title}\n${'='.repeat(title.length)}\n\n${runs.map(runToText).join('\n')}`;
}

function runToText({ beginning, events, outcome }: RecordedRun, index: number): string {
  const { cold, reset, process = 1 } = beginning;
  const begun = reset === true ? 'a new process in the same environment' : 'a cold start';
  const how = cold ? (process > 1 ? 'another process in the same environment' : begun) : 'a warm invocation';
  const start = beginning.process === undefined ? how : `${how} (process ${String(process)})`;
  const log = eventsToLog(events);
  const end = log === '' || log.endsWith('\n') ? '' : '\n';
  const lacks = eventsToAbsences(events).map(
    ({ what, name }) => `-- a browser has no such thing: ${what}, ${name}\n`,
  );
  return `-- run ${String(index + 1)}, ${start}, event ${beginning.event}\n${log}${end}-- ${outcomeToText(outcome)}\n${lacks.join('')}`;
}

/** One line that tells how a run ended and what its caller got. */
function outcomeToText(outcome: Outcome): string {
  switch (outcome.status) {
    case 'returned':
      return `returned ${outcome.payload}`;
    case 'completed':
      return `the process ended, and its output is the answer: ${outcome.payload}`;
    case 'raised':
      return `reported an error ${outcome.payload}`;
    case 'exited':
      return `the process ended with status ${String(outcome.code)}: ${outcome.payload}`;
    case 'shut-down':
      return `the platform removed the environment, and the process ended with status ${String(outcome.code)}`;
    case 'timed-out':
      return `the time-out of ${String(outcome.milliseconds)} ms ended it: ${outcome.payload}`;
    case 'crashed':
      return `Python itself broke: ${outcome.message}`;
    case 'limited':
      return `ended by the lab's limit of ${outcome.by}`;
    default:
      return outcome satisfies never;
  }
}
