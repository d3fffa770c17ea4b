/** The question that an example asks on a platform before the first run: read from it, and put to its recording. */
import { runToPrediction, type PredictionQuestion } from '../trace/prediction.ts';
import type { Recording } from '../trace/recording.ts';
import { Replay } from '../trace/replay.ts';
import { BadFile } from './checked-json.ts';
import type { Example } from './examples.ts';

/** What is asked on a platform; null for nothing. Throws BadFile when the question is for a platform that it lacks. */
export function predictionOn(
  { id, platforms, prediction }: Pick<Example, 'id' | 'platforms' | 'prediction'>,
  platform: string,
): PredictionQuestion | null {
  const stranger = Object.keys(prediction).find((name) => !platforms.includes(name));
  if (stranger !== undefined)
    throw new BadFile(
      `content/examples/${id}/example.json: "prediction" names ${stranger}, which is none of its platforms.`,
    );
  return prediction[platform] ?? null;
}

/** Throws BadFile when the recording has no answer to its question. */
export function checkPrediction({ example, platform, prediction: question, runs: [run] }: Recording): void {
  if (question === null || run === undefined || runToPrediction(new Replay(run), question) !== null) return;
  throw new BadFile(
    `content/examples/${example}/example.json: what "prediction" asks on ${platform} has no answer. ` +
      `Either the call (${JSON.stringify(question.call)}) does not happen in the recording, or it leaves nothing to choose.`,
  );
}
