/** The question that an example asks on a platform before the first run: read from it, and put to its recording. */
import { runToPrediction, type Ask } from '../trace/prediction.ts';
import type { Recording } from '../trace/recording.ts';
import { Replay } from '../trace/replay.ts';
import { BadFile } from './checked-json.ts';
import type { Example } from './examples.ts';

/** What is asked on a platform; null for nothing. Throws BadFile when the question is for a platform that it lacks. */
export function askOn(
  { id, platforms, predict }: Pick<Example, 'id' | 'platforms' | 'predict'>,
  platform: string,
): Ask | null {
  const stranger = Object.keys(predict).find((name) => !platforms.includes(name));
  if (stranger !== undefined)
    throw new BadFile(
      `content/examples/${id}/example.json: "predict" names ${stranger}, which is none of its platforms.`,
    );
  return predict[platform] ?? null;
}

/** Throws BadFile when the recording has no answer to its question. */
export function checkAsk({ example, platform, ask, runs: [run] }: Recording): void {
  if (ask === null || run === undefined || runToPrediction(new Replay(run), ask) !== null) return;
  throw new BadFile(
    `content/examples/${example}/example.json: what "predict" asks on ${platform} has no answer. ` +
      `Either the call (${JSON.stringify(ask.call)}) does not happen in the recording, or it leaves nothing to choose.`,
  );
}
