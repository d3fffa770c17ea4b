/** All that a lab makes of a run, as far as no browser is needed for it: what its views show, and what it says of the end. */
import en from '../../../content/ui/en.json' with { type: 'json' };
import { errorOfRun } from '../../../src/catalogue/error-of-run.ts';
import { markupToHtml } from '../../../src/lab/markup.ts';
import { rowsToMarkup } from '../../../src/lab/messages/markup.ts';
import { eventsToShown } from '../../../src/lab/output/log-lines.ts';
import { logToMarkup } from '../../../src/lab/output/markup.ts';
import {
  endingToEnvironment,
  endingToKey,
  endingToPayload,
  endingToValues,
  type Ending,
} from '../../../src/lab/output/outcome-words.ts';
import { payloadToText } from '../../../src/lab/output/payload.ts';
import { runToNotes } from '../../../src/lab/output/run-notes.ts';
import { errorToProblem } from '../../../src/lab/problem-words.ts';
import { RunLog } from '../../../src/lab/run-log.ts';
import { localsToRows } from '../../../src/lab/stack/locals-rows.ts';
import { bucketsToMarkup, folderToMarkup, type RowSetting } from '../../../src/lab/storage/markup.ts';
import { StorageState } from '../../../src/lab/storage/storage-state.ts';
import { replayToProfile } from '../../../src/lab/time/depth-profile.ts';
import { momentToText } from '../../../src/lab/time/step-words.ts';
import { fill, fillPlural } from '../../../src/lab/words.ts';
import type { Outcome, TraceEvent } from '../../../src/trace/format.ts';
import { eventsToTail } from '../../../src/trace/log-tail.ts';
import { eventsToMessages } from '../../../src/trace/messages.ts';
import { Replay } from '../../../src/trace/replay.ts';
import { namesToSafePaths } from '../../../src/trace/safe-paths.ts';
import { placeStops } from '../../../src/trace/stops.ts';

/** Draws it, and gives the sentence that the lab's status says. `end` is what the run ended with, or what it was rejected with. */
export function drawRun(
  events: readonly TraceEvent[],
  end: unknown,
  { lab: { live: words }, lack }: typeof en,
): string {
  const language = words === en.lab.live ? 'en' : 'ja';
  const ending: Ending = isOutcome(end) ? end : { status: 'crashed', message: String(end) };
  const owners = { handler: 'h', runtime: 'r', library: 'l' };
  const places = {
    taskRoot: '/var/task',
    task: { '/var/task/lambda_function.py': 'f' },
    image: {},
    compiledNames: [],
  };
  const log = new RunLog(events);
  const toLine = (limit: number): string => fill(words.line.cut, { limit });
  const shown = eventsToShown(log, toLine);
  write(logToMarkup(shown, { words, owners, language, places }));
  const tail = eventsToTail(events);
  write(logToMarkup(eventsToShown(new RunLog(tail.events), toLine), { words, owners, language, places }));
  write(rowsToMarkup(eventsToMessages(events), { words, language }));
  drawSteps(events, words);
  drawStorage(log, { words, language, pageOf: () => null, live: { now: new Set(), closed: new Set() } });
  if (isOutcome(end)) errorOfRun({ events, outcome: end }, 'lambda-2016', []);
  const payload = endingToPayload(ending);
  if (payload !== null) payloadToText(payload, true, words.cut, language);
  runToNotes(events, ending, { lack, cut: words.cut }, language);
  endingToEnvironment(ending, 'warm');
  const sentence = fill(
    words.outcome[endingToKey(ending)],
    endingToValues(ending, 10_000, language, words.bounds),
  );
  if (isOutcome(end))
    return end.status === 'limited'
      ? sentence
      : fillPlural(words.status.finished, shown.first.length, language);
  const problem = errorToProblem(end);
  if (problem.key === 'unknown')
    throw new Error('The run ended in what the page does not know.', { cause: end });
  return `The run broke: ${problem.key}`;
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'status' in value;
}

function write(
  markup: Parameters<typeof markupToHtml>[0] | readonly Parameters<typeof markupToHtml>[0][],
): void {
  for (const part of typeof markup === 'object' && 'length' in markup ? markup : [markup]) markupToHtml(part);
}

function drawSteps(events: readonly TraceEvent[], words: typeof en.lab.live): void {
  const replay = new Replay({ events });
  replayToProfile(replay);
  placeStops(replay, [{ at: { end: true } }, { at: { call: { function: 'x' } } }, { at: { message: 'x' } }]);
  const { length } = replay;
  for (const step of new Set([1, 2, 3, length >> 1, length - 1, length])) {
    if (step < 1 || step > length) continue;
    const moment = replay.at(step);
    momentToText(moment, words.step);
    for (const frame of [...moment.stack.slice(0, 3), ...moment.stack.slice(-3)]) {
      localsToRows(frame.locals, moment.changes);
      replay.linesRan(frame.source);
    }
  }
  // The next run begins on what this one has left.
  new Replay({ events: events.slice(0, 100), before: replay.left }).at(1);
}

function drawStorage(log: RunLog, setting: RowSetting): void {
  const data = { folders: ['/tmp', '/var'], image: { '/var/run.py': 3 }, task: {}, events: [], blobs: {} };
  const state = new StorageState(data, {}, { keep: () => undefined, forgetBut: () => undefined });
  state.runStarted(true, {}, log);
  while (!state.goOn(() => true));
  write([folderToMarkup(state.tree.shown(), setting), ...bucketsToMarkup(state.buckets, setting)]);
  namesToSafePaths([
    ...[...state.disk.keys()].map((path) => path.slice(1)),
    ...[...state.buckets.values()].flatMap((objects) => [...objects.keys()]),
  ]);
  // Back to the beginning, as a reader who steps may go.
  state.runStarted(false, {}, new RunLog());
}
