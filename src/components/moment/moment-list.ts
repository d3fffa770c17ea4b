/**
 * Which moments have a page? Every named stop of every lab's recorded run, and every mark of every pair. Read from recordings
 * and from where the labs are, so pages, pictures and records of them have one list.
 */
import { momentPage } from '../../i18n/links.ts';
import type { Language } from '../../i18n/languages.ts';
import { alignRuns, replayToSide } from '../../trace/align.ts';
import type { MarkName } from '../../trace/marks.ts';
import type { RecordedRun } from '../../trace/format.ts';
import type { Recording } from '../../trace/recording.ts';
import { Replay } from '../../trace/replay.ts';
import { stepToView, textsOf, type ReadText, type StopView } from '../../trace/stop-view.ts';
import { placeStops, type Stop } from '../../trace/stops.ts';
import type { LabOnPage, LabsOnPages, PairOnPage } from './labs-on-pages.ts';

/** The moments of one lab, in the order of its run. */
export interface LabMoments {
  readonly on: LabOnPage;
  readonly recording: Recording;
  readonly moments: readonly LabMoment[];
}

/** One moment of a lab. */
export interface LabMoment {
  readonly stop: Stop;
  readonly step: number;
}

/** The moments of a pair, in the order of its runs. */
export interface PairMoments {
  readonly on: PairOnPage;
  readonly sides: readonly [Recording, Recording];
  readonly moments: readonly PairMoment[];
}

/** A mark that both runs of a pair come to, and the step of each. */
export interface PairMoment {
  readonly mark: MarkName;
  readonly steps: readonly [number, number];
}

/** The recording of an id. Throws when there is none. */
export type RecordingNamed = (id: string) => Recording;

/** The moments of every lab. */
export function momentsOfLabs({ labs }: LabsOnPages, recordingNamed: RecordingNamed): readonly LabMoments[] {
  return labs.map((on) => {
    const recording = recordingNamed(on.lab);
    const moments = placeStops(replayOf(recording), recording.stops);
    return { on, recording, moments };
  });
}

/** The moments of every pair. */
export function momentsOfPairs(
  { pairs }: LabsOnPages,
  recordingNamed: RecordingNamed,
): readonly PairMoments[] {
  return pairs.map((on) => {
    const [left, right] = [recordingNamed(on.sides[0]), recordingNamed(on.sides[1])];
    const alignment = alignRuns(replayToSide(replayOf(left)), replayToSide(replayOf(right)));
    const moments = alignment.marks.map(({ name, position }) => ({
      mark: name,
      steps: alignment.at(position),
    }));
    return { on, sides: [left, right], moments };
  });
}

/** The page of a moment of a lab or of a pair, below its language. */
export function pageOfMoment({ lab }: LabOnPage | PairOnPage, moment: LabMoment | PairMoment): string {
  return momentPage(lab, 'stop' in moment ? moment.stop.name : moment.mark);
}

/** A stop's title and its sentence in a language. */
export function textsOfStop({ name, texts }: Stop, language: Language): Stop['texts'][string] {
  const own = texts[language];
  if (own === undefined) throw new Error(`The stop ${name} has no words in "${language}".`);
  return own;
}

/** What there is to see at a step of a recording's first run. `image` reads the platform's files. */
export function viewOfStep(recording: Recording, step: number, image: ReadText): StopView {
  const { outcome } = firstRun(recording);
  const { environment } = recording;
  return stepToView(outcome, environment, replayOf(recording), step, textsOf(recording, image));
}

/** Replays are folded once: a recording is asked for each of its stops, in each language. */
const replays = new WeakMap<Recording, Replay>();

function replayOf(recording: Recording): Replay {
  const known = replays.get(recording);
  if (known !== undefined) return known;
  const replay = new Replay(firstRun(recording));
  replays.set(recording, replay);
  return replay;
}

function firstRun({ example, runs }: Recording): RecordedRun {
  const [run] = runs;
  if (run === undefined) throw new Error(`The recording of ${example} has no run.`);
  return run;
}
